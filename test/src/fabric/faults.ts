import { type FaultOutcome, faultsOf, runFaults, selectFaults } from '#scripts';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { UnderLoad } from './under-load.fixture.js';

const FAULTS = ['leader', 'peer.hospital', 'chaincode.lab', 'gateway', 'network'];

/** What kills cost a network. */
export function faultsChapter(opened: () => UnderLoad): void {
  describe('a real network under five signed commands a second', () => {
    let outcomes: ReadonlyMap<string, FaultOutcome>;

    beforeAll(async () => {
      const { stage } = opened();
      const faults = selectFaults(faultsOf(await stage.nodes()), FAULTS);
      const once = faults.map((fault) => ({ ...fault, times: 1 }));
      const made = await runFaults(stage, once, () => undefined);
      outcomes = new Map(made.map((outcome) => [outcome.fault.name, outcome]));
    });

    test.each(FAULTS)('loses and doubles no command: %s is killed', (name) => {
      const outcome = outcomes.get(name);
      expect(outcome).toMatchObject({ doubled: 0, lost: 0 });
      expect(outcome?.acknowledged).toBeGreaterThan(10);
      expect(outcome?.found).toBe(outcome?.acknowledged);
      // the client library's own retries are enough
      expect(outcome?.acknowledged).toBe(outcome?.handedIn);
    });

    test.each(['leader', 'peer.hospital', 'chaincode.lab'])(
      'costs clients a delay, and no failed attempt: %s is killed',
      (name) => {
        expect([...(outcomes.get(name)?.failures ?? ['no outcome'])]).toEqual([]);
      },
    );

    test('commits again soon after its leader was killed', () => {
      // five seconds are measured on a quiet machine; a suite shares its machine with others, and finds what hangs
      expect(outcomes.get('leader')?.nextCommitSeconds).toBeLessThan(120);
    });
  });
}
