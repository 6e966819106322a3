import { peer } from '@hyperledger/fabric-protos';
import type { Copy } from './copies.js';
import type { AuditFinding } from './finding.js';
import type { ExaminedBlock } from './validity.js';

/** What is wrong with a block's transactions, and with the validation codes that members keep of them. */
export function transactionFindings(
  block: number,
  { transactions, codes }: ExaminedBlock,
  copies: readonly Copy[],
): readonly AuditFinding[] {
  return codes.flatMap((code, index) => {
    const examined = transactions[index];
    const place = { block, ...(examined ? { transactionId: examined.transactionId } : {}) };
    const isValid = code === peer.TxValidationCode.VALID;
    const faults = isValid ? (examined?.faults ?? []) : [];
    return [
      ...faults.map((fault): AuditFinding => ({ ...fault, ...place })),
      ...copies.flatMap(({ member, block: copy }): AuditFinding[] => {
        const recorded = copy?.validationCodes[index];
        if (copy === undefined || code === undefined || recorded === code) return [];
        const reason = examined?.reason ? ` (${examined.reason})` : '';
        return [
          {
            kind: 'validation-code',
            member,
            ...place,
            subject: 'validationCode',
            expected: `${nameOfCode(code)}${reason}`,
            found: recorded === undefined ? 'none' : nameOfCode(recorded),
          },
        ];
      }),
    ];
  });
}

/** Fabric's name of a validation code. */
export function nameOfCode(code: number): string {
  const named = Object.entries(peer.TxValidationCode).find(([, value]) => value === code);
  return named ? named[0] : `${code}`;
}
