import { describe, expect, it } from '@jest/globals';
import {
  analysis,
  doStep,
  enrolment,
  type Person,
  release,
  reportStep,
  sequencing,
  type TherapyJourney,
} from '#scripts';
import { stateOf } from '@veinledger/domain';
import { expectDeviation, expectPermitted, expectRefused } from '../support/refusals.js';
import type { World } from '../support/world.js';

/** Entered in error: each mistake has its way back, and none of them is silent. */
export function annulmentChapter(world: () => World): void {
  const annul = (journey: TherapyJourney, by: Person, command: string, reason: string) =>
    journey.say(by, 'quality:AnnulRecord', { command, reason });
  const investigated = {
    annexes: { investigation: { explanation: 'the paper record says so', evidence: [] } },
  };

  describe('a record that was entered in error', () => {
    it('of a batch with a wrong expiry gives way to the right one, once two people have signed', async () => {
      const journey = await world().filledTherapy();
      const { cast, things, batch } = journey;
      expectPermitted(await release(journey));
      const [mistaken] = await world().things(journey, 'batch');
      const command = mistaken?.recorded.command ?? '';
      const half = await annul(journey, cast.releasePerson, command, 'wrong-time');
      expectPermitted(half);
      expect(half.receipt.changed).toEqual([`annulment ${command}`]);
      const [waiting] = await world().things(journey, 'annulment');
      expect(waiting?.missing).toEqual([{ organisation: 'ManufacturerMSP', roles: ['quality'] }]);
      expect((await world().things(journey, 'batch'))[0]).toEqual(mistaken);

      expectPermitted(await annul(journey, cast.reviewer, command, 'wrong-time'));
      expectRefused(
        await journey.say(cast.reviewer, 'manufacturing:ReviewBatch', { batch }),
        'ENTERED_IN_ERROR',
      );
      const expiry = '2027-01-31T23:59:59.000Z';
      const again = await journey.say(cast.operator, 'manufacturing:RecordBatch', {
        batch,
        design: journey.design,
        fill: { step: 'fill-finish', attempt: 1 },
        expiry,
        vials: things.vials,
        reconciliation: { made: things.vials.length + 2, sampled: 1, retained: 1, rejected: 0 },
      });
      expect(again.receipt.deviations).toEqual([]);
      const items = await world().things(journey, 'item');
      const vials = items.filter((item) => item.batch === batch);
      expect(vials.map(({ useBy }) => useBy)).toEqual(vials.map(() => expiry));
      expectPermitted(await journey.say(cast.reviewer, 'manufacturing:ReviewBatch', { batch }));
      expectPermitted(
        await journey.say(cast.releasePerson, 'manufacturing:CertifyBatch', { batch }),
      );
    });

    it('of a loss is followed by a look: what was found is used again when quality permits it', async () => {
      const journey = await world().orderedTherapy();
      const { cast, things } = journey;
      await journey.collect(things.blood, 'blood-edta', cast.collector, 'visit-1');
      const lost = await journey.say(cast.nurse, 'custody:ReportLoss', {
        item: things.blood,
      });
      expectDeviation(lost, 'ITEM_LOST');
      const { commandId } = lost.receipt;
      expectPermitted(await annul(journey, cast.pharmacist, commandId, 'found-again'));
      const last = await annul(journey, cast.reviewer, commandId, 'found-again');
      expectPermitted(last);
      expect(last.receipt.deviations.map(({ code }) => code)).toEqual(['ENTERED_IN_ERROR']);
      const blood = async () => {
        const items = await world().things(journey, 'item');
        const found = items.find(({ id }) => id === things.blood);
        if (!found) throw new Error('the blood is not on record');
        return found;
      };
      expect((await blood()).blockers.map(({ code }) => code)).toEqual([
        'ITEM_LOST',
        'ENTERED_IN_ERROR',
      ]);
      expect(stateOf(await blood())).toBe('quarantined');
      for (const { id } of (await blood()).blockers) {
        const subject = { kind: 'item', coi: journey.coi, id: things.blood };
        const body = { deviation: id, subject, decision: 'permit-use' };
        expectPermitted(
          await journey.say(cast.tester, 'manufacturing:RecordDisposition', body, investigated),
        );
      }
      expect(stateOf(await blood())).toBe('in-custody');
    });

    it('of a step that names an unknown design leaves its product to the report that is right', async () => {
      const journey = await world().newPatient();
      const { cast, things } = journey;
      await enrolment(journey);
      await sequencing(journey);
      expectPermitted(await analysis(journey));
      const [design] = await world().things(journey, 'design');
      const work = {
        by: cast.operator,
        sequenceCommitment: design?.commitment ?? '',
        outputs: [{ item: things.template, kind: 'template' }],
      };
      const named = await reportStep(journey, 'template', { ...work, design: 'design-9' }, {});
      expectDeviation(named, 'UNKNOWN_DESIGN');
      const { commandId } = named.receipt;
      for (const by of [cast.releasePerson, cast.reviewer])
        expectPermitted(await annul(journey, by, commandId, 'wrong-reference'));
      const right = { ...work, design: journey.design, attempt: 2 };
      expectDeviation(await doStep(journey, 'template', right, {}), 'IDENTIFIED_LATER');
      const items = await world().things(journey, 'item');
      expect(items.find(({ id }) => id === things.template)).toMatchObject({
        kind: 'template',
        producedBy: { step: 'template', attempt: 2 },
      });
    });

    it('is signed for by nobody who is not asked, and by nobody where there is none', async () => {
      const journey = await world().sampledTherapy();
      const [record] = (await world().things(journey, 'item')).flatMap(
        ({ signatures }) => signatures,
      );
      const unknown = await annul(journey, journey.cast.nurse, 'A'.repeat(43), 'wrong-time');
      expectRefused(unknown, 'UNKNOWN_COMMAND');
      expectRefused(
        await annul(journey, journey.cast.designer, record?.command ?? '', 'wrong-time'),
        'NOT_ASKED_TO_SIGN',
      );
    });
  });
}
