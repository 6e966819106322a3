import type { CommandRecord } from '../nouns/record.js';
import { milliseconds } from '../values/time.js';
import type { Things } from './things.js';

/**
 * Whether anybody relied on readings since: moved their thing, made something of it, checked it at a bedside or authorised
 * its use. Then a wrong one is no slip any more (G3).
 */
export function areReliedOn(
  { commandId, transactionTime }: CommandRecord,
  things: Things,
): boolean {
  const read = things.of('readings').find(({ id }) => id === commandId);
  if (!read) return false;
  const isLater = ({ time }: { readonly time: string }) =>
    milliseconds(time) > milliseconds(transactionTime);
  const isIt = ({ id }: { readonly id: string }) => id === read.item;
  return (
    things.of('item').some(({ id, parents, signatures }) => {
      const [made] = signatures;
      if (id === read.item) return signatures.some(isLater);
      return parents.some(isIt) && made !== undefined && isLater(made);
    }) ||
    things.of('step').some(({ report }) => report && isLater(report) && report.inputs.some(isIt)) ||
    things.of('verification').some(({ item, by }) => item === read.item && isLater(by)) ||
    things
      .of('dose')
      .some(({ item, authorised }) => item === read.item && authorised && isLater(authorised))
  );
}
