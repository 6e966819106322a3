import { isOf } from '../account/said.js';
import { NAMES } from '../clauses/index.js';
import type { Asked } from './play.js';

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

  lines(): readonly string[] {
    return [
      `${this.histories} histories, ${this.signed} of them signed too, ${this.ledOn} led on, ${this.permitted} doses permitted`,
      'histories by the clause that alone forbids:',
      `  ${[...this.alone].map(([name, count]) => `${name} ${count}`).join(', ')}`,
    ];
  }
}
