import { describe, expect, it } from '@jest/globals';
import { stateOf } from '@veinledger/domain';
import { expectClean, expectDeviation, expectError, expectPermitted } from '../support/refusals.js';
import type { World } from '../support/world.js';

/** What is lost and found, comes back, or is told twice. */
export function foundChapter(world: () => World): void {
  describe('what goes astray', () => {
    it('a lost shipment that is found comes back through the finder, and quality looks at it', async () => {
      const journey = await world().sampledTherapy();
      const { cast, things } = journey;
      const { tumour: item } = things;
      await journey.release(item, cast.nurse, 'CourierMSP');
      expectDeviation(await journey.say(cast.courier, 'custody:ReportLoss', { item }), 'ITEM_LOST');
      expect((await world().item(journey, item))?.custody).toBe('lost');
      const seen = { item, condition: 'intact', labelRead: item };
      const found = await journey.say(cast.labTechnician, 'custody:ReportFound', seen);
      expectDeviation(found, 'FOUND_AGAIN');
      const handOff = await journey.release(item, cast.labTechnician, 'HospitalMSP');
      expectClean(await journey.receive(item, cast.nurse, handOff));
      const back = await world().item(journey, item);
      expect(back).toMatchObject({
        ...{ custody: 'in-custody', holder: { organisation: 'HospitalMSP' } },
        blockers: [{ code: 'ITEM_LOST' }, { code: 'FOUND_AGAIN' }],
      });
      for (const { id } of back?.blockers ?? []) {
        const disposition = {
          ...{ deviation: id, subject: { kind: 'item', coi: journey.coi, id: item } },
          decision: 'permit-use',
        };
        expectPermitted(
          await journey.say(cast.reviewer, 'manufacturing:RecordDisposition', disposition),
        );
      }
      const settled = await world().item(journey, item);
      expect(settled && stateOf(settled)).toBe('in-custody');
    });

    it('who received what was not sent to them hands it on, and whom it was sent to holds it', async () => {
      const journey = await world().sampledTherapy();
      const { cast, things } = journey;
      const { tumour: item } = things;
      const first = await journey.release(item, cast.nurse, 'CourierMSP');
      expectDeviation(await journey.receive(item, cast.labTechnician, first), 'WRONG_RECEIVER');
      const second = await journey.release(item, cast.labTechnician, 'CourierMSP');
      expectClean(await journey.receive(item, cast.courier, second));
      const held = await world().item(journey, item);
      expect(held).toMatchObject({ holder: { organisation: 'CourierMSP' } });
      expect(held).not.toHaveProperty('foundBy');
    });

    it('a rejected delivery that was kept is sent back by who holds it', async () => {
      const journey = await world().sampledTherapy();
      const { cast, things } = journey;
      const { tumour: item } = things;
      const handOff = await journey.release(item, cast.nurse, 'LabMSP');
      const rejected = await journey.say(cast.labTechnician, 'custody:ReceiveItem', {
        ...{ item, handOff, verdict: 'rejected', reason: 'damaged', heldBy: 'receiver' },
        ...{ condition: 'damaged', seals: ['SEAL-0001'], labelRead: item },
      });
      expectDeviation(rejected, 'DELIVERY_REJECTED');
      const back = await journey.release(item, cast.labTechnician, 'HospitalMSP');
      expectClean(await journey.receive(item, cast.nurse, back));
      expect(await world().item(journey, item)).toMatchObject({
        ...{ custody: 'in-custody', holder: { organisation: 'HospitalMSP' } },
      });
    });

    it('a collection, both halves of a hand-off and a split are told again, and change nothing', async () => {
      const journey = await world().sampledTherapy();
      const { cast, things } = journey;
      const sample = { item: things.tumour, kind: 'tumour-ffpe', occasion: 'visit-1' };
      expectClean(await journey.say(cast.collector, 'custody:CollectItem', sample));
      const split = {
        operation: 'split',
        parents: [{ item: things.tumour, consumed: false }],
        children: [{ item: `${things.tumour}-E0206VA0`, kind: 'tumour-ffpe' }],
      };
      const seals = { seals: ['SEAL-0001', 'SEAL-0002'] };
      const gone = {
        ...{ item: things.tumour, handOff: 'twice', to: 'CourierMSP', condition: 'intact' },
        ...{ ...seals, labelRead: things.tumour, identityCheck: 'match' },
      };
      const came = {
        ...{ item: things.tumour, handOff: 'twice', verdict: 'accepted', condition: 'intact' },
        ...{ seals: ['SEAL-0002', 'SEAL-0001'], labelRead: things.tumour },
      };
      for (const [by, type, body] of [
        [cast.nurse, 'custody:DeriveItem', split],
        [cast.nurse, 'custody:ReleaseItem', gone],
        [cast.courier, 'custody:ReceiveItem', came],
      ] as const) {
        expectClean(await journey.say(by, type, body));
        const again = await journey.say(by, type, body);
        expectClean(again);
        expect(again.receipt).toMatchObject({ changed: [], effect: 'none' });
      }
      const part = await world().item(journey, `${things.tumour}-E0206VA0`);
      expect(part).toMatchObject({ kind: 'tumour-ffpe', blockers: [] });
    });

    it('tubes of one donation number with different divisions are different items', async () => {
      const journey = await world().orderedTherapy();
      const { cast, things } = journey;
      for (const division of ['A0', 'B0']) {
        const item = `${things.blood}-E0206V${division}`;
        const body = { item, kind: 'blood-edta', occasion: 'visit-1' };
        expectClean(await journey.say(cast.collector, 'custody:CollectItem', body));
      }
    });

    it('a chain of identity is no item, and an item’s number no chain of identity', async () => {
      const journey = await world().orderedTherapy();
      const { cast, coi } = journey;
      const body = { item: coi, kind: 'blood-edta', occasion: 'visit-1' };
      await expectError(journey.say(cast.collector, 'custody:CollectItem', body), 'COI_AS_ITEM');
      await expectError(journey.readings(coi, cast.nurse, [4]), 'COI_AS_ITEM');
    });

    it.each(['1970-01-01T00:00:00.000Z', '2099-01-01T00:00:00.000Z'])(
      'a reading of %s lies outside the journey',
      async (at) => {
        const journey = await world().orderedTherapy();
        const { cast, things } = journey;
        await journey.collect(things.blood, 'blood-edta', cast.collector, 'visit-1');
        const readings = { logger: 'logger-1', readings: [{ at, temperatureC: 4 }] };
        const told = { item: things.blood, ...readings };
        expectDeviation(
          await journey.say(cast.nurse, 'custody:RecordReadings', told),
          'READING_OUTSIDE_JOURNEY',
        );
      },
    );
  });
}
