import { DILIGENCE, type Diligence } from './diligence.js';
import { AIMED, drawAimed, drawFaults, type Fault } from './faults/index.js';
import { type History, historyOf } from './history.js';
import type { Theatre } from './play.js';
import { Random } from './random.js';

/** What a history is drawn by. */
export interface Asked {
  readonly seed: number;
  /** the clause that every history is aimed at; drawn when left out */
  readonly aim?: string;
}

/** A history, and what it was made of. */
export interface Drawn {
  readonly faults: readonly Fault[];
  readonly diligence: Diligence;
  readonly history: History;
}

/** Of five histories, how many may go wrong anywhere; the others are aimed at one clause after another. */
const ANYWHERE = 1;
const OF = 5;

/** The clauses in turn: more often those that others forbid along with most. */
const TURNS = [...AIMED, 'A5', 'A7', 'A9', 'B3', 'C1', 'C1', 'C3', 'D3', 'F2'];

/** The clause that the history of a number is aimed at, under any seed; undefined where it may go wrong anywhere. */
export function clauseOf(number: number): string | undefined {
  if (number % OF < ANYWHERE) return undefined;
  const aimed = Math.floor(number / OF) * (OF - ANYWHERE) + (number % OF) - ANYWHERE;
  return TURNS[aimed % TURNS.length];
}

/** The history of a number under a seed. */
export function drawHistory({ stage }: Theatre, { seed, aim }: Asked, number: number): Drawn {
  const random = new Random(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
  const { plan, journeys, definition } = stage;
  const draw = { random, stage, plan, journey: journeys[0], definition };
  const clause = aim ?? clauseOf(number);
  const faults = clause === undefined ? drawFaults(draw) : drawAimed(draw, clause);
  const diligence = faults[0]?.diligence ?? random.of(DILIGENCE);
  return { faults, diligence, history: historyOf(plan, faults, diligence) };
}
