import { describe, expect, it } from '@jest/globals';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { replay } from '@veinledger/chaincode/replay';
import type { World } from '../support/world.js';

/** What an auditor finds who has the blocks and nothing else. */
export function replayChapter(world: () => World): void {
  describe('an independent replay', () => {
    it('decides every command of this suite anew and finds no difference', async () => {
      const { ledger, consortium } = world().bench;
      const report = await replay({
        blocks: ledger.blocks(),
        root: consortium.root,
        verifier: nativeVerifier,
      });
      expect(report.findings).toEqual([]);
      expect(report.commands).toBeGreaterThan(300);
    });

    it('says which verdicts it took on endorsement, where it has no vault', async () => {
      const { ledger, consortium } = world().bench;
      const { endorsedOnly } = await replay({
        blocks: ledger.blocks(),
        root: consortium.root,
        verifier: nativeVerifier,
      });
      const types = new Set(endorsedOnly.map(({ type }) => type));
      expect([...types].sort()).toEqual([
        'care:RecordAdministration',
        'manufacturing:ReportStep',
        'manufacturing:SubmitDesign',
      ]);
    });
  });
}
