import type { Item } from '../nouns/item.js';
import { stepOf } from '../nouns/process-definition.js';
import type { StepAttempt } from '../nouns/step.js';
import { type Ancestry, collectionsIn } from './ancestry.js';
import { type Link, nameOfAttempt } from './links.js';
import { isTest } from './process-kinds.js';
import { upstreamOf } from './upstream.js';
import type { WholeTherapy } from './whole.js';

/** What an attempt says something about. */
interface Examined {
  /** what made the items and the data that it was done on, or the samples themselves */
  readonly origins: ReadonlySet<string>;
  /** the samples that its data comes from */
  readonly samples: ReadonlySet<string>;
}

/**
 * Every reported test that says something of what an ancestry holds and is not upstream itself, whichever a client names
 * (C1): those done on what one of its steps made, those of a step that it went through on any of the same samples, and
 * those that name one of its batches (C5).
 */
export function evidenceOf(whole: WholeTherapy, ancestry: Ancestry): readonly StepAttempt[] {
  const upstream = new Set(ancestry.attempts);
  const origins = originsIn(ancestry);
  return [...whole.attempts.values()].filter((attempt) => {
    if (upstream.has(attempt) || !isReportedTest(whole, attempt)) return false;
    if (ancestry.batches.some(({ id }) => id === attempt.report?.batch)) return true;
    if (shareOne(examinedBy(whole, attempt).origins, origins)) return true;
    return ancestry.attempts.some((each) => shareSubject(whole, each, attempt));
  });
}

/** Everything upstream of these, and of the tests by which it is judged. */
export function upstreamWithTests(whole: WholeTherapy, from: readonly Link[]): Ancestry {
  const tests = evidenceOf(whole, upstreamOf(whole, from));
  const links = tests.map(({ step, attempt }): Link => ({ kind: 'step', step, attempt }));
  return upstreamOf(whole, [...from, ...links]);
}

/** Whether two attempts at one step say something about the same thing, or about things of the same origin. */
export function shareSubject(whole: WholeTherapy, one: StepAttempt, other: StepAttempt): boolean {
  if (one.step !== other.step) return false;
  const [its, others] = [examinedBy(whole, one), examinedBy(whole, other)];
  return shareOne(its.origins, others.origins) || shareOne(its.samples, others.samples);
}

/** Whether an attempt was done on something that this attempt made. */
export function isDoneOn(
  whole: WholeTherapy,
  attempt: StepAttempt,
  maker: { readonly step: string; readonly attempt: number },
): boolean {
  return examinedBy(whole, attempt).origins.has(`step ${nameOfAttempt(maker)}`);
}

/** Whether an attempt was done on something of the same origin as what an ancestry holds. */
export function isDoneWithin(
  whole: WholeTherapy,
  attempt: StepAttempt,
  ancestry: Ancestry,
): boolean {
  return shareOne(examinedBy(whole, attempt).origins, originsIn(ancestry));
}

/** Samples and data, of which something is tested. */
export interface Tested {
  readonly items: readonly string[];
  readonly datasets: readonly string[];
}

/**
 * Whether all of these are originals of what an attempt said something about, or were retained of it: items of the same
 * origin as what it made or was done on, or as what its data comes from, and data of none but its samples.
 */
export function areSamplesOf(
  whole: WholeTherapy,
  attempt: StepAttempt,
  { items, datasets }: Tested,
): boolean {
  const { inputDatasets = [], outputs = [] } = attempt.report ?? {};
  const { origins, samples } = examinedBy(whole, attempt);
  const data = upstreamOf(
    whole,
    inputDatasets.map((id): Link => ({ kind: 'dataset', id })),
  );
  const name = `step ${nameOfAttempt(attempt)}`;
  const known = outputs.length > 0 ? new Set([name]) : new Set([...origins, ...originsIn(data)]);
  return (
    items.every((id) => areWithin(originsOf(whole, whole.items.get(id), new Set()), known)) &&
    datasets.every((id) => {
      const of = collectionsIn(upstreamOf(whole, [{ kind: 'dataset', id }]));
      return areWithin(
        of.map((each) => each.id),
        samples,
      );
    })
  );
}

function areWithin(some: readonly string[], all: ReadonlySet<string>): boolean {
  return some.length > 0 && some.every((each) => all.has(each));
}

function isReportedTest({ definition }: WholeTherapy, { step: id, report }: StepAttempt): boolean {
  const step = stepOf(definition, id);
  if (!step || !report) return false;
  // what made nothing says of what it was done on what became of it
  return isTest(step) || report.outputs.length + report.datasets.length === 0;
}

function originsIn({ items, attempts }: Ancestry): ReadonlySet<string> {
  return new Set([
    ...attempts.map((attempt) => `step ${nameOfAttempt(attempt)}`),
    ...items.flatMap((item) => (isFirst(item) ? [`item ${item.id}`] : [])),
  ]);
}

function examinedBy(whole: WholeTherapy, { report }: StepAttempt): Examined {
  const inputs = (report?.inputs ?? []).filter(({ coi }) => coi === whole.therapy.coi);
  const data = report?.inputDatasets ?? [];
  const makers = data.flatMap((id) => whole.datasets.get(id)?.producedBy ?? []);
  const links = data.map((id): Link => ({ kind: 'dataset', id }));
  return {
    origins: new Set([
      ...inputs.flatMap(({ id }) => originsOf(whole, whole.items.get(id), new Set())),
      ...makers.map((maker) => `step ${nameOfAttempt(maker)}`),
    ]),
    samples: new Set(collectionsIn(upstreamOf(whole, links)).map(({ id }) => id)),
  };
}

function originsOf(
  whole: WholeTherapy,
  item: Item | undefined,
  seen: Set<string>,
): readonly string[] {
  if (!item || seen.has(item.id)) return [];
  seen.add(item.id);
  if (item.producedBy) return [`step ${nameOfAttempt(item.producedBy)}`];
  if (isFirst(item)) return [`item ${item.id}`];
  return item.parents.flatMap(({ id }) => originsOf(whole, whole.items.get(id), seen));
}

/** Whether nothing comes before it. */
function isFirst({ producedBy, parents }: Item): boolean {
  return !producedBy && parents.length === 0;
}

function shareOne(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].some((each) => other.has(each));
}
