import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  doStep,
  enrolment,
  foundConsortium,
  registrarOf,
  send,
  shippedProcesses,
  type TherapyJourney,
} from '#scripts';
import {
  changesBetween,
  type ProcessDefinition,
  processHash,
  readConsortiumRoot,
} from '@veinledger/domain';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { replay } from '@veinledger/chaincode/replay';
import { loadProfile } from '@veinledger/network/profile';
import { embeddedBench } from '../support/embedded.js';
import { expectPermitted, expectRefused } from '../support/refusals.js';
import { World } from '../support/world.js';

const [BEFORE] = shippedProcesses();
if (!BEFORE) throw new Error('no process ships');

/** The next version: pathology asks for more tumour. */
const LATER: ProcessDefinition = {
  ...BEFORE,
  version: '1.1',
  steps: BEFORE.steps.map((step) =>
    step.id === 'pathology'
      ? {
          ...step,
          checks: step.checks.map((each) => (each.kind === 'range' ? { ...each, min: 30 } : each)),
        }
      : step,
  ),
};
/** One that has no step for booking slots any more. */
const WITHOUT: ProcessDefinition = {
  ...BEFORE,
  version: '1.2',
  steps: BEFORE.steps
    .filter(({ id }) => id !== 'slot-booking')
    .map((step, index) => ({ ...step, number: index + 1 })),
};

let world: World;
let journey: TherapyJourney;
beforeAll(async () => {
  const founded = foundConsortium((await loadProfile()).members);
  const agreed = [LATER, WITHOUT].map((definition) => ({
    id: definition.id,
    version: definition.version,
    hash: processHash(definition),
  }));
  const { root } = founded;
  const processes = [...root.processes, ...agreed];
  const consortium = { ...founded, root: readConsortiumRoot({ ...root, processes }) };
  world = await World.open(await embeddedBench({ consortium }));
  for (const definition of [LATER, WITHOUT]) {
    const body = { definition };
    await send(world.bench.submitter, registrarOf(consortium, 'LabMSP'), {
      type: 'process:Publish',
      body,
    });
  }
  journey = await world.newPatient();
  await enrolment(journey);
});
afterAll(() => world.bench.close());

const migrate = (to: ProcessDefinition, by = journey.cast.reviewer, changes?: object) =>
  journey.say(by, 'therapy:MigrateProcess', {
    process: { id: to.id, version: to.version, hash: processHash(to) },
    changes: changes ?? changesBetween(BEFORE, to),
  });
const pathology = (tumourContent: number) => {
  const { cast, things } = journey;
  const inputs = [{ item: things.tumour, consumed: false }];
  return doStep(
    journey,
    'pathology',
    { by: cast.pathologist, inputs },
    { 'tumour-content': tumourContent },
  );
};

describe('a running therapy on a ledger', () => {
  test('drops no step in which something was done', async () => {
    expectRefused(await migrate(WITHOUT), 'STEP_DROPPED');
  });

  test('is migrated by the therapy’s quality, who names what changes, and by nobody else', async () => {
    expectRefused(await migrate(LATER, journey.cast.reviewer, []), 'CHANGES_NOT_NAMED');
    expectPermitted(await migrate(LATER));
    const reader = { mspId: 'HospitalMSP', label: 'nurse' };
    const trace = await world.bench.submitter.read(reader, 'audit:TraceTherapy', journey.coi);
    expect(trace).toMatchObject({
      therapy: {
        process: { version: '1.1' },
        migrations: [{ actor: journey.cast.reviewer.id, from: { version: '1.0' } }],
      },
    });
  });

  test('goes by the limits of the new version from then on', async () => {
    const { receipt } = await pathology(25);
    expect(receipt.verdicts).toEqual([{ check: 'tumour-content', verdict: 'fail' }]);
  });

  test('is replayed from its blocks, each command by the version that held then', async () => {
    const { ledger, consortium } = world.bench;
    const { findings } = await replay({
      blocks: ledger.blocks(),
      root: consortium.root,
      verifier: nativeVerifier,
    });
    expect(findings).toEqual([]);
  });
});
