import { type FaultResult, faultsOf, runFaults, selectFaults } from '#scripts';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { UnderLoad } from './under-load.fixture.js';

const FAULTS = ['leader', 'peer.hospital', 'chaincode.lab', 'gateway', 'network'];

/** What kills cost a network. */
export function faultsChapter(opened: () => UnderLoad): void {
  describe('a real network under five signed commands a second', () => {
    let results: ReadonlyMap<string, FaultResult>;

    beforeAll(async () => {
      const { stage } = opened();
      const faults = selectFaults(faultsOf(await stage.nodes()), FAULTS);
      const once = faults.map((fault) => ({ ...fault, times: 1 }));
      const made = await runFaults(stage, once, () => undefined);
      results = new Map(made.map((result) => [result.fault.name, result]));
    });

    test.each(FAULTS)('loses and doubles no command: %s is killed', (name) => {
      const result = results.get(name);
      expect(result).toMatchObject({ doubled: 0, lost: 0 });
      expect(result?.acknowledged).toBeGreaterThan(10);
      expect(result?.found).toBe(result?.acknowledged);
      // the client library's own retries are enough
      expect(result?.acknowledged).toBe(result?.handedIn);
    });

    test.each(['leader', 'peer.hospital', 'chaincode.lab'])(
      'costs clients a delay, and no failed attempt: %s is killed',
      (name) => {
        expect([...(results.get(name)?.failures ?? ['no result'])]).toEqual([]);
      },
    );

    test('commits again soon after its leader was killed', () => {
      // five seconds are measured on a quiet machine; a suite shares its machine with others, and finds what hangs
      expect(results.get('leader')?.nextCommitSeconds).toBeLessThan(120);
    });
  });
}
