import { describe, expect, test } from '@jest/globals';
import { oddCode, reportLines, type MemberCode, type VerificationReport } from './index.js';

const code = { bundle: 'b'.repeat(64), node: 'v24.21.0', root: 'a'.repeat(64) };
const approved = { sequence: 1, version: '0.1.0', packageId: 'veinledger_0.1.0:11' };
const member = (id: string): MemberCode => ({
  ...{ mspId: `${id}MSP`, peer: `peer.${id.toLowerCase()}`, approved, code },
  installed: [approved.packageId],
});
const members = [member('Hospital'), member('Lab'), member('Manufacturer')];
const report: VerificationReport = {
  channel: 'programme',
  blocks: {
    ...{ height: 9, heights: { 'peer.hospital': 9, 'peer.lab': 10 }, failures: {} },
    ...{ differing: 0, damaged: [] },
  },
  state: { block: 8, compared: ['peer.hospital', 'peer.lab'], odd: [], differing: 0, keys: [] },
  code: {
    committed: { sequence: 1, version: '0.1.0', approvals: { LabMSP: true, PayerMSP: false } },
    ...{ members, odd: [] },
  },
  same: true,
};

describe('a report on members ledgers', () => {
  test('says that nothing differs, and each member its code', () => {
    const lines = reportLines(report);
    expect(lines).toContain('blocks: 9 of each compared (peer.hospital 9, peer.lab 10); 0 differ');
    expect(lines).toContain('code: version 0.1.0, sequence 1, approved by LabMSP');
    expect(lines).toContain(`    bundle ${code.bundle}, Node v24.21.0, root ${code.root}`);
    expect(lines.at(-1)).toBe('nothing differs');
  });

  test('names a key and whose peer holds something else under it', () => {
    const key = '\u0000therapy\u0000H1234269000015\u0000item\u0000x\u0000';
    const states = [
      { peer: 'peer.hospital', version: { block: 4, transaction: 0 }, valueDigest: 'aa' },
      { peer: 'peer.lab', version: undefined, valueDigest: undefined },
    ];
    const lines = reportLines({
      ...report,
      state: {
        ...{ block: 8, compared: ['peer.hospital', 'peer.lab', 'peer.manufacturer'] },
        ...{ odd: ['peer.lab'], differing: 1 },
        keys: [{ namespace: 'veinledger', key, hashed: false, states }],
      },
      same: false,
    });
    expect(lines).toContain('  peer.lab differs from the others');
    expect(lines).toContain('  veinledger therapy/H1234269000015/item/x');
    expect(lines).toContain('    peer.lab: nothing');
    expect(lines.at(-1)).toBe('members differ');
  });
});

describe("a member's code", () => {
  test('is odd when it approved another package than the others', () => {
    const other = { ...member('Lab'), approved: { ...approved, packageId: 'veinledger_0.1.0:22' } };
    expect(oddCode([member('Hospital'), other, member('Manufacturer')])).toEqual(['LabMSP']);
  });

  test('is odd when it approved nothing', () => {
    const other = { ...member('Lab'), approved: undefined, code: undefined };
    expect(oddCode([member('Hospital'), other, member('Manufacturer')])).toEqual(['LabMSP']);
  });

  test('cannot be held against anybody when its member alone is asked', () => {
    expect(oddCode([member('Lab')])).toEqual([]);
    expect(oddCode([])).toEqual([]);
  });
});
