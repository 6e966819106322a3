import { hashData, hashHeader } from '../fabric/block-hash.js';
import type { RawBlock } from '../fabric/parse/block.js';
import type { Configuration } from './configuration/configuration.js';
import type { AuditFinding } from './finding.js';
import { orderingFaults } from './ordering.js';

/** What a block must be: the next one after a hash, under a configuration. */
export interface Expectation {
  readonly number: number;
  /** hash of the header before, lower-case hexadecimal; empty for block 0 */
  readonly previousHash: string;
  /** hash of the header of the genesis block that the auditor trusts */
  readonly genesisHash: string;
  readonly configuration: Configuration;
}

/** What is wrong with one member's copy of a block, by itself. */
export function blockFindings(
  block: RawBlock,
  member: string,
  expectation: Expectation,
): readonly AuditFinding[] {
  const { number, previousHash, genesisHash, configuration } = expectation;
  const finding = (
    kind: AuditFinding['kind'],
    subject: string,
    expected: string,
    found: string,
  ): readonly AuditFinding[] =>
    expected === found ? [] : [{ kind, member, block: number, subject, expected, found }];
  const data = finding('data-hash', 'dataHash', hex(block.dataHash), hashData(block));
  if (number === 0) {
    return [...finding('genesis', 'header', genesisHash, hashHeader(block)), ...data];
  }
  const signatures = orderingFaults(block, configuration).flatMap((fault) =>
    finding('ordering-signature', fault.subject, fault.expected, fault.found),
  );
  return [
    ...finding('chain', 'number', `${number}`, `${block.number}`),
    ...finding('chain', 'previousHash', previousHash, hex(block.previousHash)),
    ...data,
    ...signatures,
  ];
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
