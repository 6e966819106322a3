import type { Item } from '../nouns/item.js';
import { stepOf } from '../nouns/process-definition.js';
import type { StepAttempt } from '../nouns/step.js';
import { type Ancestry, collectionsIn } from './ancestry.js';
import { nameOfAttempt } from './links.js';
import { isTest, releaseTestsOf } from './process-kinds.js';
import { upstreamOf } from './upstream.js';
import type { WholeTherapy } from './whole-therapy.js';

/** What an attempt says something about. */
interface Examined {
  /** what made the items that it was done on, or the samples themselves */
  readonly origins: ReadonlySet<string>;
  /** the samples that its data comes from */
  readonly samples: ReadonlySet<string>;
}

/**
 * Every reported attempt at a test that says something of what an ancestry holds, whichever a client names (C1): those
 * upstream, the others on the same subject, and all release tests of its batches (C5).
 */
export function evidenceOf(whole: WholeTherapy, ancestry: Ancestry): readonly StepAttempt[] {
  const reported = [...whole.attempts.values()].filter(({ report }) => report !== undefined);
  const tests = ancestry.attempts.filter((attempt) => {
    const step = stepOf(whole.definition, attempt.step);
    return step !== undefined && isTest(step);
  });
  const releaseTests = new Set(releaseTestsOf(whole.definition).map(({ id }) => id));
  const fills = ancestry.batches.map(({ fill }) => `step ${nameOfAttempt(fill)}`);
  const named = new Set(ancestry.batches.map(({ id }) => id));
  return reported.filter((attempt) => {
    const examined = examinedBy(whole, attempt);
    if (releaseTests.has(attempt.step)) {
      const batch = attempt.report?.batch;
      if (batch !== undefined && named.has(batch)) return true;
      if (fills.some((fill) => examined.origins.has(fill))) return true;
    }
    return tests.some(
      (test) => test.step === attempt.step && sameSubject(examined, examinedBy(whole, test)),
    );
  });
}

/** Whether an attempt was done on a sample that this attempt made. */
export function isDoneOn(
  whole: WholeTherapy,
  attempt: StepAttempt,
  maker: { readonly step: string; readonly attempt: number },
): boolean {
  return examinedBy(whole, attempt).origins.has(`step ${nameOfAttempt(maker)}`);
}

function examinedBy(whole: WholeTherapy, { report }: StepAttempt): Examined {
  const inputs = (report?.inputs ?? []).filter(({ coi }) => coi === whole.therapy.coi);
  const datasets = (report?.inputDatasets ?? []).map((id) => ({ kind: 'dataset' as const, id }));
  return {
    origins: new Set(inputs.flatMap(({ id }) => originsOf(whole, whole.items.get(id), new Set()))),
    samples: new Set(collectionsIn(upstreamOf(whole, datasets)).map(({ id }) => id)),
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
  if (item.parents.length === 0) return [`item ${item.id}`];
  return item.parents.flatMap(({ id }) => originsOf(whole, whole.items.get(id), seen));
}

function sameSubject(one: Examined, other: Examined): boolean {
  if ([...one.origins].some((origin) => other.origins.has(origin))) return true;
  return covers(one.samples, other.samples) || covers(other.samples, one.samples);
}

function covers(wide: ReadonlySet<string>, narrow: ReadonlySet<string>): boolean {
  return narrow.size > 0 && [...narrow].every((each) => wide.has(each));
}
