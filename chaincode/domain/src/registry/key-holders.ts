import type { Reader } from '../commands/reader.js';
import type { KeyHolder } from '../nouns/key-holder.js';
import type { Reason } from '../nouns/reason.js';
import { keyIds, type PublicKeys } from '../signing/keys.js';

/** Who has or ever had one of these keys; one of them is enough to name somebody. */
export async function holdersOf(reader: Reader, keys: PublicKeys): Promise<readonly KeyHolder[]> {
  const found = await Promise.all(
    Object.values(keyIds(keys)).map((kid: string) => reader.get('key-holder', { kid })),
  );
  return found.filter((each) => each !== undefined);
}

/** Why keys are nobody's to take: each belongs to one actor, for ever (E1). */
export function reasonsOfHolders(holders: readonly KeyHolder[]): readonly Reason[] {
  return holders.map(({ kid, actor }) => ({
    code: 'KEY_TAKEN',
    subject: `key ${kid}`,
    expected: 'a key that nobody has or had',
    found: `actor ${actor}`,
  }));
}

/** That these keys are an actor's from now on. */
export function heldBy(actor: string, keys: PublicKeys): readonly KeyHolder[] {
  return Object.values(keyIds(keys)).map((kid: string) => ({ noun: 'key-holder', kid, actor }));
}
