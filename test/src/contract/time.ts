import { describe, expect, it } from '@jest/globals';
import { signMessage } from '#scripts';
import { expectClean, expectDeviation, expectError, expectPermitted } from '../support/refusals.js';
import type { World } from '../support/world.js';

const MINUTE = 60_000;

function ago(minutes: number): string {
  return new Date(Date.now() - minutes * MINUTE).toISOString();
}

/** When a thing happened, and when it was entered. */
export function timeChapter(world: () => World): void {
  describe('time', () => {
    it.each([
      ['3 minutes behind', -3 * MINUTE],
      ['3 minutes ahead', 3 * MINUTE],
      ['an hour behind', -60 * MINUTE],
    ])(
      'a transaction %s of the endorser’s clock is refused and not recorded',
      async (_name, skewMs) => {
        const { bench, cast } = world();
        const before = await world().signedBy(cast.operator);
        const message = await signMessage(bench.submitter.network, cast.operator, {
          type: 'manufacturing:RegisterRun',
          body: { run: 'run-of-clocks', flowCell: 'FC-1', instrument: 'SEQ-1' },
        });
        await expectError(bench.submitAt(cast.operator, message, skewMs), 'TRANSACTION_TIME_OFF');
        expect(await world().signedBy(cast.operator)).toBe(before);
      },
    );

    it('a transaction a minute off the endorser’s clock is endorsed', async () => {
      const { bench, cast } = world();
      const message = await signMessage(bench.submitter.network, cast.operator, {
        type: 'manufacturing:RegisterRun',
        body: { run: 'run-a-minute-off', flowCell: 'FC-1', instrument: 'SEQ-1' },
      });
      await expect(bench.submitAt(cast.operator, message, -MINUTE)).resolves.toBeUndefined();
    });

    it('a command that says it happened in the future is refused', async () => {
      const journey = await world().orderedTherapy();
      const { collector } = journey.cast;
      const body = { item: journey.things.tumour, kind: 'tumour-ffpe', occasion: 'visit-1' };
      await expectError(
        journey.say(collector, 'custody:CollectItem', body, { at: ago(-5) }),
        'AT_IN_FUTURE',
      );
    });

    it('a late fact without a reason is recorded, deviates and quarantines what it touched', async () => {
      const journey = await world().orderedTherapy();
      const body = { item: journey.things.tumour, kind: 'tumour-ffpe', occasion: 'visit-1' };
      const late = await journey.say(journey.cast.collector, 'custody:CollectItem', body, {
        at: ago(30),
      });
      expectDeviation(late, 'LATE_ENTRY');
      expect(late.receipt.lateEntry).toBe(true);
      const item = await world().item(journey, journey.things.tumour);
      expect(item?.blockers).toMatchObject([{ kind: 'deviation', code: 'LATE_ENTRY' }]);
    });

    it('a late fact with a reason is recorded as a late entry and does not deviate', async () => {
      const journey = await world().orderedTherapy();
      const body = { item: journey.things.tumour, kind: 'tumour-ffpe', occasion: 'visit-1' };
      const rest = { at: ago(30), lateReason: 'ledger-unreachable' };
      const late = await journey.say(journey.cast.collector, 'custody:CollectItem', body, rest);
      expectClean(late);
      expect(late.receipt).toMatchObject({ lateEntry: true, lateReason: 'ledger-unreachable' });
    });

    it('a permission asked for late is an error without a reason, and a decision with one', async () => {
      const journey = await world().orderedTherapy();
      const body = { step: 'slot-booking', attempt: 1, inputs: [], datasets: [] };
      const ask = (rest: object) =>
        journey.say(journey.cast.coordinator, 'manufacturing:StartStep', body, rest);
      await expectError(ask({ at: ago(30) }), 'LATE_PERMISSION');
      expectPermitted(await ask({ at: ago(30), lateReason: 'device-offline' }));
    });
  });
}
