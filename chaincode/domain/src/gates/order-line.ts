import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Dose } from '../nouns/dose.js';
import type { Reason } from '../nouns/reason.js';
import { effectiveOf } from '../nouns/signed.js';
import { addMinutes, milliseconds } from '../values/time.js';

/** What a dose is authorised for. */
export interface Ordered {
  readonly dose: string;
  /** the order line's number */
  readonly number: number;
  readonly item: string;
}

/**
 * Why a line of the order, or a container, is not free for a dose (A7): a line stands for one dose and a container
 * serves one line, until nothing of it was given or its authorisation ended unused. An administration that was entered
 * in error gives the container back, and not the line.
 * @param at RFC 3339
 */
export function reasonsOfOrder(
  whole: WholeTherapy,
  { dose, number, item }: Ordered,
  at: string,
): readonly Reason[] {
  const subject = `dose ${dose}`;
  const reasons: Reason[] = [];
  if (whole.doses.has(dose)) reasons.push({ code: 'IDENTIFIER_TAKEN', subject });
  if (!whole.therapy.orderLines.some((line) => line.dose === number)) {
    reasons.push({ code: 'DOSE_NOT_ORDERED', subject, found: `${number}` });
  }
  const others = [...whole.doses.values()].filter((other) => other.id !== dose);
  for (const other of others) {
    const found = `dose ${other.id}`;
    if (other.number === number && !isUnspent(whole, other, at)) {
      const line = { subject: `dose line ${number}`, expected: 'one dose for each line' };
      reasons.push({ code: 'ORDER_LINE_TAKEN', ...line, found });
    }
    if (other.item === item && !isUnspent(whole, withoutMistakes(other), at)) {
      const container = { subject: `item ${item}`, expected: 'one line for each container' };
      reasons.push({ code: 'CONTAINER_TAKEN', ...container, found });
    }
  }
  return reasons;
}

/** Until when a dose may be begun, by its authorisation's effective time: RFC 3339, or undefined without one. */
export function authorisedUntil(
  { definition }: Pick<WholeTherapy, 'definition'>,
  { authorised }: Pick<Dose, 'authorised'>,
): string | undefined {
  return authorised && addMinutes(effectiveOf(authorised), definition.authorisationMinutes);
}

function withoutMistakes(dose: Dose): Dose {
  return { ...dose, administrations: dose.administrations.filter(({ annulled }) => !annulled) };
}

/** Whether nothing of the dose reached the patient, by the record, nor can any more. */
function isUnspent(whole: WholeTherapy, dose: Dose, at: string): boolean {
  const courses = dose.administrations.map(({ course }) => course);
  if (courses.some((course) => course !== 'not-started')) return false;
  const custody = whole.items.get(dose.item)?.custody;
  if (courses.length > 0 || custody === 'disposed' || custody === 'lost') return true;
  const until = authorisedUntil(whole, dose);
  return until === undefined || milliseconds(until) < milliseconds(at);
}
