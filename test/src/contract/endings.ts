import { describe, expect, it } from '@jest/globals';
import type { Next, ProcessDefinition } from '@veinledger/domain';
import { type Person, shippedProcesses, type TherapyJourney } from '#scripts';
import {
  expectClean,
  expectDeviation,
  expectPermitted,
  expectRefused,
} from '../support/refusals.js';
import type { World } from '../support/world.js';

/** How a therapy ends before its last dose, and how it goes on when that was said by mistake. */
export function endingChapter(world: () => World): void {
  const halt = (journey: TherapyJourney, by: Person) =>
    journey.say(by, 'therapy:HaltTherapy', {}, { annexes: { halt: { reason: 'deceased' } } });
  const toPathology = (journey: TherapyJourney) =>
    journey.say(journey.cast.pathologist, 'manufacturing:StartStep', {
      ...{ step: 'pathology', attempt: 1, inputs: [journey.things.tumour], datasets: [] },
    });
  const next = async ({ coi }: TherapyJourney) => {
    const reader = { mspId: 'HospitalMSP', label: 'nurse' };
    const { submitter } = world().bench;
    const { acts } = await submitter.read<Next>(reader, 'therapy:ReadNext', coi);
    return acts.map(({ code, asked }) => [
      code,
      ...asked.map(({ act, organisation }) => `${act} ${organisation}`),
    ]);
  };

  describe('a therapy that ends before its last dose', () => {
    it('begins nothing any more, and is closed when each of its things is disposed of', async () => {
      const journey = await world().sampledTherapy();
      const { cast, patient, things } = journey;
      const item = things.tumour;
      const decide = (decision: string, basis: string) =>
        journey.say(cast.reviewer, 'custody:DecideDisposal', { item, decision, basis });
      const close = () => journey.say(cast.tester, 'therapy:CloseTherapy', {});
      expectRefused(await decide('destroy', 'purpose-ended'), 'NOT_HALTED');
      expectRefused(await close(), 'NOT_HALTED');

      expectClean(await halt(journey, cast.clinician));
      const started = await toPathology(journey);
      expectRefused(started, 'THERAPY_HALTED');
      expectRefused(started, 'CONSENT_NOT_ACTIVE');
      const undecided = 'DISPOSAL_NOT_DECIDED';
      expect(await next(journey)).toEqual([[undecided, 'custody:DecideDisposal ManufacturerMSP']]);
      expectRefused(await close(), undecided);

      expectRefused(await decide('retain', 'purpose-ended'), 'BASIS_NOT_OPEN');
      expectRefused(await decide('retain', 'sample-retention-consent'), 'CONSENT_NOT_ACTIVE');
      expectPermitted(await decide('destroy', 'purpose-ended'));
      expect(await next(journey)).toEqual([
        ['DISPOSAL_NOT_DONE', 'custody:DisposeItem HospitalMSP'],
      ]);
      const now = { when: 'now' };
      expectClean(await journey.say(patient, 'therapy:AskForDestruction', now));
      const destroyed = { item, method: 'incinerated', reason: 'halted' };
      expectClean(await journey.say(cast.nurse, 'custody:DisposeItem', destroyed));
      expectRefused(await close(), 'DISPOSAL_NOT_WITNESSED');

      const seen = { item, evidence: 'seen' };
      expectClean(await journey.say(cast.pharmacist, 'custody:WitnessDisposal', seen));
      expectPermitted(await close());
      expect(await next(journey)).toEqual([]);
      const { things: told, records } = await world().trace(journey);
      expect(JSON.stringify([told, records])).not.toContain('deceased');
    });

    it('keeps what is to be destroyed for fourteen days, unless the patient says otherwise', async () => {
      const journey = await world().sampledTherapy();
      const { cast, things } = journey;
      const item = things.tumour;
      expectClean(await halt(journey, cast.clinician));
      const decided = { item, decision: 'destroy', basis: 'patients-wish' };
      const decide = () => journey.say(cast.reviewer, 'custody:DecideDisposal', decided);
      expectRefused(await decide(), 'DESTRUCTION_NOT_ASKED_FOR');
      const asked = { when: 'after-waiting' };
      expectClean(await journey.say(journey.patient, 'therapy:AskForDestruction', asked));
      expectPermitted(await decide());
      const destroyed = { item, method: 'autoclaved', reason: 'halted' };
      const early = await journey.say(cast.nurse, 'custody:DisposeItem', destroyed);
      expectDeviation(early, 'DISPOSAL_TOO_EARLY');
      const alone = await journey.say(cast.nurse, 'custody:WitnessDisposal', {
        ...{ item, evidence: 'seen' },
      });
      expectDeviation(alone, 'SAME_PERSON');
    });

    it('has its things disposed of on the bases that its jurisdiction knows, and on no other', async () => {
      const definition = knowingOneBasis();
      await world().publish(definition);
      const journey = await world().newPatient(definition);
      for (const purpose of ['TREATMENT_MANUFACTURE', 'GENOMIC_SEQUENCING'] as const)
        await journey.consent(purpose);
      expectPermitted(await journey.order());
      const { cast, things } = journey;
      await journey.collect(things.tumour, 'tumour-ffpe', cast.collector, 'visit-1');
      expectClean(await halt(journey, cast.clinician));
      const decide = (decision: string, basis: string) =>
        journey.say(cast.reviewer, 'custody:DecideDisposal', {
          ...{ item: things.tumour, decision, basis },
        });
      const refused = await decide('retain', 'inspection');
      expect(refused.receipt).toMatchObject({
        decision: 'refused',
        reasons: [
          {
            code: 'BASIS_NOT_IN_JURISDICTION',
            subject: `item ${things.tumour}`,
            expected: 'basis in DE: purpose-ended',
            found: 'inspection',
          },
        ],
      });
      expectPermitted(await decide('destroy', 'purpose-ended'));
    });

    it('goes on where that was said by mistake: once it is annulled, looked at, and the patient asked again', async () => {
      const journey = await world().sampledTherapy();
      const { cast, coi } = journey;
      const { receipt } = await halt(journey, cast.clinician);
      const mistaken = { command: receipt.commandId, reason: 'wrong-therapy' };
      expectPermitted(await journey.say(cast.pharmacist, 'quality:AnnulRecord', mistaken));
      expectRefused(await toPathology(journey), 'THERAPY_HALTED');
      const last = await journey.say(cast.reviewer, 'quality:AnnulRecord', mistaken);
      expectPermitted(last);
      expectRefused(await toPathology(journey), 'DEVIATION_OPEN');
      const looked = await journey.say(
        cast.tester,
        'manufacturing:RecordDisposition',
        {
          deviation: last.receipt.deviations[0]?.id,
          subject: { kind: 'therapy', coi },
          decision: 'permit-use',
        },
        { annexes: { investigation: { explanation: 'another patient was meant', evidence: [] } } },
      );
      expectPermitted(looked);
      expectRefused(await toPathology(journey), 'CONSENT_NOT_ACTIVE');
      expectPermitted(await journey.consent('TREATMENT_MANUFACTURE', {}, { time: 2 }));
      expectPermitted(await journey.consent('GENOMIC_SEQUENCING', {}, { time: 2 }));
      expectPermitted(await toPathology(journey));
    });
  });
}

/** The shipped process, where things are destroyed when their purpose has ended, and nothing else becomes of them. */
function knowingOneBasis(): ProcessDefinition {
  const [shipped] = shippedProcesses();
  if (!shipped) throw new Error('no process ships');
  const disposalBases = (shipped.disposalBases ?? []).map(({ jurisdictions, bases }) => ({
    jurisdictions,
    bases: bases.filter(({ basis }) => basis === 'purpose-ended'),
  }));
  return { ...shipped, version: '1.8', reserveSamples: 0, disposalBases };
}
