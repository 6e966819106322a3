import type { Person } from '#scripts';
import { changed, type Draw, drawPlace, type FaultKind } from './fault.js';
import type { Spoken } from '../spoken.js';

/** A command by somebody else: a colleague, a stranger of the same role, or anybody. */
export const otherActor: FaultKind = (draw) => {
  const place = drawPlace(draw, ({ type }) => !type.startsWith('consent:'));
  const spoken = place === undefined ? undefined : draw.plan[place];
  if (place === undefined || !spoken) return undefined;
  const by = drawActor(draw, spoken);
  if (by === undefined) return undefined;
  return changed('other actor', draw, place, by, (each) => ({ ...each, by }));
};

/** Somebody else who could say a command: of its roles mostly. */
export function drawActor({ random, stage }: Draw, spoken: Spoken): string | undefined {
  const { people } = stage;
  const usual = people.get(spoken.by);
  const others = [...people.values()].filter(
    ({ id, roles }) => id !== spoken.by && !roles.includes('registrar'),
  );
  const alike = others.filter((each) => sharesRole(each, usual));
  const chosen = random.chance(0.8) && alike.length > 0 ? random.of(alike) : random.of(others);
  return chosen.id;
}

function sharesRole(one: Person, other: Person | undefined): boolean {
  return one.roles.some((role) => other?.roles.includes(role));
}
