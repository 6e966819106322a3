import type { Committed } from '../journey/index.js';

/** What a story expects of the ledger. It goes on where one is disappointed, and tells at the end. */
export class Expectations {
  readonly disappointed: string[] = [];

  permitted(what: string, { receipt }: Committed): void {
    if (receipt.decision === 'permitted') return;
    this.disappointed.push(`${what}: expected a permission, found ${receipt.decision}`);
  }

  refused(what: string, { receipt }: Committed, code: string): void {
    const found = receipt.reasons.map((reason) => reason.code);
    if (receipt.decision === 'refused' && found.includes(code)) return;
    const answer = [receipt.decision, ...found].join(' ');
    this.disappointed.push(`${what}: expected a refusal for ${code}, found ${answer}`);
  }

  clean(what: string, { receipt }: Committed): void {
    const found = receipt.deviations.map((deviation) => deviation.code);
    if (receipt.decision === 'recorded' && found.length === 0) return;
    this.disappointed.push(
      `${what}: expected a record, found ${[receipt.decision, ...found].join(' ')}`,
    );
  }

  /** Recorded, and moved nothing. */
  withoutEffect(what: string, { receipt }: Committed): void {
    if (receipt.decision === 'recorded' && receipt.effect === 'none') return;
    this.disappointed.push(`${what}: expected a record without effect, found ${receipt.decision}`);
  }

  deviated(what: string, { receipt }: Committed, code: string): void {
    const found = receipt.deviations.map((deviation) => deviation.code);
    if (receipt.decision === 'recorded' && found.includes(code)) return;
    this.disappointed.push(
      `${what}: expected deviation ${code}, found ${[receipt.decision, ...found].join(' ')}`,
    );
  }

  true(what: string, holds: boolean): void {
    if (!holds) this.disappointed.push(`${what}: expected true, found false`);
  }
}
