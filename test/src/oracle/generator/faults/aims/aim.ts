import type { Diligence } from '../../diligence.js';
import type { Act, Body, Spoken } from '../../spoken.js';
import type { Draw, Fault } from '../fault.js';

/** A gate on the way. */
export type Gate = 'design' | 'review' | 'certification' | 'dose' | 'second dose';

/** A fault that is made for one clause. */
export type Aim = (draw: Draw) => Fault | undefined;

const TYPES: Readonly<Record<Gate, string>> = {
  design: 'manufacturing:ApproveDesign',
  review: 'manufacturing:ReviewBatch',
  certification: 'manufacturing:CertifyBatch',
  dose: 'care:AuthoriseDose',
  'second dose': 'care:AuthoriseDose',
};

/** Where a gate's permission is asked for. */
export function placeOf({ plan }: Draw, gate: Gate): number {
  const type = TYPES[gate];
  return gate === 'second dose'
    ? plan.findLastIndex((each) => each.type === type)
    : plan.findIndex((each) => each.type === type);
}

/** Where there is still time for something before a gate: at the bedside, before it is verified. */
export function roomBefore(draw: Draw, gate: Gate): number {
  const { plan } = draw;
  const place = placeOf(draw, gate);
  const asked = plan[place];
  if (asked?.type !== TYPES.dose) return place;
  const item = asked.body['item'];
  return plan.findIndex(({ type, body }) => type === 'care:VerifyBedside' && body['item'] === item);
}

/** The first command of the plan of a type, whose body says something. */
export function planned({ plan }: Draw, type: string, says: Body = {}): number {
  return plan.findIndex(
    (each) =>
      each.type === type &&
      Object.entries(says).every(([name, value]) => each.body[name] === value),
  );
}

/** Something is said or done before a gate, and nothing after it is played. */
export function before(
  draw: Draw,
  gate: Gate,
  says: string,
  acts: readonly Act[],
  diligence: Diligence = 'never',
): Fault {
  return {
    kind: 'aim',
    says: `before ${gate}: ${says}`,
    slots: new Map([[roomBefore(draw, gate), (others) => [...acts, ...others]]]),
    ends: placeOf(draw, gate),
    diligence,
  };
}

/** A command of the plan is said otherwise, or not at all, and nothing after a gate is played. */
export function instead(
  draw: Draw,
  gate: Gate,
  place: number,
  says: string,
  change: (spoken: Spoken) => readonly Act[],
  diligence: Diligence = 'never',
): Fault | undefined {
  const spoken = draw.plan[place];
  if (!spoken) return undefined;
  const others = change(spoken);
  return {
    kind: 'aim',
    says: `instead of ${spoken.type} (until ${gate}): ${says}`,
    slots: new Map([[place, (acts) => acts.flatMap((act) => (act === spoken ? others : [act]))]]),
    ends: placeOf(draw, gate),
    diligence,
  };
}

/** Two changes of one plan, whose gate is the later's. */
export function both(one: Fault | undefined, other: Fault | undefined): Fault | undefined {
  if (!one || !other) return undefined;
  return {
    ...one,
    says: `${one.says}; ${other.says}`,
    slots: new Map([...one.slots, ...other.slots]),
  };
}

/** The same command with other members of its body. */
export function otherwise(body: Body): (spoken: Spoken) => readonly Spoken[] {
  return (spoken) => [{ ...spoken, body: { ...spoken.body, ...body } }];
}

export const wait = (minutes: number): Act => ({ type: 'wait', ms: minutes * 60_000 });
