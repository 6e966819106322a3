import { type Ancestry, collectionsIn } from '../graph/ancestry.js';
import { type Link, linksOfDesign } from '../graph/links.js';
import { upstreamOf } from '../graph/upstream.js';
import { isEarlierRecord } from '../graph/earlier-record.js';
import { resultsOf } from '../graph/results.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import { collectorOf, type Item } from '../nouns/item.js';
import { effectiveOf, knownAs, principalOf } from '../nouns/signed.js';
import type { Reason } from '../nouns/reason.js';
import type { Design } from '../nouns/design.js';
import type { StepAttempt, StepReport } from '../nouns/step.js';
import { milliseconds } from '../values/time.js';

/**
 * Why the data behind a design was not compared between two independent collections of the patient (A5): two occasions,
 * two collectors, by a step that took something of both. A number without the second sample behind it proves nothing. Where
 * the process says so, an earlier record may stand for the second one.
 */
export function reasonsOfSecondCollection(
  whole: WholeTherapy,
  { designs }: Ancestry,
): readonly Reason[] {
  const comparing = comparingSteps(whole);
  if (comparing.size === 0) return [];
  return designs.flatMap((design) =>
    isCompared(whole, design, comparing)
      ? []
      : [
          {
            code: 'COLLECTIONS_NOT_COMPARED',
            subject: `design ${design.id}`,
            expected: `${[...comparing.keys()].join()} on two collections, of two occasions and by two collectors`,
          },
        ],
  );
}

/** The checks that compare collections, by step. */
function comparingSteps({ definition }: WholeTherapy): ReadonlyMap<string, readonly string[]> {
  const steps = definition.steps.map(({ id, checks }) => {
    const codes = checks.flatMap((check) =>
      check.kind === 'range' && check.comparesCollections ? [check.code] : [],
    );
    return [id, codes] as const;
  });
  return new Map(steps.filter(([, codes]) => codes.length > 0));
}

function isCompared(
  whole: WholeTherapy,
  design: Design,
  comparing: ReadonlyMap<string, readonly string[]>,
): boolean {
  const { attempts } = upstreamOf(whole, linksOfDesign(design));
  return [...comparing].every(([step, checks]) => {
    const done = attempts.filter((attempt) => attempt.step === step);
    return done.length > 0 && done.every((attempt) => compares(whole, attempt, checks));
  });
}

function compares(whole: WholeTherapy, attempt: StepAttempt, checks: readonly string[]): boolean {
  const { report } = attempt;
  if (!report) return false;
  const results = resultsOf(whole, attempt);
  const passed = checks.every((check) =>
    results.some((each) => each.check === check && each.verdict === 'pass'),
  );
  const inputs: readonly Link[] = [
    ...report.inputs.map((input) => ({ kind: 'item' as const, ...input })),
    ...report.inputDatasets.map((id) => ({ kind: 'dataset' as const, id })),
  ];
  const sources = inputs.map((link) => sourceOf(whole, link));
  return (
    passed &&
    sources.some((of, at) =>
      sources.some((other, where) => where !== at && areIndependentSources(of, other)),
    )
  );
}

/** What an input comes from. */
interface Source {
  readonly collections: readonly Item[];
  readonly records: readonly StepReport[];
}

function sourceOf(whole: WholeTherapy, link: Link): Source {
  const ancestry = upstreamOf(whole, [link]);
  const records = ancestry.attempts.filter((each) => isEarlierRecord(whole, each));
  return {
    collections: collectionsIn(ancestry),
    records: records.flatMap(({ report }) => report ?? []),
  };
}

function areIndependentSources(one: Source, other: Source): boolean {
  if (other.records.length === 0) return areIndependent(one.collections, other.collections);
  if (other.collections.length > 0 || one.records.length > 0) return false;
  return (
    one.collections.length > 0 &&
    other.records.every((record) => one.collections.every((item) => isApartFrom(record, item)))
  );
}

/** Whether a record was issued before a sample was taken, and reported by nobody who took it or stood by. */
function isApartFrom(record: StepReport, item: Item): boolean {
  const { collected, signatures } = item;
  const [taken] = signatures;
  if (!collected || !taken || record.earlierRecord === undefined) return false;
  const there = [collected.confirmedBy, ...collectorOf(item), ...signersOf(item)];
  if (knownAs(record).some((each) => there.includes(each))) return false;
  return milliseconds(record.earlierRecord.issued) < milliseconds(effectiveOf(taken));
}

/** The persons who took a sample or confirmed that. */
function signersOf({ collected, signatures }: Item): readonly string[] {
  return signatures
    .filter((each) => [collected?.by, collected?.confirmedBy].includes(principalOf(each)))
    .flatMap(knownAs);
}

/** Whether all of each are of another occasion and by another collector than all of the other: none is shared, then. */
function areIndependent(one: readonly Item[], other: readonly Item[]): boolean {
  if (one.length === 0 || other.length === 0) return false;
  return one.every((first) => other.every((second) => areApart(first, second)));
}

function areApart(one: Item, other: Item): boolean {
  if (one.collected?.occasion === other.collected?.occasion) return false;
  const there = collectorOf(other);
  return collectorOf(one).every((each) => !there.includes(each));
}
