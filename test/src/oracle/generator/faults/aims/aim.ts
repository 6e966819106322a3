import type { Diligence } from '../../diligence.js';
import type { Act, Body, Spoken } from '../../spoken.js';
import type { Draw, Fault } from '../fault.js';

/** A gate on the way. */
export type Gate =
  | 'design'
  | 'review'
  | 'certification'
  | 'beginning'
  | 'second beginning'
  | 'last beginning'
  | 'dose'
  | 'second dose';

/** What cannot be undone begins: the first time, the second, and for the second line. */
type Beginning = 'beginning' | 'second beginning' | 'last beginning';

/** A fault that is made for one clause. */
export type Aim = (draw: Draw) => Fault | undefined;

const TYPES: Readonly<Record<Exclude<Gate, Beginning>, string>> = {
  design: 'manufacturing:ApproveDesign',
  review: 'manufacturing:ReviewBatch',
  certification: 'manufacturing:CertifyBatch',
  dose: 'care:AuthoriseDose',
  'second dose': 'care:AuthoriseDose',
};

/** Where a gate's permission is asked for. */
export function placeOf(draw: Draw, gate: Gate): number {
  const { plan } = draw;
  if (gate === 'beginning') return beginningsOf(draw)[0] ?? -1;
  if (gate === 'last beginning') return beginningsOf(draw).at(-1) ?? -1;
  if (gate === 'second beginning') return beginningsOf(draw)[1] ?? -1;
  const type = TYPES[gate];
  return gate === 'second dose'
    ? plan.findLastIndex((each) => each.type === type)
    : plan.findIndex((each) => each.type === type);
}

/** Where what cannot be undone is asked for. */
function beginningsOf({ plan, definition }: Draw): readonly number[] {
  const steps = definition.steps.filter(({ irreversible }) => irreversible);
  return [...plan.entries()]
    .filter(([, { type }]) => type === 'manufacturing:StartStep')
    .filter(([, { body }]) => steps.some(({ id }) => id === body['step']))
    .map(([place]) => place);
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

/** One of some gates; undefined where the process has none of them. */
function oneOf(draw: Draw, gates: Gate | readonly Gate[]): Gate | undefined {
  const there = [gates].flat().filter((gate) => placeOf(draw, gate) !== -1);
  return there.length === 0 ? undefined : draw.random.of(there);
}

/** The first gate at which something on the way is looked at. */
export function earliest(draw: Draw): Gate {
  return placeOf(draw, 'design') === -1 ? 'review' : 'design';
}

/** Something is said or done before a gate, or one of several, and nothing after it is played. */
export function before(
  draw: Draw,
  gates: Gate | readonly Gate[],
  says: string,
  acts: readonly Act[],
  diligence: Diligence = 'never',
): Fault | undefined {
  const gate = oneOf(draw, gates);
  if (gate === undefined) return undefined;
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
  gates: Gate | readonly Gate[],
  place: number,
  says: string,
  change: (spoken: Spoken) => readonly Act[],
  diligence: Diligence = 'never',
): Fault | undefined {
  const spoken = draw.plan[place];
  const gate = oneOf(draw, gates);
  if (!spoken || gate === undefined) return undefined;
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
