import type { Definition } from '../../definition.js';
import type { Diligence } from '../diligence.js';
import type { Journey } from '../honest/journey.js';
import type { Random } from '../random.js';
import type { Act, Spoken } from '../spoken.js';
import type { Stage } from '../stage.js';

/** One thing that goes otherwise than planned. */
export interface Fault {
  /** in words, with what it was done to */
  readonly says: string;
  /** the kind of fault */
  readonly kind: string;
  /** for each command of the plan, what is done in its place */
  readonly slots: ReadonlyMap<number, (acts: readonly Act[]) => readonly Act[]>;
  /** the last command of the plan that is played; the plan's last when left out */
  readonly ends?: number;
  /** how quality works; drawn when left out */
  readonly diligence?: Diligence;
}

/** What faults are drawn from. */
export interface Draw {
  readonly random: Random;
  readonly stage: Stage;
  readonly plan: readonly Spoken[];
  readonly journey: Journey;
  readonly definition: Definition;
}

/** A kind of fault: undefined when what was drawn cannot be made so. */
export type FaultKind = (draw: Draw) => Fault | undefined;

/** What a type of command is said about in many ways. */
const MANIFOLD = 'manufacturing:ReportStep';

/** A place in the plan: any type as often as any other, of those whose commands fit. */
export function drawPlace(
  { random, plan }: Draw,
  fits: (spoken: Spoken) => boolean = () => true,
): number | undefined {
  const places = [...plan.entries()].filter(([, spoken]) => fits(spoken));
  if (places.length === 0) return undefined;
  const type = random.of([...new Set(places.map(([, spoken]) => spoken.type)), MANIFOLD]);
  const alike = places.filter(([, spoken]) => spoken.type === type);
  return random.of(alike.length === 0 ? places : alike)[0];
}

/** A fault that changes one command. */
export function changed(
  kind: string,
  { plan }: Pick<Draw, 'plan'>,
  place: number,
  how: string,
  change: (spoken: Spoken) => Spoken,
): Fault {
  return {
    kind,
    says: `${kind} ${nameOf(plan[place])}: ${how}`,
    slots: new Map([
      [place, (acts) => acts.map((act) => (act === plan[place] ? change(plan[place]) : act))],
    ]),
  };
}

/** A fault that says something more before a command of the plan. */
export function inserted(
  kind: string,
  { plan }: Pick<Draw, 'plan'>,
  place: number,
  how: string,
  more: readonly Act[],
): Fault {
  return {
    kind,
    says: `${kind} before ${nameOf(plan[place])}: ${how}`,
    slots: new Map([[place, (acts) => [...more, ...acts]]]),
  };
}

/** A command in few words. */
export function nameOf(spoken: Spoken | undefined): string {
  if (!spoken) return 'the end';
  const { body } = spoken;
  const what = [body['step'], body['item'], body['batch'], body['design'], body['dose']].find(
    (each) => typeof each === 'string',
  );
  return typeof what === 'string' ? `${spoken.type} ${what}` : spoken.type;
}
