import { holdersOf } from './key-holders.js';
import type { Reader } from '../commands/reader.js';
import type { Context } from '../commands/decision.js';
import { keyIds, type PublicKeys } from '../signing/keys.js';
import { requirePossession } from '../signing/possession.js';

/** Former keys of the actor among new ones, and whoever else has or had one of them, once the proof has shown that the new ones are in the actor's hands. */
export async function provenKeys(
  reader: Reader,
  actor: string,
  body: { readonly keys: PublicKeys; readonly proof: string },
  { root, verifier }: Context,
) {
  await requirePossession(body.proof, { network: root.network, actor, keys: body.keys }, verifier);
  const former = await reader.get('former-keys', { actor, kid: keyIds(body.keys).ed25519 });
  return { former, holders: await holdersOf(reader, body.keys) };
}
