import { AIMS } from './aims/index.js';
import { contradict, otherResults } from './contradict.js';
import type { Draw, Fault, FaultKind } from './fault.js';
import { idle } from './idle.js';
import { failedAttempt, insert } from './insert.js';
import { delay, drop, late, pause, repeat, swap } from './order.js';
import { otherActor } from './people.js';
import { otherTherapy, otherThing } from './things.js';

export type { Fault } from './fault.js';

/** The kinds of faults; those that have many forms more than once. */
const KINDS: readonly FaultKind[] = [
  drop,
  repeat,
  swap,
  delay,
  late,
  pause,
  otherActor,
  otherActor,
  otherTherapy,
  otherThing,
  contradict,
  contradict,
  contradict,
  otherResults,
  failedAttempt,
  aimless,
  aimless,
  aimless,
  aimless,
  insert,
  insert,
  insert,
  idle,
  idle,
];

/** One to three faults. */
export function drawFaults(draw: Draw): readonly Fault[] {
  const count = draw.random.of([1, 1, 1, 2, 2, 3]);
  const faults: Fault[] = [];
  while (faults.length < count) {
    const fault = draw.random.of(KINDS)(draw);
    if (fault) faults.push(fault);
  }
  return faults;
}

/** One fault that is made for a clause; anything where a process has nothing that it is about. */
export function drawAimed(draw: Draw, clause: string): readonly Fault[] {
  const aims = AIMS.get(clause) ?? [];
  for (let tries = 0; tries < 10; tries += 1) {
    const fault = draw.random.of(aims)(draw);
    if (fault) return [fault];
  }
  return drawFaults(draw);
}

/** The clauses that faults are made for. */
export const AIMED: readonly string[] = [...AIMS.keys()];

/** A fault that is made for some clause, after which the plan goes on. */
function aimless(draw: Draw): Fault | undefined {
  const fault = draw.random.of(AIMS.get(draw.random.of(AIMED)) ?? [])(draw);
  if (!fault) return undefined;
  const { kind, says, slots } = fault;
  return { kind, says, slots };
}

export type { Draw };
