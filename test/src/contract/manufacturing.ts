import { describe, expect, it } from '@jest/globals';
import {
  analysis,
  doStep,
  enrol,
  enrolment,
  namedFile,
  release,
  reportStep,
  sequencing,
  startStep,
  type TherapyJourney,
} from '#scripts';
import { sealAnnex } from '@veinledger/client/node';
import {
  expectClean,
  expectDeviation,
  expectPermitted,
  expectRefused,
} from '../support/refusals.js';
import type { Trace, World } from '../support/world.js';

/** The agreed process: permissions to start, reports of what was done, what deviates. */
export function manufacturingChapter(world: () => World): void {
  const pathology = (journey: TherapyJourney) => ({
    by: journey.cast.pathologist,
    inputs: [{ item: journey.things.tumour, consumed: true }],
    outputs: [{ item: journey.things.block, kind: 'block' }],
  });

  describe('a step', () => {
    it('starts by permission, and its report within the limits is clean', async () => {
      const journey = await world().sampledTherapy();
      const done = await doStep(journey, 'pathology', pathology(journey), { 'tumour-content': 20 });
      expectClean(done);
      expect(done.receipt.verdicts).toEqual([{ check: 'tumour-content', verdict: 'pass' }]);
    });

    it('with a result out of limits is recorded, deviates and closes the next gate', async () => {
      const journey = await world().sampledTherapy();
      const { cast, things } = journey;
      const done = await doStep(journey, 'pathology', pathology(journey), {
        'tumour-content': 19.9,
      });
      expectDeviation(done, 'RESULT_OUT_OF_LIMITS');
      expect(done.receipt.verdicts).toEqual([{ check: 'tumour-content', verdict: 'fail' }]);
      await journey.ship([things.block], cast.nurse, cast.labTechnician, () => 21);
      const extraction = {
        by: cast.labTechnician,
        inputs: [{ item: things.block, consumed: true }],
      };
      expectRefused(await startStep(journey, 'extraction', extraction), 'DEVIATION_OPEN');
    });

    it('of a laboratory without keys is reported by who commissioned it, with the certificate that it signed', async () => {
      const journey = await world().sampledTherapy();
      const file = namedFile(`${journey.coi} certificate`, 'pdf');
      const issued = new Date().toISOString();
      const certificate = { laboratory: '4012345000047', certificate: 'C-17', issued, file };
      const work = { ...pathology(journey), certificate };
      const done = await doStep(journey, 'pathology', work, { 'tumour-content': 20 });
      expectClean(done);
      const [attempt] = await world().things(journey, 'step');
      expect(attempt?.report?.actor).toBe(journey.cast.pathologist.id);
      expect(attempt?.report?.certificate).toBe(done.receipt.annex['certificate']);
      expect(attempt?.report?.certificate).toHaveLength(43);
    });

    it('with a missing result deviates', async () => {
      const journey = await world().sampledTherapy();
      expectDeviation(await doStep(journey, 'pathology', pathology(journey), {}), 'RESULT_MISSING');
    });

    it('passes an either-or check by one of its results', async () => {
      const journey = await world().orderedTherapy();
      const extraction = { by: journey.cast.labTechnician };
      const results = { 'dna-mass': 500, 'rna-mass': 200, rin: 6.1, dv200: 61 };
      const { receipt } = await reportStep(journey, 'extraction', extraction, results);
      expect(receipt.verdicts.every(({ verdict }) => verdict === 'pass')).toBe(true);
      expect(receipt.verdicts.map(({ check }) => check)).toContain('rna-integrity');
    });

    it('reported without a permission is out of order, and recorded all the same', async () => {
      const journey = await world().sampledTherapy();
      const reported = await reportStep(journey, 'pathology', pathology(journey), {
        'tumour-content': 50,
      });
      expectDeviation(reported, 'STEP_OUT_OF_ORDER');
      expect((await world().item(journey, journey.things.block))?.producedBy).toEqual({
        step: 'pathology',
        attempt: 1,
      });
    });

    it('is not started before what it needs is done', async () => {
      const journey = await world().sampledTherapy();
      const sequencing = { by: journey.cast.labTechnician };
      expectRefused(await startStep(journey, 'sequencing', sequencing), 'STEP_NOT_DONE');
    });

    it('is not started by another role than the process names', async () => {
      const journey = await world().sampledTherapy();
      const work = { ...pathology(journey), by: journey.cast.labTechnician };
      expectRefused(await startStep(journey, 'pathology', work), 'STEP_ROLE');
    });

    it('is not started with another patient’s item, and the other therapy is untouched', async () => {
      const [journey, other] = [await world().sampledTherapy(), await world().sampledTherapy()];
      const work = {
        ...pathology(journey),
        inputs: [{ item: other.things.tumour, consumed: true }],
      };
      const before = await world().signedBy(journey.cast.pathologist);
      const asked = await startStep(journey, 'pathology', work);
      expectRefused(asked, 'FOREIGN_ITEM');
      expect(JSON.stringify(asked.receipt)).not.toContain(other.things.tumour);
      expect(await world().signedBy(journey.cast.pathologist)).toBe(before + 1);
      expect((await world().item(other, other.things.tumour))?.blockers).toEqual([]);
    });

    let mixedUp: readonly [TherapyJourney, TherapyJourney];
    it('reported with another patient’s item quarantines both therapies, critically', async () => {
      const [journey, other] = [await world().sampledTherapy(), await world().sampledTherapy()];
      mixedUp = [journey, other];
      const work = {
        ...pathology(journey),
        inputs: [{ item: other.things.tumour, consumed: true }],
      };
      const reported = await reportStep(journey, 'pathology', work, { 'tumour-content': 50 });
      expectDeviation(reported, 'FOREIGN_ITEM');
      expect(reported.receipt.deviations).toContainEqual(
        expect.objectContaining({ code: 'FOREIGN_ITEM', classification: 'critical' }),
      );
      expect((await world().item(other, other.things.tumour))?.blockers).toMatchObject([
        { code: 'FOREIGN_ITEM' },
      ]);
      const own = { ...pathology(journey), attempt: 2 };
      expectRefused(await startStep(journey, 'pathology', own), 'DEVIATION_OPEN');
    });

    it('after which the trace names the other patient’s therapy to quality of both and auditors only', async () => {
      const [journey, { coi, things }] = mixedUp;
      const { submitter } = world().bench;
      for (const [mspId, label, isTold] of [
        ['HospitalMSP', 'relay', false],
        ['HospitalMSP', 'nurse', false],
        ['LabMSP', 'lab', false],
        ['CourierMSP', 'courier', false],
        ['ManufacturerMSP', 'quality', true],
        ['RegulatorMSP', 'auditor', true],
      ] as const) {
        const as = { mspId, label };
        const read = await submitter.read<Trace>(as, 'audit:TraceTherapy', journey.coi);
        const trace = JSON.stringify(read);
        const told = [journey.coi, coi, things.tumour].map((name) => trace.includes(name));
        expect([label, ...told]).toEqual([label, true, isTold, isTold]);
      }
    });

    it('reported a second time never replaces the first result', async () => {
      const journey = await world().sampledTherapy();
      await doStep(journey, 'pathology', pathology(journey), { 'tumour-content': 10 });
      const again = { by: journey.cast.pathologist };
      expectDeviation(
        await reportStep(journey, 'pathology', again, { 'tumour-content': 90 }),
        'RESULT_REPLACED',
      );
      const attempts = await world().things(journey, 'step');
      const attempt = attempts.find(({ step }) => step === 'pathology');
      expect(attempt?.report?.verdicts).toEqual([{ check: 'tumour-content', verdict: 'fail' }]);
    });

    it('is stopped by a hold until the role that it names lifts it', async () => {
      const journey = await world().sampledTherapy();
      const { cast } = journey;
      const hold = {
        hold: 'hold-1',
        subject: { kind: 'therapy', coi: journey.coi },
        reason: 'investigation',
        liftedByRole: 'quality',
      };
      expectClean(await journey.say(cast.safetyOfficer, 'manufacturing:PlaceHold', hold));
      expectRefused(await startStep(journey, 'pathology', pathology(journey)), 'ON_HOLD');
      const lift = (by: typeof cast.clinician) =>
        journey.say(by, 'manufacturing:LiftHold', { hold: 'hold-1' });
      expectRefused(await lift(cast.clinician), 'NOT_THE_THERAPYS_QUALITY');
      expectRefused(await lift(cast.releasePerson), 'HOLD_ROLE');
      expectPermitted(await lift(cast.reviewer));
      expectPermitted(await startStep(journey, 'pathology', pathology(journey)));
    });

    it('uses lots by reverse keys, so that a lot tells which therapies it went into', async () => {
      const journey = await world().sampledTherapy();
      const unknown = 'https://id.gs1.org/01/04012345000092/10/NEVER-REGISTERED';
      const work = { ...pathology(journey), lots: [unknown] };
      expectDeviation(
        await doStep(journey, 'pathology', work, { 'tumour-content': 50 }),
        'UNKNOWN_LOT',
      );
      const reader = { mspId: 'ManufacturerMSP', label: 'quality' };
      const uses = await world().bench.submitter.read(reader, 'manufacturing:ListLotUses', unknown);
      expect(uses).toContainEqual(expect.objectContaining({ coi: journey.coi, step: 'pathology' }));
    });
  });

  describe('design and release', () => {
    it('a design is approved by another person than its designer, on concordant data only', async () => {
      const journey = await world().newPatient();
      await enrolment(journey);
      await sequencing(journey);
      const approval = await analysis(journey, { results: { concordance: 0.62 } });
      expectRefused(approval, 'BROKEN_CHAIN');
      expectRefused(approval, 'STEP_NOT_DONE');
      const ranking = { by: journey.cast.designer, inputDatasets: ['variants', 'hla'] };
      expectRefused(
        await startStep(journey, 'ranking', { ...ranking, attempt: 2 }),
        'DEVIATION_OPEN',
      );
    });

    it('a template whose sequence is not the approved design’s deviates, and nothing is made of it', async () => {
      const journey = await world().newPatient();
      await enrolment(journey);
      await sequencing(journey);
      expectPermitted(await analysis(journey));
      const template = {
        by: journey.cast.operator,
        design: journey.design,
        sequenceCommitment: sealAnnex(namedFile('another sequence', 'fasta')).digest,
        outputs: [{ item: journey.things.template, kind: 'template' }],
      };
      const done = await doStep(journey, 'template', template, {});
      expectDeviation(done, 'IDENTITY_CHECK_FAILED');
      expect(done.receipt.verdicts).toEqual([{ check: 'sequence-confirmation', verdict: 'fail' }]);
      const transcription = {
        by: journey.cast.operator,
        inputs: [{ item: journey.things.template, consumed: true }],
      };
      expectRefused(await startStep(journey, 'transcription', transcription), 'DEVIATION_OPEN');
    });

    it('nobody certifies what they reviewed, and a late deviation closes the gate again', async () => {
      const { bench } = world();
      const both = await enrol(bench.submitter, bench.consortium, {
        id: 'manufacturer.both',
        organisation: 'ManufacturerMSP',
        roles: ['quality', 'release-person', 'operator'],
      });
      const journey = await world().filledTherapy();
      const batch = { batch: journey.batch };
      expectRefused(await journey.say(both, 'manufacturing:ReviewBatch', batch), 'NOT_TESTED');
      const { cast } = journey;
      await doStep(
        journey,
        'release-tests',
        {
          by: cast.tester,
          batch: journey.batch,
          inputs: [{ item: journey.things.sampleVial, consumed: true }],
        },
        { 'identity-by-sequencing': true, potency: 100, endotoxin: 0.1, sterility: true },
      );
      expectRefused(
        await journey.say(cast.releasePerson, 'manufacturing:CertifyBatch', batch),
        'NOT_REVIEWED',
      );
      expectPermitted(await journey.say(both, 'manufacturing:ReviewBatch', batch));
      const before = await world().signedBy(both);
      expectRefused(await journey.say(both, 'manufacturing:CertifyBatch', batch), 'SAME_PERSON');
      expect(await world().signedBy(both)).toBe(before + 1);
      expectPermitted(await journey.say(cast.releasePerson, 'manufacturing:CertifyBatch', batch));
      const deviation = {
        subject: { kind: 'batch', coi: journey.coi, id: journey.batch },
        code: 'CONTAMINATION_SUSPECTED',
        classification: 'critical',
      };
      expectDeviation(
        await journey.say(cast.tester, 'manufacturing:ReportDeviation', deviation),
        'CONTAMINATION_SUSPECTED',
      );
      expectRefused(await release(journey), 'DEVIATION_OPEN');
    });
  });
}
