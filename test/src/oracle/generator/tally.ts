import { isOf } from '../account/said.js';
import { NAMES, REPLACING } from '../clauses/index.js';
import type { Asked } from './play.js';

/** So many histories each clause of A to D is to forbid alone in a run of ten minutes. */
const ENOUGH = 100;

/** The numbers of a tally, as a process tells them to another. */
export interface Counts {
  readonly histories: number;
  readonly permitted: number;
  readonly signed: number;
  readonly ledOn: number;
  readonly alone: readonly (readonly [string, number])[];
}

/** What a run comes to. */
export class Tally {
  histories = 0;
  permitted = 0;
  /** histories that were signed, and decided by a ledger too */
  signed = 0;
  /** histories from whose end somebody was to lead on */
  ledOn = 0;
  /** histories by the clause that alone forbids one of their permissions */
  readonly alone = new Map<string, number>(NAMES.map((name) => [name, 0]));

  add(asked: readonly Asked[]): void {
    this.histories += 1;
    this.permitted += asked.filter(
      ({ said, judgement }) =>
        isOf(said, 'care:AuthoriseDose') &&
        said.answer.outcome === 'permitted' &&
        judgement.forbidden.size === 0,
    ).length;
    for (const name of new Set(asked.flatMap(({ judgement }) => judgement.alone))) {
      this.alone.set(name, (this.alone.get(name) ?? 0) + 1);
    }
  }

  counts(): Counts {
    const { histories, permitted, signed, ledOn } = this;
    return { histories, permitted, signed, ledOn, alone: [...this.alone] };
  }

  /** Adds what was counted elsewhere. */
  addAll({ histories, permitted, signed, ledOn, alone }: Counts): void {
    this.histories += histories;
    this.permitted += permitted;
    this.signed += signed;
    this.ledOn += ledOn;
    for (const [name, count] of alone) this.alone.set(name, (this.alone.get(name) ?? 0) + count);
  }

  /** The clauses that forbade alone too seldom for a run to count. */
  #wanting(): readonly string[] {
    return [...this.alone]
      .filter(([name, count]) => /^[A-D]/.test(name) && !REPLACING.includes(name) && count < ENOUGH)
      .map(([name]) => name);
  }

  lines(): readonly string[] {
    return [
      `${this.histories} histories, ${this.signed} of them signed too, ${this.ledOn} led on, ${this.permitted} doses permitted`,
      'histories by the clause that alone forbids:',
      `  ${[...this.alone].map(([name, count]) => `${name} ${count}`).join(', ')}`,
      `of A to D fewer than ${ENOUGH} histories: ${this.#wanting().join(', ') || 'none'}`,
    ];
  }
}
