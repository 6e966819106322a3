import {
  type AuditReport,
  type AuditFinding,
  type MemberBehind,
  nameOfCode,
} from '@veinledger/ledger/fabric-audit';
import { endorsedOnlyLines } from '../verify/report-lines.js';

/** An audit for people. */
export function auditLines(report: AuditReport): readonly string[] {
  const { channel, members, height, configurations, signatures, findings } = report;
  const { transactions, invalid, commands, refused, repeated } = report.replay;
  return [
    `channel           ${channel}, at ${members.join(' and ')}`,
    `blocks            ${height}, ${signatures.ordering} signatures of ordering nodes`,
    ...report.behind.map(behindLine),
    `configurations    ${configurations}, the first one from the genesis block`,
    `transactions      ${transactions}, ${invalid} of them invalid; ${signatures.endorsements} endorsements`,
    `commands          ${commands} decided anew, ${refused} of them refused; ${repeated} repeated`,
    `state             ${report.replay.entries} keys, SHA-256 ${report.replay.stateDigest}`,
    ...endorsedOnlyLines(report.replay),
    ...uncheckedLines(report),
    ...(findings.length === 0
      ? ['differences       none']
      : [`differences       ${findings.length}`, ...findings.map(findingLine)]),
  ];
}

function behindLine({ member, height, ahead }: MemberBehind): string {
  const others = ahead.map((each) => `${each.member} ${each.height}`).join(', ');
  return `behind            ${member} has ${height} blocks; ${others}`;
}

function uncheckedLines({ uncheckedCodes }: AuditReport): readonly string[] {
  if (uncheckedCodes.length === 0) return [];
  return [
    `validation codes taken on the members' word, of ${uncheckedCodes.length} transactions:`,
    ...uncheckedCodes.map(
      ({ block, transactionId, validationCode }) =>
        `  block ${block}  ${transactionId}  ${nameOfCode(validationCode)}`,
    ),
  ];
}

function findingLine(finding: AuditFinding): string {
  const { kind, member, block, transactionId, subject, expected, found } = finding;
  const where = [
    ...(member === undefined ? [] : [member]),
    `block ${block}`,
    ...(transactionId === undefined ? [] : [`transaction ${transactionId}`]),
  ].join(', ');
  const name = subject.split('\u0000').filter(Boolean).join(' ');
  return `  ${where}: ${kind} of ${name}: expected ${expected}, found ${found}`;
}
