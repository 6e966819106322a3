import { testsOpen } from '../gates/containers.js';
import { nameOfAttempt } from '../graph/links.js';
import type { Batch } from '../nouns/batch.js';
import type { Step } from '../nouns/process-definition.js';
import { effectiveOf } from '../nouns/signed.js';
import { addMinutes } from '../values/time.js';
import { ofOrganisation, ofParties } from './asked.js';
import type { Leads } from './leads.js';
import type { Matters } from './matters.js';
import type { Wait } from './wait.js';

/**
 * Who owes a test that may follow, and until when (A3): of each batch from its record on, as long as it may be given, and
 * of one of which something was given whatever became of it.
 */
export function followingIn(matters: Matters, course: Leads): readonly Wait[] {
  const { whole } = matters;
  return [...whole.batches.values()]
    .filter((batch) => isOfUse(batch) || isGiven(matters, batch))
    .flatMap((batch) =>
      testsOpen(whole, batch).flatMap((test) => {
        const waits = course.test(test, batch).filter(({ code }) => code === test.id);
        const asked = waits.length > 0 ? waits : [withoutSamples(matters, batch, test)];
        return asked.map((wait) => ({ ...wait, ...dueOf(matters, batch, test) }));
      }),
    );
}

/**
 * In a therapy that was halted nothing is permitted to begin, and a test of what was given is still owed: its result is
 * reported, which is a fact.
 */
export function followingAfterHalt(matters: Matters): readonly Wait[] {
  const { whole } = matters;
  return [...whole.batches.values()]
    .filter((batch) => isGiven(matters, batch))
    .flatMap((batch) =>
      testsOpen(whole, batch).map((test) => ({
        ...(hasSamples(matters, batch, test)
          ? toReport(matters, batch, test)
          : withoutSamples(matters, batch, test)),
        ...dueOf(matters, batch, test),
      })),
    );
}

function toReport(matters: Matters, { recorded }: Batch, { id, roles }: Step): Wait {
  const options = ofParties(matters, 'manufacturing:ReportStep', roles);
  const since = effectiveOf(recorded);
  return { state: 'due', noun: 'step', subject: `step ${id}`, code: id, options, since };
}

/** Whether something of the batch's fill is there that the test takes. */
function hasSamples({ whole: { items } }: Matters, { fill }: Batch, { inputs }: Step): boolean {
  return [...items.values()].some(
    (item) =>
      inputs.includes(item.kind) &&
      item.custody === 'in-custody' &&
      item.producedBy !== undefined &&
      nameOfAttempt(item.producedBy) === nameOfAttempt(fill),
  );
}

/** No sample of the batch can be tested: quality says so, and decides what that means. */
function withoutSamples(matters: Matters, { id, recorded }: Batch, { id: code }: Step): Wait {
  const { quality } = matters.whole.therapy;
  const options = ofOrganisation(matters, 'manufacturing:ReportDeviation', ['quality'], quality);
  const since = effectiveOf(recorded);
  return { state: 'stopped', noun: 'batch', subject: `batch ${id}`, code, options, since };
}

function dueOf({ whole }: Matters, batch: Batch, { mayFollow }: Step): { readonly due?: string } {
  const filled = whole.attempts.get(nameOfAttempt(batch.fill))?.report ?? batch.recorded;
  return mayFollow ? { due: addMinutes(effectiveOf(filled), mayFollow.dueHours * 60) } : {};
}

function isOfUse({ blockers, recall }: Batch): boolean {
  return !recall && blockers.every(({ kind }) => kind !== 'rejected' && kind !== 'annulled');
}

/** Whether something of it reached the patient. */
function isGiven({ whole: { doses, items } }: Matters, { id }: Batch): boolean {
  const isOfBatch = (item: string, seen: ReadonlySet<string> = new Set()): boolean => {
    const { batch, parents = [] } = items.get(item) ?? {};
    const known = new Set([...seen, item]);
    return batch === id || parents.some((each) => !known.has(each.id) && isOfBatch(each.id, known));
  };
  return [...doses.values()].some(({ administrations }) =>
    administrations.some(
      ({ item, course, annulled }) => course !== 'not-started' && !annulled && isOfBatch(item),
    ),
  );
}
