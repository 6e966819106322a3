import type { Type } from './bodies.js';
import type { Said } from './said.js';
import type { Therapy } from './therapies.js';

/** The words that took effect. */
export interface Heard {
  /** those of one type, in their order */
  of<T extends Type>(type: T): readonly Said<T>[];
  /** @throws Error when no such therapy was ordered */
  therapy(coi: string): Therapy;
}
