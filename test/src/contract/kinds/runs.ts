import { beforeAll, expect, it } from '@jest/globals';
import {
  type Committed,
  doStep,
  enrol,
  enrolment,
  lot,
  namedFile,
  type Person,
  send,
  sequencing,
  startStep,
  type TherapyJourney,
} from '#scripts';
import {
  expectAlarm,
  expectClean,
  expectPermitted,
  expectRefused,
} from '../../support/refusals.js';
import type { World } from '../../support/world.js';

const FILES = ['tumour', 'normal', 'rna'] as const;
const CONTROLS = {
  results: [{ control: 'phix-error-rate', value: 9.4 }],
  explanation: 'the control library was degraded',
  evidence: [],
};
const LAB = { mspId: 'LabMSP', label: 'lab' };

interface Next {
  readonly acts: readonly { readonly code: string; readonly named?: object }[];
}

/** Two therapies side by side in one sequencing run, and what its owner finds of it. */
export function runHistories(world: () => World): void {
  let journeys: readonly TherapyJourney[] = [];
  beforeAll(async () => {
    journeys = await Promise.all([sequencedTherapy(world()), sequencedTherapy(world())]);
  });

  it('of a shared run whose controls failed gives no result in either therapy, and both go on by another run', async () => {
    const { submitter } = world().bench;
    const run = await register(world(), 'run-controls');
    const [data, again] = [11, 12];
    for (const journey of journeys) {
      expectClean(await sequence(journey, run, data));
      expectPermitted(await call(journey, 11, data));
    }
    const report = {
      type: 'manufacturing:ReportRunFailure',
      body: { run, reason: 'controls-failed' },
    };
    expectAlarm(await send(submitter, world().cast.reviewer, report));
    for (const journey of journeys) expectPermitted(await call(journey, 12, data));
    expectClean(await send(submitter, world().cast.labTechnician, report));
    const other = await register(world(), 'run-anew');
    for (const journey of journeys) {
      expectRefused(await call(journey, 13, data), 'REJECTED');
      expectClean(await sequence(journey, other, again));
      expectPermitted(await call(journey, 14, again));
    }
    const late = journeys[0];
    if (!late) throw new Error('no therapy');
    expectClean(await sequence(late, run, 13));
    expectRefused(await call(late, 15, 13), 'REJECTED');
    const uses = await submitter.read(LAB, 'manufacturing:ListRunUses', run);
    for (const { coi } of journeys)
      expect(uses).toContainEqual(expect.objectContaining({ coi, attempt: data }));
  });

  it('of a shared run in which a check failed is no result once a second person confirms that its controls failed', async () => {
    const { submitter, consortium } = world().bench;
    const { labTechnician, reviewer } = world().cast;
    const [journey] = journeys;
    if (!journey) throw new Error('no therapy');
    const run = await register(world(), 'run-failed-check');
    const failed = await sequence(journey, run, 31, { 'coverage-normal': 20 });
    expect(failed.receipt.deviations).toMatchObject([{ code: 'RESULT_OUT_OF_LIMITS' }]);
    expectClean(
      await send(submitter, labTechnician, {
        type: 'manufacturing:ReportRunFailure',
        body: { run, reason: 'controls-failed' },
      }),
    );
    const waiting = async () => {
      const { acts } = await submitter.read<Next>(LAB, 'therapy:ReadNext', journey.coi);
      return acts.filter(({ code }) => code === 'RUN_CONTROLS_FAILED');
    };
    expect(await waiting()).toMatchObject([
      {
        subject: `run ${run}`,
        asked: [{ organisation: 'LabMSP' }],
        except: expect.arrayContaining([labTechnician.id]),
      },
    ]);
    const confirm = (by: Person) =>
      send(submitter, by, {
        ...{ type: 'manufacturing:ConfirmRunFailure', body: { run } },
        annexes: { controls: CONTROLS },
      });
    expectRefused(await confirm(labTechnician), 'SAME_PERSON');
    expectRefused(await confirm(reviewer), 'NOT_THE_OWNER');
    const deputy = { id: 'lab.deputy', organisation: 'LabMSP', roles: ['lab'] } as const;
    const second = await enrol(submitter, consortium, { ...deputy, roles: [...deputy.roles] });
    expectPermitted(await confirm(second));
    expectRefused(await confirm(second), 'ALREADY_CONFIRMED');
    expect(await waiting()).toEqual([]);
  });

  it('of index hopping in a shared run waits in each therapy for its own quality', async () => {
    const { submitter } = world().bench;
    const run = await register(world(), 'run-hopping');
    const [first, second] = journeys;
    if (!first || !second) throw new Error('no therapies');
    for (const journey of journeys) expectClean(await sequence(journey, run, 21));
    const found = await send(submitter, world().cast.labTechnician, {
      type: 'manufacturing:ReportRunFailure',
      body: { run, reason: 'index-hopping', perMille: 12 },
    });
    expectClean(found);
    const deviation = `R.${found.receipt.commandId}`;
    for (const journey of journeys) {
      expectRefused(await call(journey, 21, 21), 'DEVIATION_OPEN');
      const { acts } = await submitter.read<Next>(LAB, 'therapy:ReadNext', journey.coi);
      const named = acts.filter(({ code }) => code === 'INDEX_HOPPING').map((act) => act.named);
      expect(named).toEqual([expect.objectContaining({ deviation: [deviation] })]);
    }
    const annexes = { investigation: { explanation: 'far below what matters', evidence: [] } };
    const settle = (journey: TherapyJourney, decision: string, rest: object = {}) => {
      const subject = { kind: 'step', coi: journey.coi, id: 'sequencing', attempt: 21 };
      const type = 'manufacturing:RecordDisposition';
      return journey.say(journey.cast.reviewer, type, { deviation, decision, subject }, rest);
    };
    expectRefused(await settle(first, 'permit-use'), 'INVESTIGATION_MISSING');
    expectPermitted(await settle(first, 'permit-use', { annexes }));
    expectRefused(await settle(first, 'permit-use', { annexes }), 'ALREADY_DISPOSED');
    expectPermitted(await call(first, 22, 21));
    expectRefused(await call(second, 22, 21), 'DEVIATION_OPEN');
    expectPermitted(await settle(second, 'reject'));
    expectRefused(await call(second, 23, 21), 'REJECTED');
  });
}

