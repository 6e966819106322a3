import { isDoneOn } from '../graph/evidence.js';
import { type Link, nameOfAttempt } from '../graph/links.js';
import { containerKindsOf, releaseTestsOf } from '../graph/process-kinds.js';
import { resultsOf } from '../graph/results.js';
import { upstreamOf } from '../graph/upstream.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Batch } from '../nouns/batch.js';
import type { Item } from '../nouns/item.js';
import { type Check, isOfOrigin } from '../nouns/check.js';
import { lineageOf, type Step, stepOf } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import type { StepAttempt } from '../nouns/step.js';
import { isSetAside } from '../nouns/subject.js';
import { milliseconds } from '../values/time.js';
import type { CheckClass } from '../values/words.js';
import { reasonsOfLineage, takeOrigins } from './lineage.js';
import { blockersInReach, isReached } from './reach.js';

/**
 * Why not every container in a dose belongs to a batch that was tested, reviewed and certified, and keeps (A3).
 * @param dose the item that would be given
 * @param at RFC 3339
 */
export function reasonsOfContainers(
  whole: WholeTherapy,
  dose: Item,
  at: string,
): readonly Reason[] {
  const kinds = containerKindsOf(whole.definition);
  if (kinds.size === 0) return reasonsOfLineage(whole, dose);
  const containers = containersOf(whole, dose, kinds, new Set());
  if (containers.length === 0) {
    return [
      { code: 'BROKEN_CHAIN', subject: `item ${dose.id}`, expected: 'a batch', found: 'none' },
    ];
  }
  const batches = new Map<string, Batch>();
  const reasons = containers.flatMap((container): readonly Reason[] => {
    const subject = `item ${container.id}`;
    const batch = container.batch === undefined ? undefined : whole.batches.get(container.batch);
    if (!batch?.vials.includes(container.id)) {
      return [{ code: 'NO_BATCH', subject, expected: 'a container of a batch', found: 'none' }];
    }
    batches.set(batch.id, batch);
    return reasonsOfFill(whole, container, batch);
  });
  return [
    ...reasons,
    ...[...batches.values()].flatMap((batch) => [
      ...reasonsOfConfirmation(whole, batch),
      ...reasonsOfTests(whole, batch),
      ...reasonsOfRelease(batch, at),
    ]),
  ];
}

/** Whether a step waits for the certification of what it is done on. */
export function waitsForBatch({ definition }: WholeTherapy, { needs }: Step): boolean {
  return needs.some((id) => stepOf(definition, id)?.attestedBy === 'manufacturing:CertifyBatch');
}

/**
 * Why a step that waits for the certification does not begin on an item: it asks of the item's own containers what a dose
 * asks of its containers, whichever batch is named.
 * @param at RFC 3339
 */
export function reasonsOfReleased(
  whole: WholeTherapy,
  step: Step,
  item: Item,
  at: string,
): readonly Reason[] {
  return waitsForBatch(whole, step) ? reasonsOfContainers(whole, item, at) : [];
}

/** Why a batch's vials are not all of the fill and of the design that its record names, or it was not tested. */
export function reasonsOfBatch(whole: WholeTherapy, batch: Batch): readonly Reason[] {
  const vials = batch.vials.flatMap((id) => whole.items.get(id) ?? []);
  return [
    ...vials.flatMap((vial) => reasonsOfFill(whole, vial, batch)),
    ...reasonsOfConfirmation(whole, batch),
    ...reasonsOfTests(whole, batch),
  ];
}

/** The containers that an item is, or was prepared of, on every branch. */
function containersOf(
  whole: WholeTherapy,
  item: Item,
  kinds: ReadonlySet<string>,
  seen: Set<string>,
): readonly Item[] {
  if (seen.has(item.id)) return [];
  seen.add(item.id);
  if (item.producedBy && kinds.has(item.kind)) return [item];
  return item.parents.flatMap(({ id }) => {
    const parent = whole.items.get(id);
    return parent ? containersOf(whole, parent, kinds, seen) : [];
  });
}

