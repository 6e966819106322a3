import { decidedUntil } from '../gates/decided.js';
import type { Rota } from '../nouns/rota.js';
import { effectiveOf } from '../nouns/signed.js';
import { addMinutes, milliseconds } from '../values/time.js';
import type { Matters } from './matters.js';
import type { NextAct } from './next-act.js';

/**
 * When time alone will change who must do what: a deputy or the management is called, a period on duty begins or ends, an
 * authorisation or a thing expires, or may be destroyed. The first of these after now; undefined where there is none.
 */
export function changesAt(
  { whole, at }: Matters,
  acts: readonly NextAct[],
  rotas: readonly Rota[],
): string | undefined {
  const { authorisationMinutes } = whole.definition;
  const times = [
    ...acts.flatMap(({ due, deputiesFrom, managementFrom }) => [due, deputiesFrom, managementFrom]),
    ...rotas.flatMap(({ periods }) => periods.flatMap(({ from, until }) => [from, until])),
    ...[...whole.items.values()].flatMap(({ useBy, disposal }) => [useBy, disposal?.notBefore]),
    ...[...whole.batches.values()].map(({ expiry }) => expiry),
    ...[...whole.decisions.values()].map((each) => decidedUntil(whole.definition, each)),
    ...[...whole.doses.values()].map(
      ({ authorised }) => authorised && addMinutes(effectiveOf(authorised), authorisationMinutes),
    ),
  ];
  return times
    .filter((time) => time !== undefined)
    .filter((time) => milliseconds(time) > milliseconds(at))
    .reduce<string | undefined>(
      (first, time) =>
        first !== undefined && milliseconds(first) <= milliseconds(time) ? first : time,
      undefined,
    );
}
