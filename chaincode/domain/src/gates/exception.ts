import { evidenceOf } from '../graph/evidence.js';
import { everyResultOf } from '../graph/results.js';
import { upstreamOf } from '../graph/upstream.js';
import type { Ancestry } from '../graph/ancestry.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Batch } from '../nouns/batch.js';
import type { Exception } from '../nouns/exception.js';
import type { Reason, StatedReason } from '../nouns/reason.js';
import { milliseconds } from '../values/time.js';
import { reasonsOfBlocks } from './blocks.js';
import { reasonsOfEvidence } from './evidence.js';

type Exceptions = Pick<WholeTherapy, 'exceptions' | 'definition' | 'therapy' | 'batches'>;

/** Why a therapy has no such exception: its process, or the law where it is, has none. */
export function reasonsOfNoException({
  definition,
  therapy,
}: Pick<WholeTherapy, 'definition' | 'therapy'>): readonly Reason[] {
  const { outOfSpecification, id, version } = definition;
  const subject = `process ${id} ${version}`;
  if (!outOfSpecification) {
    const expected = 'a process with an out-of-specification exception';
    return [{ code: 'EXCEPTION_NOT_IN_PROCESS', subject, expected, found: 'none' }];
  }
  const { jurisdictions } = outOfSpecification;
  const { jurisdiction: found } = therapy;
  if (jurisdictions.includes(found)) return [];
  const expected = jurisdictions.join();
  return [{ code: 'EXCEPTION_NOT_IN_JURISDICTION', subject, expected, found }];
}

/** Whether an out-of-specification exception may stand in the place of this: certification, or a failed check of safety (A11, C2). */
export function isExceptable({ code, found = '' }: Reason): boolean {
  switch (code) {
    case 'BATCH_NOT_RELEASED':
      return true;
    case 'CHECK_FAILED':
      return found.startsWith('safety ');
    case 'DEVIATION_OPEN':
      return found === 'SAFETY_CHECK_FAILED';
    default:
      return false;
  }
}

/** What tells such a reason from others. How far an investigation has come says nothing of what failed. */
function nameOf({ code, subject, expected, found }: StatedReason): string {
  return JSON.stringify([
    code,
    subject ?? null,
    (code === 'CHECK_FAILED' ? expected : found) ?? null,
  ]);
}

/** Whether an exception was evaluated of a batch as it is recorded, and not of one whose record was in error. */
export function isEvaluatedOf({ evaluated }: Exception, { recorded }: Batch): boolean {
  return evaluated !== undefined && milliseconds(evaluated.time) >= milliseconds(recorded.time);
}

/** The exceptions by which a batch is supplied, while the therapy's process has one. */
export function standingExceptions(whole: Exceptions, batch: string): readonly Exception[] {
  const recorded = whole.batches.get(batch);
  if (!recorded || reasonsOfNoException(whole).length > 0) return [];
  return whole.exceptions.filter(
    (each) =>
      each.batch === batch && each.accepted && !each.annulled && isEvaluatedOf(each, recorded),
  );
}

/**
 * Whether some of these batches are supplied under an exception: nobody certified them, or what an exception covers stands
 * against them all the same, as after a certification whose retest was annulled.
 */
export function areExcepted(whole: WholeTherapy, batches: readonly Batch[]): boolean {
  return batches.some((batch) => {
    if (standingExceptions(whole, batch.id).length === 0) return false;
    if (!batch.certification) return true;
    const { coi } = whole.therapy;
    const ancestry = upstreamOf(whole, [
      { kind: 'batch', id: batch.id },
      ...batch.vials.map((id) => ({ kind: 'item', coi, id }) as const),
    ]);
    const against = [...reasonsOfBlocks(whole, ancestry), ...reasonsOfEvidence(whole, ancestry)];
    return against.some(isExceptable);
  });
}

/**
 * Those of the reasons against something that no exception for each of the batches in it stands in the place of (A11):
 * what the manufacturer did not evaluate, nobody accepted.
 */
export function notExcepted<R extends StatedReason>(
  whole: Exceptions,
  batches: readonly Batch[],
  reasons: readonly R[],
): readonly R[] {
  const covered = new Map(
    batches.map(({ id }) => {
      const known = standingExceptions(whole, id).flatMap((each) => each.evaluated?.covered ?? []);
      return [id, new Set(known.map(nameOf))];
    }),
  );
  if (covered.size === 0) return reasons;
  return reasons.filter((reason) => {
    const name = nameOf(reason);
    const own = covered.get(reason.subject?.replace('batch ', '') ?? '');
    return own ? !own.has(name) : ![...covered.values()].every((known) => known.has(name));
  });
}

/** What an evaluation now finds that an exception could stand in the place of, each once. */
export function missingFrom(
  known: readonly StatedReason[],
  now: readonly Reason[],
): readonly Reason[] {
  const names = new Set(known.map(nameOf));
  return now.filter((reason) => !names.has(nameOf(reason)));
}

/** Whether a check of what an ancestry holds has failed: without that there is nothing to except. */
export function isOutOfSpecification(whole: WholeTherapy, ancestry: Ancestry): boolean {
  const attempts = [...ancestry.attempts, ...evidenceOf(whole, ancestry)];
  return attempts.some((attempt) =>
    everyResultOf(whole, attempt).some(({ verdict }) => verdict === 'fail'),
  );
}
