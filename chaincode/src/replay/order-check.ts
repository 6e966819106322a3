import { type LedgerBlock, type LedgerTransaction, VALIDATION } from './block.js';
import type { Difference, Finding } from './finding.js';

/** Watches that blocks follow one another from block 0, and that no transaction takes effect twice. */
export class OrderCheck {
  readonly #valid = new Set<string>();
  #nextBlock = 0;

  block({ number, transactions }: LedgerBlock): readonly Finding[] {
    const findings: Finding[] = [];
    if (number !== this.#nextBlock) {
      findings.push(misplaced(number, 'number', this.#nextBlock, number));
    }
    this.#nextBlock = number + 1;
    let last = -1;
    for (const { block, index, transactionId } of transactions) {
      if (block !== number) {
        findings.push({ ...misplaced(number, 'block', number, block), transactionId });
      }
      if (index <= last) {
        findings.push({ ...misplaced(number, 'index', last + 1, index), transactionId });
      }
      last = index;
    }
    return findings;
  }

  transaction({ transactionId, validationCode }: LedgerTransaction): readonly Difference[] {
    const repeated = this.#valid.has(transactionId);
    if (validationCode === VALIDATION.VALID) this.#valid.add(transactionId);
    if (!repeated || validationCode !== VALIDATION.VALID) return [];
    return [
      {
        kind: 'repeated-transaction',
        subject: 'transactionId',
        expected: 'each transaction once',
        found: transactionId,
      },
    ];
  }
}

function misplaced(block: number, subject: string, expected: number, found: number): Finding {
  return { kind: 'order', block, subject, expected: String(expected), found: String(found) };
}
