import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  administer,
  askToThaw,
  authorise,
  bedside,
  CELL_TESTS,
  cellsOf,
  collectCells,
  depleteLymphocytes,
  makeCells,
  type Person,
  registerVector,
  type Results,
  testCells,
  thaw,
  type TherapyJourney,
} from '#scripts';
import type { AlertDue, ProcessDefinition } from '@veinledger/domain';
import {
  expectClean,
  expectDeviation,
  expectError,
  expectPermitted,
  expectRefused,
} from '../support/refusals.js';
import { shippedProcess, type World } from '../support/world.js';
import { exceptedHistories } from './exceptions.js';

const OPEN = 'sterility-test';
/** The order line on which the dose is given. */
const NUMBER = 3;

/** The cell therapy that ships, whose sterility may follow. */
function following(): ProcessDefinition {
  const shipped = shippedProcess('cart-autologous');
  const steps = shipped.steps.map((step) =>
    step.id === OPEN ? { ...step, mayFollow: { dueHours: 336 } } : step,
  );
  return { ...shipped, version: '1.9', steps };
}

/** Cells that are frozen, and tested but for their sterility. */
async function frozenCells(journey: TherapyJourney): Promise<void> {
  await collectCells(journey);
  await makeCells(journey);
  const names = Object.keys(CELL_TESTS) as (keyof typeof CELL_TESTS)[];
  // on a real network each command waits for its block: what does not depend on each other waits together
  await Promise.all(names.filter((name) => name !== OPEN).map((name) => testCells(journey, name)));
}

function testSterility(journey: TherapyJourney, sterility: boolean) {
  return testCells(journey, OPEN, { sterility } satisfies Results);
}

/** What cannot be undone, what goes on after it, and what is known only afterwards. */
export function irreversibleChapter(world: () => World): void {
  let journey: TherapyJourney;
  let excepted: TherapyJourney;

  beforeAll(async () => {
    const definition = following();
    await world().publish(definition);
    await registerVector(world().bench.submitter, world().cast);
    journey = await world().newPatient(definition);
    excepted = await world().newPatient('cart-autologous');
    await Promise.all([frozenCells(journey), frozenCells(excepted)]);
  });

  describe('before and after what cannot be undone', () => {
    const bags = () => cellsOf(journey).bags;
    const holdOn = async (item: string, hold: string) => {
      const subject = { kind: 'item', coi: journey.coi, id: item };
      const body = { hold, subject, reason: 'investigation', liftedByRole: 'release-person' };
      expectClean(await journey.say(world().cast.safetyOfficer, 'manufacturing:PlaceHold', body));
    };
    const decide = (by: Person) => {
      const body = { decision: 'decision-1', item: bags()[0], continueAfterLapse: false };
      const explanation = { explanation: 'The patient is prepared, and does not live without.' };
      return journey.say(by, 'care:DecideToGoOn', body, { annexes: { explanation } });
    };

    it('a test that may follow is named as open by whoever certifies', async () => {
      const { cast, batch } = journey;
      const certify = (openTests?: readonly string[]) =>
        journey.say(cast.releasePerson, 'manufacturing:CertifyBatch', {
          ...{ batch, ...(openTests ? { openTests } : {}) },
        });
      expectPermitted(await journey.say(cast.reviewer, 'manufacturing:ReviewBatch', { batch }));
      expectRefused(await certify(), 'OPEN_TEST_NOT_NAMED');
      expectPermitted(await certify([OPEN]));
      await journey.ship(bags(), cast.operator, cast.pharmacist, () => -150);
    });

    it('it does not begin while something stands against the dose', async () => {
      const { cast } = journey;
      await holdOn(bags()[1], 'hold-before');
      const inputs = [bags()[1]];
      const asked = { step: 'lymphodepletion', attempt: 2, inputs, datasets: [] };
      const begin = () =>
        journey.say(cast.clinician, 'manufacturing:StartStep', { ...asked, batch: journey.batch });
      expectRefused(await begin(), 'ON_HOLD');
      expectRefused(await decide(cast.clinician), 'STILL_REVERSIBLE');
      const cancelled = [1, 2].map((dose) =>
        journey.say(cast.clinician, 'therapy:CancelLine', { dose }),
      );
      for (const each of await Promise.all(cancelled)) expectPermitted(each);
      expectRefused(await begin(), 'ORDER_LINE_CANCELLED');
      const place = { site: '4012345000016', depot: '4012345000023', slot: 'slot-3' };
      const line = { dose: NUMBER, day: 60, ...place };
      const ordered = { patientSeen: true, line };
      expectPermitted(await journey.say(cast.clinician, 'therapy:OrderLine', ordered));
      const lifted = { hold: 'hold-before' };
      expectPermitted(await journey.say(cast.releasePerson, 'manufacturing:LiftHold', lifted));
      expectClean(await depleteLymphocytes(journey));
    });

    it('what stands against the dose from then on a physician and a release person both decide on', async () => {
      const { cast } = journey;
      await holdOn(bags()[0], 'hold-after');
      expectRefused(await askToThaw(journey, 1), 'ON_HOLD');
      expectPermitted(await decide(cast.releasePerson));
      expectRefused(await askToThaw(journey, 1), 'ON_HOLD');
      await expectError(decide(cast.pharmacist), 'ROLE_MISSING');
      expectPermitted(await decide(cast.clinician));
      expectPermitted(await askToThaw(journey, 1));
      expectClean(await thaw(journey));
    });

    it('the physician signs for the test that is open, and the dose is given', async () => {
      const verifications = await bedside(journey);
      const item = journey.things.dose;
      const number = { number: NUMBER };
      const unnamed = await authorise(journey, verifications, item, number);
      expectRefused(unnamed, 'OPEN_TEST_NOT_NAMED');
      const named = { ...number, openTests: [OPEN] };
      expectPermitted(await authorise(journey, verifications, item, named));
      expectClean(await administer(journey, item, number));
    });

    it('the test fails after the dose: its physician is alerted, and a recall decided on', async () => {
      expectDeviation(await testSterility(journey, false), 'SAFETY_CHECK_FAILED');
      const reader = { mspId: 'HospitalMSP', label: 'nurse' };
      const { submitter } = world().bench;
      const due = await submitter.read<AlertDue[]>(reader, 'quality:ListAlertsDue', journey.coi);
      expect(due).toMatchObject([
        { kind: 'acknowledgement', dose: 'dose-1', cause: { step: OPEN, checks: ['sterility'] } },
        { kind: 'recall-decision', batch: journey.batch },
      ]);
      expectRefused(await askToThaw(journey, 2), 'CHECK_FAILED');
    });
  });

  exceptedHistories(
    world,
    () => excepted,
    (sterile) => testSterility(excepted, sterile),
  );
}
