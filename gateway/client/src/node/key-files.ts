import { readFile, writeFile } from 'node:fs/promises';
import { type ActorKeys, actorKeysSchema } from '../keys/actor-keys.js';

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
