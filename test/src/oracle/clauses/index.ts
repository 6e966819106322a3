import type { Clause } from './clause.js';
import { A1 } from './a1.js';
import { A2 } from './a2.js';
import { A3 } from './a3.js';
import { A4 } from './a4.js';
import { A5 } from './a5.js';
import { A6 } from './a6.js';
import { A7 } from './a7.js';
import { A8 } from './a8.js';
import { A9 } from './a9.js';
import { A10 } from './a10.js';
import { B1 } from './b1.js';
import { B2 } from './b2.js';
import { C1 } from './c1.js';
import { C2 } from './c2.js';
import { C3 } from './c3.js';
import { C4 } from './c4.js';
import { C5 } from './c5.js';
import { D2 } from './d2.js';
import { D3 } from './d3.js';
import { E3 } from './e3.js';
import { F1 } from './f1.js';
import { F2 } from './f2.js';
import { G3 } from './g3.js';

/** The sentences that forbid by themselves. */
export const CLAUSES: readonly Clause[] = [
  A1,
  A2,
  A3,
  A4,
  A5,
  A6,
  A7,
  A8,
  A9,
  A10,
  B1,
  B2,
  C1,
  C2,
  C3,
  C4,
  C5,
  D2,
  D3,
  E3,
  F1,
  F2,
  G3,
];

/**
 * The sentences that change how the others read: without B1 everybody's word takes effect, without B3 also a word about
 * another therapy's thing or of another patient, without D1 only what is wrong with the thing itself stops it, without A10
 * what cannot be undone asks nothing first.
 */
export const READINGS = ['A10', 'B1', 'B3', 'D1'] as const;

/** The sentences that forbid nothing: they stand in the place of others, and without them more is forbidden. */
export const REPLACING: readonly string[] = ['A11'];

/** Every sentence that can be switched off. */
export const NAMES: readonly string[] = [
  ...new Set([...CLAUSES.map(({ id }) => id), ...READINGS, ...REPLACING]),
].toSorted();
