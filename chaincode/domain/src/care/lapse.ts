import { z } from 'zod';
import { irreversiblesBefore } from '../gates/irreversible.js';
import type { Ancestry } from '../graph/ancestry.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Reason } from '../nouns/reason.js';
import { dangerOfWaiting, whyNotAsked } from '../values/words.js';

/** Why the physician decides alone on a consent that lapsed: both are needed. */
export const lapseSignedFor = z.strictObject({ notAsked: whyNotAsked, waiting: dangerOfWaiting });

/** What the physician signs for, where a consent lapsed otherwise than by a no. */
export interface SignedForLapse {
  readonly continueAfterLapse: boolean;
  readonly lapse?: z.infer<typeof lapseSignedFor> | undefined;
}

/**
 * Whether the physician alone has treatment go on: the patient cannot be asked in time, and waiting endangers life, which
 * it does by itself after a step that cannot be undone (A8).
 */
export function goesOnAlone(
  { whole, ancestry }: { readonly whole: WholeTherapy; readonly ancestry: Ancestry },
  { continueAfterLapse, lapse }: SignedForLapse,
): boolean {
  if (!continueAfterLapse || lapse === undefined) return false;
  if (lapse.waiting === 'endangers-life') return true;
  return irreversiblesBefore(whole, ancestry.items).length > 0;
}

/** Why a lapse is not gone over, besides that it is one, where the physician signed that treatment goes on. */
export function reasonsOfLapse(
  dose: string,
  { continueAfterLapse, lapse }: SignedForLapse,
  against: readonly Reason[],
): readonly Reason[] {
  const lapsed = against.some(({ code }) => code === 'CONSENT_NOT_ACTIVE');
  if (!continueAfterLapse || !lapsed) return [];
  const expected = 'why the patient is not asked, and what endangers life or cannot be undone';
  const found = lapse?.waiting ?? 'neither';
  return [{ code: 'LAPSE_WITHOUT_CAUSE', subject: `dose ${dose}`, expected, found }];
}