function reasonsOfFill(whole: WholeTherapy, container: Item, batch: Batch): readonly Reason[] {
  const subject = `item ${container.id}`;
  const fill = nameOfAttempt(batch.fill);
  const made = container.producedBy ? nameOfAttempt(container.producedBy) : 'nothing';
  const reasons: Reason[] = [];
  if (made !== fill) {
    reasons.push({ code: 'NOT_OF_THIS_FILL', subject, expected: fill, found: made });
  }
  reasons.push(...reasonsOfLineage(whole, container));
  if (batch.design === undefined && lineageOf(whole.definition) === 'material') return reasons;
  const { designs } = upstreamOf(whole, [{ kind: 'step', ...batch.fill }]);
  const found = designs.map(({ id }) => id).sort();
  if (found.length !== 1 || found[0] !== batch.design) {
    const listed = found.join() || 'none';
    const expected = batch.design ?? 'a design';
    reasons.push({ code: 'DESIGN_DIFFERS', subject, expected, found: listed });
  }
  return reasons;
}

/**
 * Why what was filled was not confirmed to have the sequence of the batch's design: by each step upstream whose check
 * compares it with the design's commitment.
 */
function reasonsOfConfirmation(whole: WholeTherapy, batch: Batch): readonly Reason[] {
  if (lineageOf(whole.definition) === 'material') return [];
  const { attempts } = upstreamOf(whole, [{ kind: 'step', ...batch.fill }]);
  const confirming = attempts.flatMap((attempt) => {
    const checks = stepOf(whole.definition, attempt.step)?.checks ?? [];
    const codes = checks.filter(({ kind }) => kind === 'design-commitment').map(({ code }) => code);
    const { report } = attempt;
    return codes.length > 0 && report
      ? [{ codes, report, results: resultsOf(whole, attempt) }]
      : [];
  });
  const confirmed = confirming.filter(
    ({ codes, report, results }) =>
      report.design === batch.design &&
      codes.every((code) => results.some((each) => each.check === code && each.verdict === 'pass')),
  );
  if (confirming.length > 0 && confirmed.length === confirming.length) return [];
  const subject = `batch ${batch.id}`;
  return [{ code: 'SEQUENCE_NOT_CONFIRMED', subject, expected: `design ${batch.design ?? ''}` }];
}

/** The release tests of which a batch lacks a result and that its release waits for, with their every check (C5). */
export function testsMissing(whole: WholeTherapy, batch: Batch): readonly Step[] {
  return testsBefore(whole).filter((test) => checksNotPassed(whole, batch, test)?.length !== 0);
}

/** The release tests that may follow and of which a batch lacks a result (A3). */
export function testsOpen(whole: WholeTherapy, batch: Batch): readonly Step[] {
  return releaseTestsOf(whole.definition).filter(
    (test) => test.mayFollow && checksNotPassed(whole, batch, test)?.length !== 0,
  );
}

/**
 * Why whoever releases batches, or gives what is of them, has not signed for every test of them that is open (A3).
 * @param named the steps that the command names
 */
export function reasonsOfOpenTests(
  whole: WholeTherapy,
  batches: readonly Batch[],
  named: readonly string[] = [],
): readonly Reason[] {
  return batches.flatMap((batch) =>
    testsOpen(whole, batch)
      .filter(({ id }) => !named.includes(id))
      .map(({ id }) => ({
        code: 'OPEN_TEST_NOT_NAMED',
        subject: `batch ${batch.id}`,
        expected: `${id} named as open`,
        found: named.join() || 'none',
      })),
  );
}

/** What a signature says of the open tests of batches: nothing where there are none. */
export function openTestsIn(
  whole: WholeTherapy,
  batches: readonly Batch[],
): { readonly openTests?: string[] } {
  const open = batches.flatMap((batch) => testsOpen(whole, batch).map(({ id }) => id));
  return open.length > 0 ? { openTests: [...new Set(open)] } : {};
}

/** The release tests that review, certification and dose wait for. */
function testsBefore({ definition }: WholeTherapy): readonly Step[] {
  return releaseTestsOf(definition).filter(({ mayFollow }) => !mayFollow);
}

function reasonsOfTests(whole: WholeTherapy, batch: Batch): readonly Reason[] {
  return testsBefore(whole).flatMap((test) => {
    const missing = checksNotPassed(whole, batch, test);
    if (missing === undefined) {
      const expected = `${test.id} on samples of ${nameOfAttempt(batch.fill)}`;
      const found = untested('none', test.checks);
      return [{ code: 'NOT_TESTED', subject: `batch ${batch.id}`, expected, found }];
    }
    return missing.map((check) => ({
      code: 'NOT_TESTED',
      subject: `batch ${batch.id}`,
      expected: `${check.code} of ${test.id}`,
      found: untested('no result', [check]),
    }));
  });
}

