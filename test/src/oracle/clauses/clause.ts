import type { Gate, Matter } from '../matter.js';

/** One sentence of the safety case as the oracle reads it. */
export interface Clause {
  readonly id: string;
  readonly gates: readonly Gate[];
  /** why the permission may not be given, as far as this sentence goes; nothing when it may */
  readonly forbids: (matter: Matter) => readonly string[];
}

export const EVERY_GATE: readonly Gate[] = ['design', 'review', 'certification', 'dose'];
