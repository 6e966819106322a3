import { describe, expect, it } from '@jest/globals';
import type { LedgerBlock } from '@veinledger/chaincode/replay';
import type { World } from '../support/world.js';

/** What somebody sees who follows the ledger's blocks. */
export function followChapter(world: () => World): void {
  describe('following the ledger', () => {
    it('shows the stored blocks and then each that is committed, once and as they are stored', async () => {
      const { ledger } = world().bench;
      const first = Math.max((await ledger.height()) - 3, 0);
      const stop = new AbortController();
      const followed: LedgerBlock[] = [];
      const following = (async () => {
        for await (const block of ledger.follow(first, stop.signal)) followed.push(block);
      })();
      const journey = await world().newPatient();
      await journey.consent('TREATMENT_MANUFACTURE');
      await journey.consent('GENOMIC_SEQUENCING');
      await journey.order();
      const height = await ledger.height();
      const ordered = () =>
        followed.some(({ transactions }) =>
          transactions.some(
            ({ function: name, response }) =>
              name === 'therapy:OrderTherapy' && response.includes(journey.coi),
          ),
        );
      while (!ordered() || (followed.at(-1)?.number ?? -1) < height - 1) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      stop.abort();
      await following;
      const stored: LedgerBlock[] = [];
      for await (const block of ledger.blocks(first)) stored.push(block);
      expect(followed).toEqual(stored.slice(0, followed.length));
    });
  });
}
