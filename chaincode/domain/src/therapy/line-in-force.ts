import { standingOn, successorOf } from '../gates/order-line.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Reason } from '../nouns/reason.js';

/** That another line stands in the place of this one. */
export function reasonsOfReplaced(whole: WholeTherapy, number: number): readonly Reason[] {
  const successor = successorOf(whole, number);
  if (!successor) return [];
  const found = `dose line ${successor.dose}`;
  return [{ code: 'ORDER_LINE_REPLACED', subject: `dose line ${number}`, found }];
}

/** That a dose of the line may still be begun. */
export function reasonsOfStanding(
  whole: WholeTherapy,
  number: number,
  at: string,
): readonly Reason[] {
  const standing = standingOn(whole, number, at).map(({ id }) => `dose ${id}`);
  if (standing.length === 0) return [];
  return [
    {
      code: 'AUTHORISATION_STANDS',
      subject: `dose line ${number}`,
      expected: 'no dose that may still be begun',
      found: standing.join(', '),
    },
  ];
}
