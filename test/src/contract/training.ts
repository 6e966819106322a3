import { describe, expect, it } from '@jest/globals';
import { type ProcessDefinition, processHash, sha256Base64url, utf8 } from '@veinledger/domain';
import {
  doStep,
  NEEDED_PARTIES,
  type Person,
  registrarOf,
  reportStep,
  send,
  shippedProcesses,
  startStep,
  type TherapyJourney,
} from '#scripts';
import {
  expectClean,
  expectDeviation,
  expectError,
  expectPermitted,
  expectRefused,
} from '../support/refusals.js';
import type { World } from '../support/world.js';

const STANDS = { from: '2026-01-01T00:00:00.000Z', until: '2100-01-01T00:00:00.000Z' };
const ENDED = { from: '2020-01-01T00:00:00.000Z', until: '2021-01-01T00:00:00.000Z' };

/** Who is trained for a step, where the process asks for it. */
export function trainingChapter(world: () => World): void {
  const submitter = () => world().bench.submitter;
  const registrar = () => registrarOf(world().bench.consortium, 'HospitalMSP');

  /** A version of the shipped process that asks for training in pathology, agreed on and published. */
  async function askingProcess(): Promise<ProcessDefinition> {
    const [shipped] = shippedProcesses();
    if (!shipped) throw new Error('no process ships');
    const steps = shipped.steps.map((step) =>
      step.id === 'pathology' ? { ...step, trained: true } : step,
    );
    const definition = { ...shipped, version: '1.9', steps };
    await world().publish(definition);
    return definition;
  }

  /** A therapy by that process, with a tumour sample in the hospital's hands. */
  async function sampledTherapy(definition: ProcessDefinition): Promise<TherapyJourney> {
    const journey = await world().newPatient();
    await journey.consent('TREATMENT_MANUFACTURE');
    await journey.consent('GENOMIC_SEQUENCING');
    const { id, version } = definition;
    const place = { site: '4012345000016', depot: '4012345000023', slot: 'slot-1' };
    const ordered = await journey.say(journey.cast.clinician, 'therapy:OrderTherapy', {
      patient: journey.patient.id,
      process: { id, version, hash: processHash(definition) },
      parties: NEEDED_PARTIES,
      jurisdiction: 'DE',
      orderLines: [{ dose: 1, day: 50, ...place }],
    });
    expectPermitted(ordered);
    await journey.collect(journey.things.tumour, 'tumour-ffpe', journey.cast.collector, 'visit-1');
    return journey;
  }

  const record = (by: Person, body: object) =>
    send(submitter(), by, {
      type: 'registry:RecordTraining',
      body: {
        process: { id: 'pcv-mrna', version: '1.9' },
        steps: ['pathology'],
        evidence: sha256Base64url(utf8('a certificate, and its salt')),
        ...body,
      },
    });

  describe('the training for a step', () => {
    it('is asked for at its start, and its lack deviates where the step was done all the same', async () => {
      const journey = await sampledTherapy(await askingProcess());
      const { pathologist: by } = journey.cast;
      const work = { by, inputs: [{ item: journey.things.tumour, consumed: false }] };
      const results = { 'tumour-content': 40 };
      expectRefused(await startStep(journey, 'pathology', work), 'NOT_TRAINED');
      expectPermitted(await record(registrar(), { actor: by.id, ...STANDS }));
      expectClean(await doStep(journey, 'pathology', work, results));

      expectPermitted(await record(registrar(), { actor: by.id, ...ENDED }));
      const again = { ...work, attempt: 2 };
      const refused = await startStep(journey, 'pathology', again);
      expectRefused(refused, 'TRAINING_EXPIRED');
      expect(refused.receipt.reasons).toMatchObject([
        { subject: `actor ${by.id}`, found: `ended ${ENDED.until}` },
      ]);
      const reported = await reportStep(journey, 'pathology', again, results);
      expectDeviation(reported, 'NOT_TRAINED');
      expect(reported.receipt.verdicts).toEqual([{ check: 'tumour-content', verdict: 'pass' }]);
    });

    it('is read by the own organisation and by auditors', async () => {
      const key = [world().cast.pathologist.id, 'pcv-mrna', '1.9', 'pathology'];
      const read = (mspId: string, label: string) =>
        submitter().read({ mspId, label }, 'registry:ReadTraining', ...key);
      const ended = { ...ENDED, recorded: { actor: 'hospital.registrar' } };
      expect(await read('HospitalMSP', 'nurse')).toMatchObject(ended);
      expect(await read('RegulatorMSP', 'auditor')).toMatchObject(ended);
      await expectError(read('LabMSP', 'lab'), 'NOT_ENTITLED');
    });

    it('is said by another of the own organisation, never by oneself', async () => {
      const { reviewer, tester, labTechnician } = world().cast;
      const steps = { process: { id: 'pcv-mrna', version: '1.0' }, steps: ['release-tests'] };
      const of = ({ id: actor }: Person) => ({ actor, ...steps, ...STANDS });
      expectRefused(await record(reviewer, of(reviewer)), 'SAME_PERSON');
      expectRefused(await record(reviewer, of(labTechnician)), 'FOREIGN_ACTOR');
      expectPermitted(await record(reviewer, of(tester)));
    });
  });
}
