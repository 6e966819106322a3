import { isTangible } from '../custody/item.js';
import { isAuthorised } from '../gates/order-line.js';
import { reasonsOfProduct } from '../gates/product.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Blockable } from '../nouns/blockable.js';
import type { Dose } from '../nouns/dose.js';
import type { Item } from '../nouns/item.js';
import type { StatedReason } from '../nouns/reason.js';
import { refOf } from '../nouns/reference.js';
import type { BlockableEntity } from '../nouns/registry.js';
import { nameOf } from '../nouns/subject.js';
import { milliseconds } from '../values/time.js';
import { type ThingState, type Trouble, TROUBLES } from '../values/words.js';
import { hindrancesOf } from './hindrance.js';
import type { GateOutlook, ThingOutlook } from './outlook.js';

/** What stands in a thing's own record, in the word for it. */
const BY_BLOCKER = {
  annulled: 'entered-in-error',
  rejected: 'rejected',
  deviation: 'quarantined',
  hold: 'on-hold',
  halt: 'halted',
} as const;

/** Whether something of a dose reached the patient, by what was not entered in error. */
export function isGiven({ administrations }: Pick<Dose, 'administrations'>): boolean {
  return administrations.some(({ course, annulled }) => course !== 'not-started' && !annulled);
}

/**
 * How everything in a therapy stands by the gates' words.
 * @param at RFC 3339
 */
export function thingOutlooks(
  whole: WholeTherapy,
  gates: readonly GateOutlook[],
  at: string,
): readonly ThingOutlook[] {
  const hindered = hinderedBy(gates);
  const { therapy, items, attempts, datasets, designs, batches, doses } = whole;
  const things = [therapy, ...attempts.values(), ...datasets.values(), ...designs.values()];
  return [
    ...[...items.values()].map((item) => outlookOfItem(whole, item, hindered, at)),
    ...[...things, ...batches.values()].map((thing) =>
      outlookOf(nameOf(refOf(thing)), courseOf(thing), troublesOf(thing, at), hindered),
    ),
    ...[...doses.values()].map((dose) => outlookOfDose(whole, dose, hindered, at)),
  ];
}

/** What hinders each subject: what a gate would say when asked of it, and what it would say of it when asked of others. */
type Hindered = ReadonlyMap<string, readonly StatedReason[]>;

function hinderedBy(gates: readonly GateOutlook[]): Hindered {
  const found = new Map<string, StatedReason[]>();
  for (const gate of gates) {
    for (const reason of hindrancesOf(gate)) {
      for (const name of new Set([gate.subject, reason.subject ?? gate.subject])) {
        found.set(name, [...(found.get(name) ?? []), reason]);
      }
    }
  }
  return found;
}

function outlookOf(
  subject: string,
  course: ThingState,
  own: readonly Trouble[],
  hindered: Hindered,
  more: readonly Trouble[] = [],
): ThingOutlook {
  const reasons = hindered.get(subject) ?? [];
  const all = [...own, ...more, ...(reasons.length > 0 ? (['stopped'] as const) : [])];
  return { subject, state: gravest(all) ?? course, byRecord: gravest(own) ?? course };
}

function gravest(troubles: readonly Trouble[]): Trouble | undefined {
  return TROUBLES.find((each) => troubles.includes(each));
}

function outlookOfItem(
  whole: WholeTherapy,
  item: Item,
  hindered: Hindered,
  at: string,
): ThingOutlook {
  const subject = `item ${item.id}`;
  const { custody } = item;
  if (!isTangible(item)) return { subject, state: custody, byRecord: custody };
  const recalled = hindered.get(subject)?.some(({ code }) => code === 'RECALLED');
  const kept = reasonsOfProduct(whole, item, at).every(({ code }) => code !== 'EXPIRED');
  const more: readonly Trouble[] = [
    ...(recalled === true ? (['recalled'] as const) : []),
    ...(kept ? [] : (['expired'] as const)),
  ];
  return outlookOf(subject, custody, troublesOf(item, at), hindered, more);
}

function outlookOfDose(
  whole: WholeTherapy,
  dose: Dose,
  hindered: Hindered,
  at: string,
): ThingOutlook {
  const subject = `dose ${dose.id}`;
  const course = courseOfDose(whole, dose, at);
  if (course !== 'authorised') return { subject, state: course, byRecord: course };
  return outlookOf(subject, course, [], hindered);
}

function courseOfDose(whole: WholeTherapy, dose: Dose, at: string): ThingState {
  const courses = dose.administrations.flatMap(({ course, annulled }) => (annulled ? [] : course));
  if (courses.includes('complete')) return 'given';
  if (courses.includes('interrupted')) return 'interrupted';
  if (courses.length > 0) return 'not-started';
  if (dose.administrations.length > 0) return 'entered-in-error';
  if (!dose.authorised) return 'not-authorised';
  return isAuthorised(whole, dose, at) ? 'authorised' : 'authorisation-ended';
}

/** How far a thing has come, whatever stops it. */
function courseOf(thing: Exclude<BlockableEntity, Item>): ThingState {
  switch (thing.noun) {
    case 'therapy':
      return 'ordered';
    case 'step':
      return thing.report ? 'reported' : 'started';
    case 'dataset':
      return 'recorded';
    case 'design':
      return thing.approved ? 'approved' : 'submitted';
    case 'batch':
      if (thing.certification) return 'certified';
      return thing.review ? 'reviewed' : 'recorded';
  }
}

function troublesOf(thing: BlockableEntity, at: string): readonly Trouble[] {
  const blocked = thing.blockers.map(({ kind }: Blockable['blockers'][number]) => BY_BLOCKER[kind]);
  const until = untilOf(thing);
  return [
    ...blocked,
    ...(thing.noun === 'batch' && thing.recall ? (['recalled'] as const) : []),
    ...(until !== undefined && milliseconds(until) <= milliseconds(at)
      ? (['expired'] as const)
      : []),
  ];
}

function untilOf(thing: BlockableEntity): string | undefined {
  if (thing.noun === 'item') return thing.useBy;
  return thing.noun === 'batch' ? thing.expiry : undefined;
}
