import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Dose } from '../nouns/dose.js';
import type { Reason } from '../nouns/reason.js';
import { changesOfLabel } from '../nouns/relabelling.js';
import { effectiveOf } from '../nouns/signed.js';
import type { OrderLine } from '../nouns/therapy.js';
import type { ReasonCode } from '../values/reason-codes.js';
import { addMinutes, earliest, milliseconds } from '../values/time.js';

/** What a dose is authorised for. */
export interface Ordered {
  readonly dose: string;
  /** the order line's number */
  readonly number: number;
  readonly item: string;
}

/**
 * Why a line of the order, or a container, is not free for a dose (A7): a line takes containers up to the ordered amount,
 * counted by what was begun and by what stands authorised, and none once another line stands in its place; a container
 * serves one line, until nothing of it was given or its authorisation ended unused. An administration that was entered in
 * error gives the container back, and not the line.
 * @param at RFC 3339
 */
export function reasonsOfOrder(
  whole: WholeTherapy,
  { dose, number, item }: Ordered,
  at: string,
): readonly Reason[] {
  const reasons: Reason[] = [];
  if (whole.doses.has(dose)) reasons.push({ code: 'IDENTIFIER_TAKEN', subject: `dose ${dose}` });
  const others = [...whole.doses.values()].filter((other) => other.id !== dose);
  const holding = others.filter((other) => holdsContainer(whole, other, item, at));
  return [
    ...reasons,
    ...reasonsOfLine(whole, number, dose, at),
    ...holding.map((other): Reason => ({
      code: 'CONTAINER_TAKEN',
      subject: `item ${item}`,
      expected: 'one line for each container',
      found: `dose ${other.id}`,
    })),
  ];
}

function reasonsOfLine(
  whole: WholeTherapy,
  number: number,
  dose: string,
  at: string,
): readonly Reason[] {
  const line = lineOf(whole, number);
  const subject = `dose line ${number}`;
  if (!line || line.annulled) {
    return [{ code: 'DOSE_NOT_ORDERED', subject: `dose ${dose}`, found: `${number}` }];
  }
  if (line.cancelled) return [{ code: 'ORDER_LINE_CANCELLED', subject }];
  const successor = successorOf(whole, number);
  if (successor) {
    return [{ code: 'ORDER_LINE_REPLACED', subject, found: `dose line ${successor.dose}` }];
  }
  const taking = [...whole.doses.values()].flatMap((other) =>
    other.id === dose || other.number !== number
      ? []
      : containersTaken(whole, other, at).map(() => `dose ${other.id}`),
  );
  const standing = linesBefore(whole, line).flatMap((each) => standingOn(whole, each.dose, at));
  const amount = Math.max(0, amountOf(whole, line) - standing.length);
  if (taking.length < amount) return [];
  const expected = `at most ${amount} given or authorised`;
  const found = [...taking, ...standing.map(({ id }) => `dose ${id}`)].join(', ');
  return [{ code: 'ORDER_LINE_TAKEN', subject, expected, found: found || 'what it replaces' }];
}

/** An id that no dose has. */
const NO_DOSE = '';

/** Of a line that was cancelled, of one in whose place another stands, and of one that was entered in error. */
const NOT_IN_FORCE: readonly ReasonCode[] = [
  'ORDER_LINE_CANCELLED',
  'ORDER_LINE_REPLACED',
  'DOSE_NOT_ORDERED',
];

/**
 * The next line of the order that is free for an item, for a dose that nobody has named yet; of a line that is used nothing
 * more is said than that, and one that is in force no more is no line. Undefined without any line.
 */
export function lineAsked(whole: WholeTherapy, item: string, at: string): Ordered | undefined {
  const lines = whole.therapy.orderLines.map(({ dose: number }) => ({
    dose: NO_DOSE,
    number,
    item,
  }));
  const standsAs = (...against: readonly ReasonCode[]) =>
    lines.find((line) =>
      reasonsOfOrder(whole, line, at).every(({ code }) => !against.includes(code)),
    );
  return standsAs(...NOT_IN_FORCE, 'ORDER_LINE_TAKEN') ?? standsAs(...NOT_IN_FORCE) ?? lines[0];
}

/** The line of that number, however late a physician ordered it. */
export function lineOf(
  { therapy }: Pick<WholeTherapy, 'therapy'>,
  number: number,
): OrderLine | undefined {
  return therapy.orderLines.find(({ dose }) => dose === number);
}

