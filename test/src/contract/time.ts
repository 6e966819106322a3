import { describe, expect, it } from '@jest/globals';
import { signMessage } from '#scripts';
import { expectDeviation, expectError, expectPermitted } from '../support/refusals.js';
import type { World } from '../support/world.js';

const MINUTE = 60_000;

function ago(minutes: number): string {
  return new Date(Date.now() - minutes * MINUTE).toISOString();
}

/** When a thing happened, and when it was entered. */
export function timeChapter(world: () => World): void {
  /** A therapy that was consented to and ordered an hour ago, on paper. */
  const orderedEarlier = async () => {
    const journey = await world().newPatient();
    const onPaper = { at: ago(60), lateReason: 'paper-record' } as const;
    await journey.consent('TREATMENT_MANUFACTURE', {}, onPaper);
    await journey.consent('GENOMIC_SEQUENCING', {}, onPaper);
    await journey.order(undefined, onPaper);
    return journey;
  };

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
      const journey = await orderedEarlier();
      const body = { item: journey.things.tumour, kind: 'tumour-ffpe', occasion: 'visit-1' };
      const late = await journey.say(journey.cast.collector, 'custody:CollectItem', body, {
        at: ago(30),
      });
      expectDeviation(late, 'LATE_ENTRY');
      expect(late.receipt.lateEntry).toBe(true);
      const item = await world().item(journey, journey.things.tumour);
      expect(item?.blockers).toMatchObject([{ kind: 'deviation', code: 'LATE_ENTRY' }]);
    });

    it('a late fact with a reason is recorded as a late entry, which stops nothing', async () => {
      const journey = await orderedEarlier();
      const body = { item: journey.things.tumour, kind: 'tumour-ffpe', occasion: 'visit-1' };
      const rest = { at: ago(30), lateReason: 'ledger-unreachable' };
      const late = await journey.say(journey.cast.collector, 'custody:CollectItem', body, rest);
      expectDeviation(late, 'LATE_ENTRY');
      const item = await world().item(journey, journey.things.tumour);
      expect(item?.blockers).toEqual([]);
      expect(late.receipt).toMatchObject({ lateEntry: true, lateReason: 'ledger-unreachable' });
    });

    it('a late check at the bedside counts from when it was made, and stops what was checked', async () => {
      const journey = await orderedEarlier();
      const { cast, things } = journey;
      const collected = { at: ago(59), lateReason: 'paper-record' };
      const sample = { item: things.tumour, kind: 'tumour-ffpe', occasion: 'visit-1' };
      await journey.say(cast.collector, 'custody:CollectItem', sample, collected);
      const check = {
        ...{ verification: 'late-check', item: things.tumour, labelCoi: journey.coi },
        ...{ token: 'wristband', patient: journey.patient.id },
      };
      const at = ago(50);
      const late = await journey.say(cast.nurse, 'care:VerifyBedside', check, { at });
      expectDeviation(late, 'LATE_ENTRY');
      const [recorded] = await world().things(journey, 'verification');
      expect(recorded?.verifiedAt).toBe(at);
      const item = await world().item(journey, things.tumour);
      expect(item?.blockers).toMatchObject([{ code: 'LATE_ENTRY' }]);
    });

    it('nothing happens to a thing before it is there, nor is it received before it was given away', async () => {
      const journey = await world().orderedTherapy();
      const { cast, things } = journey;
      const sample = { item: things.tumour, kind: 'tumour-ffpe', occasion: 'visit-1' };
      const early = { at: ago(60), lateReason: 'paper-record' };
      expectDeviation(
        await journey.say(cast.collector, 'custody:CollectItem', sample, early),
        'BEFORE_ITS_SUBJECT',
      );
      await journey.collect(things.blood, 'blood-edta', cast.collector, 'visit-1');
      const handOff = await journey.release(things.blood, cast.nurse, 'CourierMSP');
      const receipt = {
        ...{ item: things.blood, handOff, verdict: 'accepted', condition: 'intact' },
        ...{ seals: ['SEAL-0001'], labelRead: things.blood },
      };
      const threeDays = { at: ago(3 * 24 * 60), lateReason: 'paper-record' };
      const received = await journey.say(cast.courier, 'custody:ReceiveItem', receipt, threeDays);
      expectDeviation(received, 'RECEIPT_BEFORE_RELEASE');
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
