import { describe, expect, test } from '@jest/globals';
import type { AuditReport } from '@veinledger/ledger/fabric-audit';
import { auditLines } from './audit-lines.js';

const report: AuditReport = {
  channel: 'programme',
  members: ['peer.hospital', 'peer.lab'],
  height: 42,
  behind: [],
  configurations: 1,
  signatures: { ordering: 126, endorsements: 80 },
  findings: [],
  uncheckedCodes: [],
  replay: {
    blocks: 42,
    transactions: 41,
    invalid: 0,
    commands: 40,
    refused: 0,
    repeated: 0,
    entries: 90,
    stateDigest: 'b3c1',
    endorsedOnly: [],
    unopened: 0,
    uncheckedCodes: [],
    findings: [],
  },
  sound: true,
};

describe('an audit for people', () => {
  test('says which member is behind, at what height, and at what height the others are', () => {
    const ahead = [{ member: 'peer.hospital', height: 42 }];
    const lines = auditLines({ ...report, behind: [{ member: 'peer.lab', height: 40, ahead }] });
    expect(lines).toContain('behind            peer.lab has 40 blocks; peer.hospital 42');
    expect(lines.at(-1)).toBe('differences       none');
  });

  test('says nothing of it where all have as many blocks', () => {
    expect(auditLines(report).join('\n')).not.toContain('behind');
  });
});