async function sequencedTherapy(world: World): Promise<TherapyJourney> {
  const journey = await world.newPatient();
  await enrolment(journey);
  await sequencing(journey);
  return journey;
}

async function register({ bench, cast }: World, run: string): Promise<string> {
  const body = { run, flowCell: 'FC-2', instrument: 'SEQ-1' };
  const type = 'manufacturing:RegisterRun';
  expectClean(await send(bench.submitter, cast.labTechnician, { type, body }));
  return run;
}

/** A further attempt at the sequencing, of a new library of the same DNA and RNA, in that run. */
function sequence(
  journey: TherapyJourney,
  run: string,
  attempt: number,
  others: Readonly<Record<string, number>> = {},
): Promise<Committed> {
  const { cast, coi, things } = journey;
  const work = {
    ...{ by: cast.labTechnician, attempt, run, lots: [lot('EX-1')] },
    inputs: [things.dna, things.rna].map((item) => ({ item, consumed: false })),
    outputs: [{ item: `${things.library}-${attempt}`, kind: 'library' }],
    datasets: Object.fromEntries(
      FILES.map((name) => [
        `${name}-${attempt}`,
        { kind: 'fastq', file: namedFile(`${coi} ${name} ${attempt}`, 'fastq') },
      ]),
    ),
  };
  const results = { 'coverage-tumour': 180, 'coverage-normal': 80, q30: 90, ...others };
  return doStep(journey, 'sequencing', work, results);
}

/** Asks for an attempt at the calling on the data of an attempt at the sequencing. */
function call(journey: TherapyJourney, attempt: number, data: number): Promise<Committed> {
  const inputDatasets = [...FILES.map((name) => `${name}-${data}`), 'genotype'];
  return startStep(journey, 'calling', { by: journey.cast.designer, attempt, inputDatasets });
}
