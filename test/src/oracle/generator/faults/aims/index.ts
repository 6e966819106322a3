import { A10 } from './a10.js';
import { A1_TO_A5 } from './a1-to-a5.js';
import { A6_TO_A9 } from './a6-to-a9.js';
import type { Aim } from './aim.js';
import { ARMED } from './arms.js';
import { B } from './b.js';
import { C } from './c.js';
import { CONFIRMED } from './confirmed.js';
import { D } from './d.js';
import { EARLY } from './early.js';
import { EXPIRY } from './expiry.js';
import { OTHERS } from './others.js';
import { REPLACING } from './replacing.js';
import { RUNS } from './runs.js';

/** Faults by the clause that is to forbid what they lead to, or to leave it permitted where they stay short of that. */
export const AIMS: ReadonlyMap<string, readonly Aim[]> = new Map(
  Object.entries({
    ...A1_TO_A5,
    A4: [...(A1_TO_A5['A4'] ?? []), ...ARMED, ...ARMED],
    ...A6_TO_A9,
    A9: [...(A6_TO_A9['A9'] ?? []), ...EXPIRY],
    A10,
    ...B,
    ...C,
    ...D,
    ...OTHERS,
    ...REPLACING,
  }).map(([clause, aims]) => [
    clause,
    [...aims, ...(RUNS[clause] ?? []), ...(CONFIRMED[clause] ?? []), ...(EARLY[clause] ?? [])],
  ]),
);

export type { Aim } from './aim.js';
