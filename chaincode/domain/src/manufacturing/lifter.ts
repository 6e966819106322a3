import type { Organisation } from '../nouns/organisation.js';
import type { Therapy } from '../nouns/therapy.js';
import type { Reader } from '../commands/reader.js';
import type { LiftingRole } from '../values/words.js';

/** Whose word is that of the party that makes, and not of any party. */
const OF_THE_MAKER: readonly LiftingRole[] = ['quality', 'release-person'];

/** The members among a therapy's parties. */
export async function readParties(
  reader: Reader,
  { parties }: Therapy,
): Promise<readonly Organisation[]> {
  const found = await Promise.all(parties.map((id) => reader.get('organisation', { id })));
  return found.filter((each) => each !== undefined);
}

/**
 * The role that lifts a hold (G1): the one that it asks for, where a party of its therapy may give it to somebody; else
 * the quality that decides on what is made; and where that is gone, the physician.
 */
export function lifterOf(
  asked: LiftingRole,
  { quality }: Therapy,
  parties: readonly Organisation[],
): LiftingRole {
  const isThere = (role: LiftingRole) =>
    parties.some(
      ({ id, standing, grantable }) =>
        standing === 'active' &&
        grantable.includes(role) &&
        (id === quality || !OF_THE_MAKER.includes(role)),
    );
  return [asked, 'quality' as const].find(isThere) ?? 'clinician';
}
