import type { Finding, ReplayReport } from '@veinledger/chaincode/replay';
import type { ChainVerification } from '@veinledger/ledger';
import type { LedgerVerification } from './verify-ledger.js';

/** A check of a ledger for people. */
export function verificationLines(verification: LedgerVerification): readonly string[] {
  const { name, network, chain, report, anchored } = verification;
  return [
    `ledger            ${name}, network ${network}`,
    chainLine(chain),
    ...(anchored === undefined ? [] : [anchorLine(anchored)]),
    ...reportLines(report),
  ];
}

/** What became of the chain of blocks, in one line. */
export function chainLine(chain: ChainVerification): string {
  return chain.intact
    ? `chain of hashes   intact, ${chain.height} blocks`
    : `chain of hashes   BROKEN at block ${chain.brokenBlock}: ${[chain.reason, chain.key ?? ''].join(' ').trimEnd()}`;
}

function anchorLine({
  block,
  previousHash,
  found,
}: NonNullable<LedgerVerification['anchored']>): string {
  return found === previousHash
    ? `known hash        that of the block before ${block}`
    : `known hash        ANOTHER CHAIN before block ${block}: expected ${previousHash}, found ${found}`;
}

/** A replay's report for people. */
export function reportLines(report: ReplayReport): readonly string[] {
  const { commands, refused, repeated, invalid, transactions } = report;
  return [
    `transactions      ${transactions}, ${invalid} of them invalid`,
    `commands          ${commands} decided anew, ${refused} of them refused; ${repeated} repeated`,
    `state             ${report.entries} keys, SHA-256 ${report.stateDigest}`,
    ...endorsedOnlyLines(report),
    ...uncheckedLines(report),
    ...(report.findings.length === 0
      ? ['differences       none']
      : [`differences       ${report.findings.length}`, ...report.findings.map(findingLine)]),
  ];
}

/** Which annexes were not at hand, and the verdicts on them that were the endorsers' word. */
export function endorsedOnlyLines(report: ReplayReport): readonly string[] {
  const { endorsedOnly, unopened } = report;
  const lines = [`annexes           not at hand for ${unopened} commands`];
  if (endorsedOnly.length > 0) {
    lines.push(
      `verdicts on results taken on endorsement alone, of ${endorsedOnly.length} commands:`,
    );
    for (const { block, type, commandId, verdicts } of endorsedOnly) {
      const said = verdicts.map(({ check, verdict }) => `${check} ${verdict}`).join(', ');
      lines.push(`  block ${block}  ${type}  ${commandId}  ${said || 'no check'}`);
    }
  }
  return lines;
}

function uncheckedLines({ uncheckedCodes }: ReplayReport): readonly string[] {
  const lines: string[] = [];
  if (uncheckedCodes.length > 0) {
    lines.push(
      `validation codes taken on the peers' word, of ${uncheckedCodes.length} transactions:`,
    );
    for (const { block, transactionId, validationCode } of uncheckedCodes) {
      lines.push(`  block ${block}  ${transactionId}  ${validationCode}`);
    }
  }
  return lines;
}

function findingLine({ block, transactionId, kind, subject, expected, found }: Finding): string {
  const where = `block ${block}${transactionId === undefined ? '' : `, transaction ${transactionId}`}`;
  return `  ${where}: ${kind} of ${nameOf(subject)}: expected ${expected}, found ${found}`;
}

/** A composite key with spaces where it has zero bytes. */
function nameOf(subject: string): string {
  return subject.split('\u0000').filter(Boolean).join(' ');
}
