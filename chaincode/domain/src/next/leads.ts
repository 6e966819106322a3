import { reasonsAgainstUse } from '../consent/evaluate.js';
import type { ConsentUse } from '../consent/use.js';
import type { Recipient } from '../consent/uses.js';
import type { Batch } from '../nouns/batch.js';
import { beginningOf } from '../nouns/beginning.js';
import type { Item } from '../nouns/item.js';
import type { Step } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { effectiveOf } from '../nouns/signed.js';
import type { Role } from '../values/roles.js';
import { milliseconds } from '../values/time.js';
import { ofOrganisation } from './asked.js';
import type { Matters } from './matters.js';
import type { AtGate } from './reasons.js';
import type { StateOfThings } from './state-of-things.js';
import type { Wait } from './wait.js';

/** The course of a process, as its parts ask it for what lies before them. */
export interface Leads {
  readonly things: StateOfThings;
  /** what leads to a step that is wanted and not there */
  lead(step: Step): readonly Wait[];
  /** a release test of a batch */
  test(step: Step, batch: Batch): readonly Wait[];
  /** what leads on from what stands against a thing at a gate */
  against(reasons: readonly Reason[], gate: AtGate): readonly Wait[];
  /** what stands against things that nobody can go on with now */
  heldUp(items: readonly Item[]): readonly Wait[];
  isThere(step: Step): boolean;
  needsOf(step: Step): readonly Step[];
  /** what makes things of these kinds: a step, or a collection */
  makersOf(kinds: readonly string[]): readonly Wait[];
}

/** Everybody who may have an item in hand to give it on. */
const GIVERS: readonly Role[] = [
  'collector',
  'nurse',
  'pathologist',
  'pharmacist',
  'lab',
  'operator',
  'courier',
];

/** The item is handed to somebody who can go on with it. */
export function toHandOver(matters: Matters, item: Item, code: string): Wait {
  const { organisation } = item.holder;
  const options = ofOrganisation(matters, 'custody:ReleaseItem', GIVERS, organisation);
  const since = latestOf(matters, [item.heldSince ?? beginningOf(item)]);
  return { state: 'due', noun: 'item', subject: `item ${item.id}`, code, options, since };
}

/** The latest of some times, at the earliest that of the order. */
export function latestOf(
  { whole: { therapy } }: Matters,
  times: readonly (string | undefined)[],
): string {
  return times
    .filter((time) => time !== undefined)
    .reduce(
      (one, other) => (milliseconds(one) < milliseconds(other) ? other : one),
      effectiveOf(therapy.ordered),
    );
}

/**
 * Why consent does not cover uses, for a reader who may know it: of the organisations that could make them, what the one
 * lacks that lacks least.
 */
export function reasonsOfUses(
  { consents, parties }: Matters,
  organisations: readonly string[],
  usesOf: (recipient: Recipient) => readonly ConsentUse[],
): readonly Reason[] {
  if (!consents) return [];
  const lacking = organisations.map((recipient) => {
    const country = parties.find(({ id }) => id === recipient)?.country;
    return usesOf({ recipient, country }).flatMap((use) => reasonsAgainstUse(consents, use));
  });
  return (
    lacking.reduce<readonly Reason[] | undefined>(
      (least, each) => (least && least.length <= each.length ? least : each),
      undefined,
    ) ?? []
  );
}
