import type { Asking } from '../commands/decision.js';
import type { WeighedConsent } from '../consent/weighed.js';
import { containerKindsOf } from '../graph/process-kinds.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Item } from '../nouns/item.js';
import type { ProcessDefinition, Step } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { effectiveOf } from '../nouns/signed.js';
import type { StepAttempt } from '../nouns/step.js';
import { addMinutes, isBefore, milliseconds } from '../values/time.js';
import { reasonsOfAlarmsUnnamed } from './alarms.js';
import { type Giving, reasonsOfConsent, usesAsked } from './consent.js';
import { reasonsOfContainers } from './containers.js';
import { decisionsOn } from './decided.js';
import { notExcepted } from './exception.js';
import { lineAsked, reasonsOfOrder } from './order-line.js';
import { reasonsOfExpiry } from './product.js';

/** Whether a step cannot be undone, and is asked for before it begins whatever command attests it. */
export function isIrreversible(step: Step | undefined): boolean {
  return step?.irreversible === true;
}

/** What would be given in the end, and what the patient said to that. */
interface GivenLater extends Giving {
  readonly consents: readonly WeighedConsent[];
}

/**
 * Why what cannot be undone does not begin on these: what the gate of the dose would say of them, all but the check at the
 * bedside with its minutes, and what lies between (A10). The chain of what they come from is the start's own question.
 * @param items what the dose is, or would be prepared of
 */
export function reasonsBeforeIrreversible(
  giving: GivenLater,
  items: readonly Item[],
  { transactionTime: at }: Pick<Asking, 'transactionTime'>,
): readonly Reason[] {
  const { whole, ancestry, consents } = giving;
  const seen = decisionsOn(whole, ancestry.items, at)
    .filter(({ agreed }) => agreed)
    .flatMap(({ alarmsSeen = [] }) => alarmsSeen);
  return [
    ...reasonsOfContainersAhead(whole, items, at),
    ...reasonsOfConsent(consents, usesAsked(giving, at), false),
    ...reasonsOfAlarmsUnnamed(whole, ancestry, seen),
  ];
}

/**
 * Why none of these would be given, whoever asks: their batch, their time, or that no line of the order is free.
 * @param at RFC 3339
 */
export function reasonsOfContainersAhead(
  whole: WholeTherapy,
  items: readonly Item[],
  at: string,
): readonly Reason[] {
  return notExcepted(
    whole,
    [...whole.batches.values()],
    items.flatMap((item) => {
      const line = lineAsked(whole, item.id, at);
      const unordered: readonly Reason[] = [
        { code: 'DOSE_NOT_ORDERED', subject: `item ${item.id}` },
      ];
      return [
        ...(line ? reasonsOfOrder(whole, line, at) : unordered),
        ...reasonsOfContainers(whole, item, at),
        ...reasonsOfExpiry(whole, item, at),
      ];
    }),
  );
}

/** Whether something is given, or is a container of what is. */
export function isProduct(definition: ProcessDefinition, { kind }: Pick<Item, 'kind'>): boolean {
  return isGivenAsIs(definition, { kind }) || containerKindsOf(definition).has(kind);
}

/** Whether something is given as it is, and nothing is prepared of it before. */
export function isGivenAsIs({ steps }: ProcessDefinition, { kind }: Pick<Item, 'kind'>): boolean {
  return steps.some(
    ({ attestedBy, inputs }) => attestedBy === 'care:RecordAdministration' && inputs.includes(kind),
  );
}

/**
 * The steps done already that cannot be undone: on the patient, or on what an item was prepared of (A10).
 * @param items a product and everything upstream of it
 */
export function irreversiblesBefore(
  { definition, attempts }: Pick<WholeTherapy, 'definition' | 'attempts'>,
  items: readonly Item[],
): readonly Step[] {
  const isOnPatient = ({ id, outputs }: Step) =>
    outputs.length === 0 &&
    [...attempts.values()].some(
      ({ step, report, blockers }) =>
        step === id && report && blockers.every(({ kind }) => kind !== 'annulled'),
    );
  const isBehind = ({ id, outputs, attestedBy }: Step) =>
    items.some(({ kind, parents, producedBy }) =>
      attestedBy === 'custody:DeriveItem'
        ? outputs.includes(kind) && parents.length > 0 && !producedBy
        : producedBy?.step === id,
    );
  return definition.steps.filter(
    (step) => isIrreversible(step) && (isOnPatient(step) || isBehind(step)),
  );
}

/** When something began, and what is held against a clock for it: both RFC 3339. */
export interface Begun {
  readonly began: string;
  readonly held: string;
}

/**
 * Whether a step that cannot be undone was permitted on an item when it began (A10): as an authorisation, that counts for
 * the process's minutes.
 */
export function wasPermitted(
  { authorisationMinutes }: Pick<ProcessDefinition, 'authorisationMinutes'>,
  attempts: readonly StepAttempt[],
  item: string,
  { began, held }: Begun,
): boolean {
  return attempts.some(({ permission, blockers }) => {
    if (!permission?.inputs.includes(item)) return false;
    if (blockers.some(({ kind }) => kind === 'annulled' || kind === 'rejected')) return false;
    const from = effectiveOf(permission);
    const until = addMinutes(from, authorisationMinutes);
    return !isBefore(began, from) && milliseconds(held) <= milliseconds(until);
  });
}