/** The line that stands in the place of this one. */
export function successorOf(
  { therapy }: Pick<WholeTherapy, 'therapy'>,
  number: number,
): OrderLine | undefined {
  return therapy.orderLines.find(({ replaces }) => replaces === number);
}

/**
 * How many containers remain of a line: all of its amount but those that were given to their end, by what was not entered
 * in error. They may be ordered anew.
 */
export function remainderOf(whole: WholeTherapy, line: OrderLine): number {
  const complete = [...whole.doses.values()]
    .filter(({ number }) => number === line.dose)
    .flatMap(({ administrations }) => administrations)
    .filter(({ course, annulled }) => course === 'complete' && !annulled);
  return amountOf(whole, line) - new Set(complete.map(({ item }) => item)).size;
}

/** The doses of a line that may still be begun. */
export function standingOn(whole: WholeTherapy, number: number, at: string): readonly Dose[] {
  return [...whole.doses.values()].filter(
    (dose) =>
      dose.number === number && dose.administrations.length === 0 && isOpen(whole, dose, at),
  );
}

/** What an authorisation's end is computed from. */
type Authorising = Pick<WholeTherapy, 'definition' | 'items'>;
type AuthorisedDose = Pick<Dose, 'authorised' | 'item'>;

/**
 * Until when a dose may be begun, by its authorisation's effective time: RFC 3339, or undefined without one. It rests on the
 * label that was read at the bedside, and ends where the container is given another one (A6).
 */
export function authorisedUntil(whole: Authorising, dose: AuthorisedDose): string | undefined {
  const { authorised } = dose;
  if (!authorised) return undefined;
  const minutes = addMinutes(effectiveOf(authorised), whole.definition.authorisationMinutes);
  return earliest([minutes, labelledOtherwise(whole, dose)]);
}

/**
 * Whether a dose may be begun: within its authorisation's minutes, and before the container bore another label.
 * @param at RFC 3339
 */
export function isAuthorised(whole: Authorising, dose: AuthorisedDose, at: string): boolean {
  const until = authorisedUntil(whole, dose);
  if (until === undefined || milliseconds(at) > milliseconds(until)) return false;
  const changed = labelledOtherwise(whole, dose);
  return changed === undefined || milliseconds(at) < milliseconds(changed);
}

/** Since when the container has borne another label than those had read who authorised it, as is told since: RFC 3339. */
function labelledOtherwise(
  { items }: Authorising,
  { authorised, item }: AuthorisedDose,
): string | undefined {
  const changes = changesOfLabel(items.get(item) ?? {});
  const told = changes.filter(
    ({ time }) => authorised && milliseconds(time) >= milliseconds(authorised.time),
  );
  return earliest(told.map(effectiveOf));
}

/**
 * How many containers a line is for: never more than remain of the line in whose place it stands, however late it is told
 * that something of that one was given after all. Where it was entered in error, those are left that remained before it.
 */
function amountOf(whole: WholeTherapy, line: OrderLine): number {
  const { containers = 1, annulled } = line;
  const [replaced] = linesBefore(whole, line);
  if (!replaced) return containers;
  const left = remainderOf(whole, replaced);
  return annulled ? left : Math.min(containers, left);
}

/** The lines in whose place a line stands, the latest first. */
function linesBefore(
  whole: Pick<WholeTherapy, 'therapy'>,
  { replaces }: OrderLine,
): readonly OrderLine[] {
  const replaced = replaces === undefined ? undefined : lineOf(whole, replaces);
  return replaced ? [replaced, ...linesBefore(whole, replaced)] : [];
}

/** The containers that a dose takes of its line: each that was begun, or the one that stands authorised. */
function containersTaken(whole: WholeTherapy, dose: Dose, at: string): readonly string[] {
  if (dose.administrations.length === 0) return isOpen(whole, dose, at) ? [dose.item] : [];
  const begun = dose.administrations.filter(({ course }) => course !== 'not-started');
  return [...new Set(begun.map(({ item }) => item))];
}

/** Whether something of a container was given under a dose, or may be yet. */
function holdsContainer(whole: WholeTherapy, dose: Dose, item: string, at: string): boolean {
  const told = dose.administrations.filter(({ annulled }) => !annulled);
  if (told.length === 0) return dose.item === item && isOpen(whole, dose, at);
  return told.some((each) => each.item === item && each.course !== 'not-started');
}

/** Whether an authorisation has not ended, and what it is for is there. */
function isOpen(whole: WholeTherapy, dose: Dose, at: string): boolean {
  const custody = whole.items.get(dose.item)?.custody;
  if (custody === 'disposed' || custody === 'lost') return false;
  return isAuthorised(whole, dose, at);
}
