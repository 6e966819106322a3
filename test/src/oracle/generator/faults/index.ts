import { aimed } from './aimed.js';
import { contradict, otherResults } from './contradict.js';
import type { Draw, Fault, FaultKind } from './fault.js';
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
  aimed,
  aimed,
  aimed,
  aimed,
  insert,
  insert,
  insert,
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

export type { Draw };
