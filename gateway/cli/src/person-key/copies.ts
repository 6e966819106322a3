import {
  base64urlToBytes,
  bytesToBase64url,
  canonicalise,
  digest,
  personKeyId,
} from '@veinledger/domain';
import { Decrypter, Encrypter } from 'age-encryption';
import { z } from 'zod';
import { CliError } from '../complaint.js';

const copySchema = z.strictObject({ v: z.literal(1), network: digest, key: digest });

/**
 * A copy of the person key for one registrar: an age file (v1), base64url.
 * @param key 32 bytes
 * @param recipient `age1pq1…`
 */
export async function sealCopy(
  network: string,
  key: Uint8Array,
  recipient: string,
): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const copy: z.infer<typeof copySchema> = { v: 1, network, key: bytesToBase64url(key) };
  return bytesToBase64url(await encrypter.encrypt(canonicalise(copy)));
}

/**
 * Opens one's own copy.
 * @param identity `AGE-SECRET-KEY-PQ-1…`
 * @param sealed the copy, and by which id its key is known
 * @returns 32 bytes
 * @throws CliError PERSON_KEY_UNREADABLE where it was sealed for another recipient; OTHER_PERSON_KEY where it holds another
 *   key, or another network's
 */
export async function openCopy(
  network: string,
  identity: string,
  sealed: { readonly key: string; readonly file: string },
): Promise<Uint8Array> {
  const copy = copySchema.parse(JSON.parse(await opened(identity, sealed.file)));
  const key = base64urlToBytes(copy.key, 'key');
  const found = personKeyId(key);
  if (copy.network === network && found === sealed.key) return key;
  throw new CliError('OTHER_PERSON_KEY', 'the copy holds another key than it says', {
    expected: `${sealed.key} of network ${network}`,
    found: `${found} of network ${copy.network}`,
  });
}

async function opened(identity: string, file: string): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    return await decrypter.decrypt(base64urlToBytes(file, 'file'), 'text');
  } catch {
    throw new CliError('PERSON_KEY_UNREADABLE', 'the copy is sealed for another recipient', {
      expected: "the identity of 'state-recipient'",
    });
  }
}
