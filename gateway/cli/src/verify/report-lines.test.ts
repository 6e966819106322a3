import { expect, test } from '@jest/globals';
import type { ReplayReport } from '@veinledger/chaincode/replay';
import { chainLine, reportLines } from './report-lines.js';

const clean: ReplayReport = {
  blocks: 3,
  transactions: 4,
  commands: 3,
  repeated: 1,
  refused: 1,
  invalid: 0,
  findings: [],
  endorsedOnly: [],
  unopened: 0,
  uncheckedCodes: [],
  entries: 12,
  stateDigest: 'digest',
};

test('a ledger without a difference is said to have none', () => {
  expect(reportLines(clean)).toEqual([
    'transactions      4, 0 of them invalid',
    'commands          3 decided anew, 1 of them refused; 1 repeated',
    'state             12 keys, SHA-256 digest',
    'annexes           not at hand for 0 commands',
    'differences       none',
  ]);
});

test('a difference is named by block, transaction and key', () => {
  const report: ReplayReport = {
    ...clean,
    findings: [
      {
        kind: 'write',
        block: 2,
        transactionId: 'tx',
        subject: '\u0000lot\u0000l1\u0000lot\u0000',
        expected: 'this',
        found: 'that',
      },
      { kind: 'order', block: 1, subject: 'number', expected: '0', found: '1' },
    ],
  };
  expect(reportLines(report).slice(-3)).toEqual([
    'differences       2',
    '  block 2, transaction tx: write of lot l1 lot: expected this, found that',
    '  block 1: order of number: expected 0, found 1',
  ]);
});

test('what was taken on the word of endorsers and peers is listed', () => {
  const lines = reportLines({
    ...clean,
    unopened: 2,
    endorsedOnly: [
      {
        block: 7,
        transactionId: 'tx',
        commandId: 'c1',
        type: 'manufacturing:ReportStep',
        verdicts: [{ check: 'rin', verdict: 'pass' }],
      },
    ],
    uncheckedCodes: [{ block: 8, transactionId: 'tx8', validationCode: 10 }],
  });
  expect(lines).toContain('  block 7  manufacturing:ReportStep  c1  rin pass');
  expect(lines).toContain('  block 8  tx8  10');
});

test('a broken chain is named by its first broken block', () => {
  expect(chainLine({ intact: true, height: 3 })).toMatch(/intact, 3 blocks$/);
  expect(chainLine({ intact: false, brokenBlock: 2, reason: 'data hash' })).toMatch(
    /BROKEN at block 2: data hash$/,
  );
});
