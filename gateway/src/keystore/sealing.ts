import { hkdfSync } from 'node:crypto';
import { base64urlToBytes, bytesToBase64url, canonicalise } from '@veinledger/domain';
import { bech32 } from '@scure/base';
import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption';
import type { z } from 'zod';
import type { ActorKeys } from '@veinledger/client/node';
import { type EntryIdentity, entryIdentitySchema, type Owner, sealedKeysSchema } from './entry.js';
import { underPassphrase } from './passphrase.js';
import { damaged, foreign } from './refusals.js';

/** What HKDF's output is for. */
const PRF_INFO = 'veinledger keystore v1: age identity of a passkey';
const IDENTITY_PREFIX = 'AGE-SECRET-KEY-PQ-';
const IDENTITY_BYTES = 32;

/**
 * Seals an entry's identity under a passphrase: an age file with an scrypt recipient, base64url.
 * @param workFactor base-2 logarithm of scrypt's work factor; age's own when left out
 * @throws ProblemError 503 or 429 KEYSTORE_BUSY
 */
export async function sealByPassphrase(
  identity: EntryIdentity,
  passphrase: string,
  workFactor?: number,
): Promise<string> {
  const text = canonicalise(identity);
  const task = { task: 'seal', passphrase: normal(passphrase), text, workFactor } as const;
  const { output } = await underPassphrase(task, identity);
  if (output === undefined) throw new Error('keystore: age sealed nothing');
  return output;
}

/**
 * Opens what a passphrase seals.
 * @param begin done when the passphrase is about to be tried
 * @returns undefined when the passphrase is wrong
 * @throws ProblemError 409 KEYSTORE_ENTRY_DAMAGED, KEYSTORE_ENTRY_FOREIGN; 503 or 429 KEYSTORE_BUSY
 */
export async function openByPassphrase(
  owner: Owner,
  sealed: string,
  passphrase: string,
  begin?: () => Promise<void>,
): Promise<EntryIdentity | undefined> {
  const task = { task: 'open', passphrase: normal(passphrase), sealed } as const;
  const { output, fault } = await underPassphrase(task, { ...owner, begin });
  if (fault === 'damaged') throw damaged();
  return output === undefined ? undefined : read(entryIdentitySchema, owner, output);
}

/** Seals an entry's identity under the secret of a passkey: an age file, base64url. */
export function sealByPrf(
  identity: EntryIdentity,
  prf: Uint8Array,
  credential: string,
): Promise<string> {
  return sealFor(identityOf(prf, credential), identity);
}

/**
 * Opens what the secret of a passkey seals.
 * @returns undefined when it is another secret
 * @throws ProblemError 409 KEYSTORE_ENTRY_FOREIGN
 */
export async function openByPrf(
  owner: Owner,
  sealed: string,
  prf: Uint8Array,
  credential: string,
): Promise<EntryIdentity | undefined> {
  const text = await openFor(identityOf(prf, credential), sealed);
  return text === undefined ? undefined : read(entryIdentitySchema, owner, text);
}

/** Seals private keys for an entry's identity: an age file, base64url. */
export function sealKeys({ v, network, actor, identity }: EntryIdentity, keys: ActorKeys) {
  return sealFor(identity, { v, network, actor, keys });
}

/**
 * Opens private keys.
 * @throws ProblemError 409 KEYSTORE_ENTRY_DAMAGED, KEYSTORE_ENTRY_FOREIGN
 */
export async function openKeys(identity: EntryIdentity, sealed: string): Promise<ActorKeys> {
  const text = await openFor(identity.identity, sealed);
  if (text === undefined) throw damaged();
  return read(sealedKeysSchema, identity, text).keys;
}

/** An age file for one hybrid recipient (ML-KEM-768 with X25519). */
async function sealFor(identity: string, content: object): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(await identityToRecipient(identity));
  return bytesToBase64url(await encrypter.encrypt(canonicalise(content)));
}

async function openFor(identity: string, sealed: string): Promise<string | undefined> {
  try {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    return await decrypter.decrypt(base64urlToBytes(sealed, 'sealed'), 'text');
  } catch {
    return undefined;
  }
}

/** An age identity whose 32 bytes are HKDF-SHA-256 (RFC 5869) of the PRF's output, for one credential only. */
function identityOf(prf: Uint8Array, credential: string): string {
  const bytes = hkdfSync('sha256', prf, credential, PRF_INFO, IDENTITY_BYTES);
  return bech32.encodeFromBytes(IDENTITY_PREFIX, new Uint8Array(bytes)).toUpperCase();
}

/** The same text from every keyboard (Unicode Standard Annex 15). */
function normal(passphrase: string): string {
  return passphrase.normalize('NFKC');
}

function read<T extends Owner>(schema: z.ZodType<T>, owner: Owner, text: string): T {
  let content: T;
  try {
    content = schema.parse(JSON.parse(text));
  } catch {
    throw damaged();
  }
  if (content.actor === owner.actor && content.network === owner.network) return content;
  throw foreign();
}
