import { type Ancestry, collectionsIn } from '../graph/ancestry.js';
import { type Link, linksOfDesign } from '../graph/links.js';
import { upstreamOf } from '../graph/upstream.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Item } from '../nouns/item.js';
import { personOf, principalOf } from '../nouns/signed.js';
import type { Reason } from '../nouns/reason.js';
import type { Design } from '../nouns/design.js';
import type { StepAttempt } from '../nouns/step.js';

/**
 * Why the data behind a design was not compared between two independent collections of the patient (A5): two occasions,
 * two collectors, by a step that took something of both. A number without the second sample behind it proves nothing.
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

function compares(
  whole: WholeTherapy,
  { report }: StepAttempt,
  checks: readonly string[],
): boolean {
  if (!report) return false;
  const passed = checks.every((check) =>
    report.verdicts.some((each) => each.check === check && each.verdict === 'pass'),
  );
  const inputs: readonly Link[] = [
    ...report.inputs.map((input) => ({ kind: 'item' as const, ...input })),
    ...report.inputDatasets.map((id) => ({ kind: 'dataset' as const, id })),
  ];
  const collections = inputs.map((link) => collectionsIn(upstreamOf(whole, [link])));
  return (
    passed &&
    collections.some((of, at) =>
      collections.some((other, where) => where > at && areIndependent(of, other)),
    )
  );
}

/** Whether all of each are of another occasion and by another collector than all of the other, and none is shared. */
function areIndependent(one: readonly Item[], other: readonly Item[]): boolean {
  const shared = new Set(one.map(({ id }) => id));
  if (one.length === 0 || other.length === 0 || other.some(({ id }) => shared.has(id)))
    return false;
  return one.every((first) => other.every((second) => areApart(first, second)));
}

function areApart(one: Item, other: Item): boolean {
  if (!one.collected || !other.collected) return false;
  return (
    one.collected.occasion !== other.collected.occasion && collectorOf(one) !== collectorOf(other)
  );
}

function collectorOf({ collected, signatures }: Item): string | undefined {
  const taken = signatures.find((signed) => principalOf(signed) === collected?.by);
  return taken ? personOf(taken) : collected?.by;
}
