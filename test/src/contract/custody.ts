import { describe, expect, it } from '@jest/globals';
import { din, type Person, serialised, serialOf } from '#scripts';
import { stateOf } from '@veinledger/domain';
import {
  expectAlarm,
  expectClean,
  expectDeviation,
  expectError,
  expectPermitted,
  expectRefused,
} from '../support/refusals.js';
import type { World } from '../support/world.js';

/** Who held what, when, and in which condition. */
export function custodyChapter(world: () => World): void {
  describe('custody', () => {
    it('passes from the hospital to the courier in two signed halves', async () => {
      const journey = await world().sampledTherapy();
      const { cast, things } = journey;
      const handOff = await journey.release(things.tumour, cast.nurse, 'CourierMSP');
      const onTheWay = await world().item(journey, things.tumour);
      expect(onTheWay).toMatchObject({
        custody: 'in-transit',
        holder: { organisation: 'HospitalMSP' },
      });
      expectClean(await journey.receive(things.tumour, cast.courier, handOff));
      const received = await world().item(journey, things.tumour);
      expect(received).toMatchObject({
        custody: 'in-custody',
        holder: { organisation: 'CourierMSP', actor: cast.courier.id },
        blockers: [],
      });
    });

    it('a receipt by the wrong member is recorded, makes it the finder, quarantines and closes the gate', async () => {
      const journey = await world().sampledTherapy();
      const { cast, things } = journey;
      const handOff = await journey.release(things.tumour, cast.nurse, 'CourierMSP');
      const receipt = await journey.receive(things.tumour, cast.labTechnician, handOff);
      expectDeviation(receipt, 'WRONG_RECEIVER');
      const item = await world().item(journey, things.tumour);
      expect(item).toMatchObject({
        holder: { organisation: 'HospitalMSP' },
        foundBy: { organisation: 'LabMSP' },
      });
      expect(item && stateOf(item)).toBe('quarantined');
      const start = { step: 'pathology', attempt: 1, inputs: [things.tumour], datasets: [] };
      expectRefused(
        await journey.say(cast.pathologist, 'manufacturing:StartStep', start),
        'DEVIATION_OPEN',
      );
    });

    it('a receipt that contradicts an earlier one, of who holds the item, is kept beside it and quarantines', async () => {
      const journey = await world().sampledTherapy();
      const { cast, things } = journey;
      const handOff = await journey.release(things.tumour, cast.nurse, 'CourierMSP');
      await journey.receive(things.tumour, cast.courier, handOff);
      const otherwise = {
        ...{ item: things.tumour, handOff, verdict: 'accepted', condition: 'unknown' },
        ...{ seals: ['SEAL-0001'], labelRead: things.tumour },
      };
      expectDeviation(
        await journey.say(cast.courier, 'custody:ReceiveItem', otherwise),
        'CONTRADICTING_RECEIPT',
      );
      const [recorded] = await world().things(journey, 'hand-off');
      expect(recorded?.receipts).toHaveLength(2);
      const item = await world().item(journey, things.tumour);
      expect(item && stateOf(item)).toBe('quarantined');
    });

    it('what is received, given away, warmed and lost by who does not hold it stays where it is', async () => {
      const journey = await world().sampledTherapy();
      const { cast, things } = journey;
      const handOff = await journey.release(things.tumour, cast.nurse, 'CourierMSP');
      await journey.receive(things.tumour, cast.courier, handOff);
      const before = await world().item(journey, things.tumour);
      expectAlarm(await journey.receive(things.tumour, cast.labTechnician, handOff));
      expectAlarm(await journey.readings(things.tumour, cast.labTechnician, [150]));
      const lost = { item: things.tumour };
      expectAlarm(await journey.say(cast.labTechnician, 'custody:ReportLoss', lost));
      expect(await world().item(journey, things.tumour)).toEqual(before);
      expect(await world().things(journey, 'alarm')).toMatchObject([
        { subject: `item ${things.tumour}`, organisation: 'LabMSP', claim: 'loss' },
      ]);
      const dismissal = { actor: cast.labTechnician.id };
      expectRefused(
        await journey.say(cast.tester, 'quality:DismissAlarms', { actor: cast.courier.id }),
        'NO_OPEN_ALARM',
      );
      expectPermitted(await journey.say(cast.tester, 'quality:DismissAlarms', dismissal));
      const [dismissed] = await world().things(journey, 'alarm');
      expect(dismissed).toMatchObject({ dismissed: { actor: cast.tester.id } });
    });

    it('a rejected delivery that was taken back leaves the item with who released it, quarantined', async () => {
      const journey = await world().sampledTherapy();
      const { cast, things } = journey;
      const handOff = await journey.release(things.tumour, cast.nurse, 'CourierMSP');
      const rejected = await journey.say(cast.courier, 'custody:ReceiveItem', {
        item: things.tumour,
        handOff,
        verdict: 'rejected',
        reason: 'damaged',
        heldBy: 'releaser',
        condition: 'damaged',
        seals: ['SEAL-0001'],
        labelRead: things.tumour,
      });
      expectDeviation(rejected, 'DELIVERY_REJECTED');
      const item = await world().item(journey, things.tumour);
      expect(item).toMatchObject({
        custody: 'in-custody',
        holder: { organisation: 'HospitalMSP' },
      });
      expect(item && stateOf(item)).toBe('quarantined');
    });

    it('a broken seal and another label deviate', async () => {
      const journey = await world().sampledTherapy();
      const { cast, things } = journey;
      const handOff = await journey.release(things.tumour, cast.nurse, 'CourierMSP');
      const received = await journey.say(cast.courier, 'custody:ReceiveItem', {
        item: things.tumour,
        handOff,
        verdict: 'accepted',
        condition: 'intact',
        seals: ['SEAL-0002'],
        labelRead: things.blood,
      });
      expectDeviation(received, 'SEAL_MISMATCH');
      expectDeviation(received, 'LABEL_MISMATCH');
    });

    it('a release by somebody who does not hold the item changes no custody', async () => {
      const journey = await world().sampledTherapy();
      const { cast, things } = journey;
      const body = {
        item: things.tumour,
        handOff: 'hand-off-of-a-stranger',
        to: 'LabMSP',
        seals: [],
        condition: 'intact',
        labelRead: things.tumour,
        identityCheck: 'match',
      };
      expectAlarm(await journey.say(cast.courier, 'custody:ReleaseItem', body));
      const item = await world().item(journey, things.tumour);
      expect(item).toMatchObject({
        custody: 'in-custody',
        holder: { organisation: 'HospitalMSP' },
      });
    });

    it('a closed door, ice, another logger and customs are on record, stop nothing and may be entered in error', async () => {
      const journey = await world().sampledTherapy();
      const { cast, things } = journey;
      const { tumour: item } = things;
      await journey.release(item, cast.nurse, 'CourierMSP');
      const tell = (occurrence: string, rest: object = {}) =>
        journey.say(cast.courier, 'custody:RecordTransit', { item, occurrence, ...rest });
      const mistaken = await tell('door-closed');
      for (const told of [
        mistaken,
        await tell('re-iced'),
        await tell('logger-swapped', { logger: 'logger-2' }),
        await tell('customs-held'),
      ])
        expectClean(told);
      expect(stateOf(await itemOrFail(world(), journey, item))).toBe('in-transit');
      const error = { command: mistaken.receipt.commandId, reason: 'wrong-place' };
      for (const by of [cast.courier, cast.reviewer])
        await journey.say(by, 'quality:AnnulRecord', error);
      const events = await world().things(journey, 'transit-event');
      const byOccurrence = new Map(events.map((each) => [each.occurrence, each]));
      expect([...byOccurrence.keys()].sort()).toEqual([
        ...['customs-held', 'door-closed', 'logger-swapped', 're-iced'],
      ]);
      expect(byOccurrence.get('logger-swapped')).toMatchObject({ item, logger: 'logger-2' });
    });

    it('readings outside the item’s range are an excursion, which quality may judge', async () => {
      const journey = await world().orderedTherapy();
      const { cast, things } = journey;
      await journey.collect(things.blood, 'blood-edta', cast.collector, 'visit-1');
      expectClean(await journey.readings(things.blood, cast.nurse, [2, 5, 8]));
      const excursion = await journey.readings(things.blood, cast.nurse, [5, 8.1, 4]);
      expectDeviation(excursion, 'TEMPERATURE_EXCURSION');
      expect(stateOf(await itemOrFail(world(), journey, things.blood))).toBe('quarantined');
      const [deviation] = excursion.receipt.deviations;
      const dispose = (decision: string) =>
        journey.say(cast.reviewer, 'manufacturing:RecordDisposition', {
          deviation: deviation?.id,
          subject: { kind: 'item', coi: journey.coi, id: things.blood },
          decision,
        });
      expectPermitted(await dispose('permit-use'));
      expect(stateOf(await itemOrFail(world(), journey, things.blood))).toBe('in-custody');
      expectRefused(await dispose('reject'), 'ALREADY_DISPOSED');
    });

    it('200 readings fit into one command, and 201 do not', async () => {
      const journey = await world().orderedTherapy();
      const { cast, things } = journey;
      await journey.collect(things.blood, 'blood-edta', cast.collector, 'visit-1');
      expectClean(await journey.readings(things.blood, cast.nurse, Array<number>(200).fill(5)));
      const tooMany = journey.readings(things.blood, cast.nurse, Array<number>(201).fill(5));
      await expectError(tooMany, 'SCHEMA_VIOLATION');
    });

    it('an identifier that nobody registered becomes an unidentified item of the therapy', async () => {
      const journey = await world().orderedTherapy();
      const stranger = din(800_001);
      expectDeviation(
        await journey.readings(stranger, journey.cast.courier, [5]),
        'UNIDENTIFIED_ITEM',
      );
      const item = await itemOrFail(world(), journey, stranger);
      expect(item).toMatchObject({ kind: 'unidentified', holder: { organisation: 'CourierMSP' } });
      expect(stateOf(item)).toBe('quarantined');
    });

    it('an unknown chain of identity is an error', async () => {
      const journey = await world().newPatient();
      await expectError(
        journey.readings(journey.things.blood, journey.cast.nurse, [5]),
        'UNKNOWN_COI',
      );
    });

    it('an identifier is registered once', async () => {
      const journey = await world().sampledTherapy();
      const body = { item: journey.things.tumour, kind: 'tumour-ffpe', occasion: 'visit-2' };
      expectDeviation(
        await journey.say(journey.cast.collector, 'custody:CollectItem', body),
        'IDENTIFIER_TAKEN',
      );
    });

    it('a second sample comes from another occasion and another collector', async () => {
      const journey = await world().orderedTherapy();
      const { cast, things } = journey;
      await journey.collect(things.blood, 'blood-edta', cast.collector, 'visit-1');
      const body = {
        item: things.secondBlood,
        kind: 'blood-edta',
        occasion: 'visit-1',
        confirms: things.blood,
      };
      const second = await journey.say(cast.secondCollector, 'custody:CollectItem', body);
      expectDeviation(second, 'SECOND_COLLECTION_NOT_INDEPENDENT');
    });

    it('a sample that no second person confirmed starts no step', async () => {
      const journey = await world().orderedTherapy();
      const { cast, things } = journey;
      const body = { item: things.tumour, kind: 'tumour-ffpe', occasion: 'visit-1' };
      await journey.say(cast.collector, 'custody:CollectItem', body);
      const same = await journey.say(cast.collector, 'custody:ConfirmCollection', {
        item: things.tumour,
      });
      expectDeviation(same, 'SAME_PERSON');
      const start = { step: 'pathology', attempt: 1, inputs: [things.tumour], datasets: [] };
      const asked = await journey.say(cast.pathologist, 'manufacturing:StartStep', start);
      expectRefused(asked, 'COLLECTION_NOT_CONFIRMED');
    });

    it('a disposed item is disposed of once', async () => {
      const journey = await world().sampledTherapy();
      const { cast, things } = journey;
      const body = { item: things.tumour, method: 'incinerated', reason: 'withdrawn' };
      expectClean(await journey.say(cast.nurse, 'custody:DisposeItem', body));
      expectClean(await journey.say(cast.nurse, 'custody:DisposeItem', body));
      const otherwise = { ...body, method: 'autoclaved' };
      expectDeviation(
        await journey.say(cast.nurse, 'custody:DisposeItem', otherwise),
        'NOT_IN_CUSTODY',
      );
    });

    it('the children of a quarantined parent are quarantined', async () => {
      const journey = await world().orderedTherapy();
      const { cast, things } = journey;
      await journey.collect(things.blood, 'blood-edta', cast.collector, 'visit-1');
      await journey.readings(things.blood, cast.nurse, [20]);
      const split = await journey.say(cast.nurse, 'custody:DeriveItem', {
        operation: 'split',
        parents: [{ item: things.blood, consumed: true }],
        children: [{ item: things.dna, kind: 'dna' }],
      });
      expectDeviation(split, 'PARENT_QUARANTINED');
      expect((await itemOrFail(world(), journey, things.dna)).parents).toEqual([
        { coi: journey.coi, id: things.blood },
      ]);
    });

    it('a hundred items come of fifteen in one command, and all are told when their identifiers are taken', async () => {
      const journey = await world().sampledTherapy();
      const { cast, things } = journey;
      const named = (count: number, suffix: string) =>
        Array.from({ length: count }, (_, at) =>
          serialised('block', `${serialOf(journey)}-${suffix}-${at}`),
        );
      const derive = (
        parents: readonly string[],
        children: readonly string[],
        by: Person = cast.nurse,
      ) =>
        journey.say(by, 'custody:DeriveItem', {
          operation: 'split',
          parents: parents.map((item) => ({ item, consumed: false })),
          children: children.map((item) => ({ item, kind: 'block' })),
        });
      const fifteen = named(15, 'a');
      const hundred = named(100, 'b');
      expectClean(await derive([things.tumour], fifteen));
      expectClean(await derive(fifteen, hundred));
      const { receipt } = await derive(fifteen, hundred, cast.collector);
      expect(receipt).toMatchObject({ kind: 'fact', decision: 'recorded' });
      const taken = receipt.deviations.filter(({ code }) => code === 'IDENTIFIER_TAKEN');
      expect(taken).toHaveLength(100);
      await expectError(derive([things.tumour], named(101, 'c')), 'SCHEMA_VIOLATION');
      await expectError(derive([...fifteen, things.tumour], named(100, 'd')), 'SCHEMA_VIOLATION');
    });

    it('hand-offs of different items of one therapy do not wait for each other', async () => {
      const journey = await world().orderedTherapy();
      const { cast, things } = journey;
      await journey.collectAll();
      const items = [things.tumour, things.blood, things.secondBlood];
      const handOffs = await Promise.all(
        items.map((item) => journey.release(item, cast.nurse, 'CourierMSP')),
      );
      const receipts = await Promise.all(
        items.map((item, index) => journey.receive(item, cast.courier, handOffs[index] ?? '')),
      );
      receipts.forEach(expectClean);
    });
  });
}

async function itemOrFail(world: World, journey: Parameters<World['item']>[0], id: string) {
  const item = await world.item(journey, id);
  if (!item) throw new Error(`the ledger holds no item ${id}`);
  return item;
}
