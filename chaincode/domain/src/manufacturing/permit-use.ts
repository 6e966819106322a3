import { anewFrom } from '../nouns/check.js';
import type { Deviation } from '../nouns/deviation.js';
import type { Reason } from '../nouns/reason.js';
import { nameOf, type SubjectRef } from '../nouns/subject.js';
import { classOf, type DeviationCode } from '../values/deviation-codes.js';
import type { GroundOfPermission } from '../values/words.js';

/** What the therapy's record says of the check that a deviation tells of. */
export interface CheckOfDeviation {
  /** a planned retest, since its cause lay in the laboratory, or what was too little was topped up to a sum that passes */
  readonly standsFor?: GroundOfPermission | undefined;
  /** its run's own controls failed, as two say: it says nothing, as long as that was no error */
  readonly noResult?: boolean;
  /** the steps that the definition's check leads on with */
  readonly leadsOn?: readonly string[] | undefined;
}

/**
 * Why quality's word does not let a deviation's subject be used (C2). No risk decision permits what failed a check of
 * identity: what leads on is a new collection, template or batch, as the process says of the check, a retest that an
 * investigation planned and let stand, and of an unidentified thing that it is identified. The therapy itself was not
 * compared. What failed a check of safety is rejected, but for such a retest, and what doubts how something was made or
 * tested, or what is in it, is investigated first: so is what somebody said of an identity and signed for as an error. A
 * product that was sent back is never given, unless that was an error.
 */
export function reasonsAgainstPermit(
  deviation: Deviation,
  ref: SubjectRef,
  annex: Readonly<Record<string, string>> | undefined,
  { standsFor, noResult = false, leadsOn }: CheckOfDeviation = {},
): readonly Reason[] {
  if (standsFor) return [];
  const { code, id } = deviation;
  const about = noResult || isMistaken(deviation) ? 'evidence' : classOf(code);
  const subject = nameOf(ref);
  if (about === 'identity' && ref.kind !== 'therapy') {
    const expected = leadsOn ? anewFrom(leadsOn) : WAYS_ON;
    return [{ code: 'IDENTITY_NOT_BY_DISPOSITION', subject, expected, found: code }];
  }
  if (about === 'safety') {
    return [{ code: 'SAFETY_NOT_BY_DISPOSITION', subject, expected: 'reject', found: code }];
  }
  if (about === 'condition' || about === 'record') return [];
  if (annex?.['investigation'] !== undefined) return [];
  const expected = 'the annex investigation';
  return [{ code: 'INVESTIGATION_MISSING', subject: `deviation ${id}`, expected, found: code }];
}

/** What was found by a check, or has no name, stays so although its report was entered in error (C1). */
const STAYS: readonly DeviationCode[] = [
  'IDENTITY_CHECK_FAILED',
  'IDENTITY_CHECK_MISSING',
  'UNIDENTIFIED_ITEM',
];

function isMistaken({ annulled, code }: Deviation): boolean {
  const wasSaid = classOf(code) === 'identity' || code === 'RETURNED';
  return annulled !== undefined && wasSaid && !STAYS.includes(code);
}

const WAYS_ON = 'a new collection, template or batch, or that the thing is identified again';
