import type { Committed } from '../journey/index.js';

/** What a story expects of the ledger. It goes on where one is disappointed, and tells at the end. */
export class Expectations {
  readonly disappointed: string[] = [];

  permitted(what: string, { receipt }: Committed): void {
    if (receipt.outcome === 'permitted') return;
    this.disappointed.push(`${what}: expected a permission, found ${receipt.outcome}`);
  }

  refused(what: string, { receipt }: Committed, code: string): void {
    const found = receipt.reasons.map((reason) => reason.code);
    if (receipt.outcome === 'refused' && found.includes(code)) return;
    const answer = [receipt.outcome, ...found].join(' ');
    this.disappointed.push(`${what}: expected a refusal for ${code}, found ${answer}`);
  }

  clean(what: string, { receipt }: Committed): void {
    const found = receipt.deviations.map((deviation) => deviation.code);
    if (receipt.outcome === 'recorded' && found.length === 0) return;
    this.disappointed.push(
      `${what}: expected a record, found ${[receipt.outcome, ...found].join(' ')}`,
    );
  }

  /** Recorded, and moved nothing. */
  withoutEffect(what: string, { receipt }: Committed): void {
    if (receipt.outcome === 'recorded' && receipt.effect === 'none') return;
    this.disappointed.push(`${what}: expected a record without effect, found ${receipt.outcome}`);
  }

  deviated(what: string, { receipt }: Committed, code: string): void {
    const found = receipt.deviations.map((deviation) => deviation.code);
    if (receipt.outcome === 'recorded' && found.includes(code)) return;
    this.disappointed.push(
      `${what}: expected deviation ${code}, found ${[receipt.outcome, ...found].join(' ')}`,
    );
  }

  true(what: string, holds: boolean): void {
    if (!holds) this.disappointed.push(`${what}: expected true, found false`);
  }
}
