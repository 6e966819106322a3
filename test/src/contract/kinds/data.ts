import { expect, it } from '@jest/globals';
import {
  doStep,
  enrol,
  namedFile,
  reportStep,
  startStep,
  type StepWork,
  type TherapyJourney,
} from '#scripts';
import {
  expectAlarm,
  expectClean,
  expectDeviation,
  expectError,
  expectPermitted,
  expectRefused,
} from '../../support/refusals.js';
import type { Stage } from './stage.js';

const FILES = ['tumour-fastq', 'normal-fastq', 'rna-fastq', 'genotype'];

/** From sequencing to a design. */
export function dataHistories(stage: () => Stage): void {
  const calling = (journey: TherapyJourney, attempt: number): StepWork => {
    const { coi, cast } = journey;
    const name = (kind: string) => `${kind}-${attempt}`;
    return {
      by: cast.designer,
      attempt,
      inputDatasets: FILES,
      datasets: {
        [name('variants')]: { kind: 'vcf', file: namedFile(`${coi} ${name('variants')}`, 'vcf') },
        [name('hla')]: { kind: 'hla', file: namedFile(`${coi} ${name('hla')}`, 'tsv') },
      },
    };
  };
  const ranking = (journey: TherapyJourney, attempt: number): StepWork => ({
    by: journey.cast.designer,
    attempt,
    inputDatasets: [`variants-${attempt}`, `hla-${attempt}`],
    datasets: {
      [`neoantigens-${attempt}`]: {
        kind: 'neoantigens',
        file: namedFile(`${journey.coi} neoantigens ${attempt}`, 'tsv'),
      },
    },
  });
  const results = (concordance: number) => ({
    concordance,
    contamination: 0.4,
    'second-collection-concordance': 0.99,
  });

  it('of sequencing without a run and without lots deviates in each, and nothing is called from it', async () => {
    const { sequenced: journey } = stage();
    const { coi, cast, things } = journey;
    const again = await doStep(
      journey,
      'sequencing',
      {
        by: cast.labTechnician,
        attempt: 2,
        inputs: [things.dna, things.rna].map((item) => ({ item, consumed: false })),
        datasets: { 'tumour-again': { kind: 'fastq', file: namedFile(`${coi} again`, 'fastq') } },
      },
      { 'coverage-tumour': 214, 'coverage-normal': 96, q30: 91.4 },
    );
    expectDeviation(again, 'RUN_MISSING');
    expectDeviation(again, 'LOTS_MISSING');
    const inputDatasets = ['tumour-again', ...FILES];
    expectRefused(
      await startStep(journey, 'calling', { by: cast.designer, inputDatasets }),
      'DEVIATION_OPEN',
    );
  });

  it('of a file on hold stops at the step that would read it, until the hold is lifted', async () => {
    const { sequenced: journey } = stage();
    const { coi, cast } = journey;
    const hold = {
      ...{ hold: 'hold-file', subject: { kind: 'dataset', coi, id: 'tumour-fastq' } },
      ...{ reason: 'investigation', liftedByRole: 'quality' },
    };
    expectClean(await journey.say(cast.safetyOfficer, 'manufacturing:PlaceHold', hold));
    expectRefused(await startStep(journey, 'calling', calling(journey, 1)), 'ON_HOLD');
    const lift = { hold: 'hold-file' };
    expectPermitted(await journey.say(cast.reviewer, 'manufacturing:LiftHold', lift));
    expectPermitted(await startStep(journey, 'calling', calling(journey, 1)));
  });

  it('of a report by who does no calling is an alarm, and takes no place from the true report', async () => {
    const { sequenced: journey, world } = stage();
    const { pathologist, reviewer } = journey.cast;
    const work = { ...calling(journey, 1), by: pathologist };
    expectAlarm(await reportStep(journey, 'calling', work, results(0.99)));
    const told = await reportStep(journey, 'calling', calling(journey, 1), results(0.52));
    expect(told.receipt.deviations.map(({ code }) => code)).toEqual(['IDENTITY_CHECK_FAILED']);
    const attempts = await world.things(journey, 'step');
    const [attempt] = attempts.filter(({ step }) => step === 'calling');
    expect(attempt?.report?.actor).toBe(journey.cast.designer.id);
    const dismissal = { actor: pathologist.id };
    expectPermitted(await journey.say(reviewer, 'quality:DismissAlarms', dismissal));
  });

  it('of calling until two samples agree keeps the attempt in which they did not', async () => {
    const { sequenced: journey } = stage();
    expectClean(await doStep(journey, 'calling', calling(journey, 2), results(0.99)));
    expectRefused(await startStep(journey, 'ranking', ranking(journey, 2)), 'CHECK_FAILED');
  });

  it('of an agreement that somebody typed without the second sample ends in no approved design', async () => {
    const { sequenced: journey } = stage();
    const { coi, cast } = journey;
    const work = { ...calling(journey, 3), inputDatasets: FILES.slice(0, 3) };
    expectRefused(await startStep(journey, 'calling', work), 'STEP_NOT_DONE');
    await reportStep(journey, 'calling', work, results(0.99));
    await reportStep(journey, 'ranking', ranking(journey, 3), { neoantigens: 18 });
    const { design } = journey;
    await journey.say(
      cast.designer,
      'manufacturing:SubmitDesign',
      {
        ...{ design, version: 1, datasets: ['variants-3', 'hla-3', 'neoantigens-3'] },
        ranking: { step: 'ranking', attempt: 3 },
      },
      {
        annexes: {
          sequence: namedFile(`${coi} sequence`, 'fasta'),
          results: { results: [{ check: 'self-similarity', value: true }] },
        },
      },
    );
    const approved = await journey.say(cast.reviewer, 'manufacturing:ApproveDesign', { design });
    expectRefused(approved, 'COLLECTIONS_NOT_COMPARED');
  });

  it('of a service that approves a design ends before it began: persons sign', async () => {
    const { sequenced: journey, world } = stage();
    const { submitter, consortium } = world.bench;
    const member = { organisation: 'ManufacturerMSP', roles: ['quality' as const] };
    const robot = { id: 'manufacturer.robot', ...member };
    const service = await enrol(submitter, consortium, robot, 'service');
    const { design } = journey;
    await expectError(
      journey.say(service, 'manufacturing:ApproveDesign', { design }),
      'SIGNATURE_NOT_DELEGABLE',
    );
  });
}
