import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { type ActorKeys, actorKeysSchema } from './actor-keys.js';

/** New keys for one actor: Ed25519 and ML-DSA-65. */
export function generateActorKeys(): ActorKeys {
  const ed25519 = privateJwk(generateKeyPairSync('ed25519').privateKey);
  const mlDsa65 = privateJwk(generateKeyPairSync('ml-dsa-65').privateKey);
  return actorKeysSchema.parse({
    public: { ed25519: ed25519['x'], mlDsa65: mlDsa65['pub'] },
    private: { ed25519: ed25519['d'], mlDsa65: mlDsa65['priv'] },
  });
}

/**
 * Writes an actor's keys to a new file that only its owner can read.
 * @throws the file system's error, EEXIST when the file is there already
 */
export async function writeActorKeys(file: string, keys: ActorKeys): Promise<void> {
  await writeFile(file, `${JSON.stringify(keys, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' });
}

/**
 * Reads an actor's keys.
 * @throws Error naming the file when it holds no actor keys
 */
export async function readActorKeys(file: string): Promise<ActorKeys> {
  const result = actorKeysSchema.safeParse(parsed(await readFile(file, 'utf8')));
  if (!result.success) {
    const fields = result.error.issues.map((issue) => issue.path.join('.') || 'the whole file');
    throw new Error(`${file} holds no actor keys: unexpected ${fields.join(', ')}`);
  }
  return result.data;
}

/** The JSON value, or undefined: a parser's message quotes the text, and the text is a private key. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function privateJwk(key: KeyObject): Record<string, unknown> {
  return { ...key.export({ format: 'jwk' }) };
}