/** The checks without any result, on usable samples of the batch's fill; undefined where nobody tested one. */
function checksNotPassed(
  whole: WholeTherapy,
  batch: Batch,
  test: Step,
): readonly Check[] | undefined {
  const attempts = [...whole.attempts.values()].filter(
    (attempt) =>
      attempt.step === test.id &&
      isDoneOn(whole, attempt, batch.fill) &&
      !isMixed(whole, attempt, batch.fill) &&
      isUsable(whole, attempt, batch.fill),
  );
  if (attempts.length === 0) return undefined;
  return test.checks.filter((check) => {
    const answering = attempts.filter((attempt) =>
      resultsOf(whole, attempt).some(
        (each) => each.check === check.code && (each.verdict === 'pass' || each.verdict === 'fail'),
      ),
    );
    if (answering.length === 0) return true;
    return isOfOrigin(check) && !takeOrigins(whole, answering, batch.fill);
  });
}

/** Of these nobody does without a result, whatever else presses. */
const NEVER_WITHOUT = ['identity', 'safety'] as const satisfies readonly CheckClass[];

/** What was found of checks without a result, with the class of one of them that nobody does without. */
function untested(found: string, checks: readonly Check[]): string {
  const of = NEVER_WITHOUT.find((each) => checks.some((check) => check.class === each));
  return of === undefined ? found : `${found} of ${of}`;
}

/** Whether a reason says that a batch has no result of identity or of safety. */
export function lacksIdentityOrSafety({
  code,
  found = '',
}: Pick<Reason, 'code' | 'found'>): boolean {
  return code === 'NOT_TESTED' && NEVER_WITHOUT.some((of) => found.endsWith(` of ${of}`));
}

/** Whether samples of another fill were tested with those of this one: what they gave together says of neither. */
function isMixed(whole: WholeTherapy, { report }: StepAttempt, fill: Batch['fill']): boolean {
  const inputs = (report?.inputs ?? []).map((input): Link => ({ kind: 'item', ...input }));
  const fills = upstreamOf(whole, inputs).attempts.filter(({ step }) => step === fill.step);
  // what was filled anew comes from the fill before
  const { attempts: before } = upstreamOf(whole, [{ kind: 'step', ...fill }]);
  return fills.some((each) => !before.includes(each));
}

/**
 * Whether an attempt that nobody set aside was done on samples that nothing stops, nor, where the fill was not made of it
 * too, anything that they were made of (D1).
 */
function isUsable(whole: WholeTherapy, attempt: StepAttempt, fill: Batch['fill']): boolean {
  const { report } = attempt;
  if (isSetAside(attempt) || !report) return false;
  const unstopped = report.inputs.every(({ id }) => {
    const sample = whole.items.get(id);
    return sample?.blockers.every((blocker) => !isReached(blocker, report.time)) ?? false;
  });
  if (!unstopped) return false;
  const samples = upstreamOf(
    whole,
    report.inputs.map((input): Link => ({ kind: 'item', ...input })),
  );
  const filled = upstreamOf(whole, [{ kind: 'step', ...fill }]);
  return samples.items
    .filter(({ id }) => !report.inputs.some((input) => input.id === id))
    .every((item) => {
      const known = filled.items.includes(item) ? blockersInReach(item, filled) : [];
      return blockersInReach(item, samples).every((blocker) => known.includes(blocker));
    });
}

function reasonsOfRelease(batch: Batch, at: string): readonly Reason[] {
  const subject = `batch ${batch.id}`;
  const reasons: Reason[] = [];
  if (!batch.review) reasons.push({ code: 'NOT_REVIEWED', subject });
  if (!batch.certification) reasons.push({ code: 'BATCH_NOT_RELEASED', subject });
  return [...reasons, ...reasonsOfKeeping(batch, at)];
}

/**
 * Why a batch is not to be released or used any more: its time is over.
 * @param at RFC 3339
 */
export function reasonsOfKeeping({ id, expiry }: Batch, at: string): readonly Reason[] {
  if (milliseconds(expiry) > milliseconds(at)) return [];
  const expected = `an expiry after ${at}`;
  return [{ code: 'EXPIRED', subject: `batch ${id}`, expected, found: expiry }];
}
