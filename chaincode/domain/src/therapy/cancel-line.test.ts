import { describe, expect, test } from '@jest/globals';
import { actor, COI, command, context, DIGEST, NOW, signed } from '../example.fixture.js';
import { reasonsOfOrder } from '../gates/order-line.js';
import { honest, type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import { waiting } from '../next/next.fixture.js';
import type { Dose } from '../nouns/dose.js';
import { addMinutes } from '../values/time.js';
import { cancelLine, decideCancelLine } from './cancel-line.js';

const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
const [vial] = THINGS.vials;

function cancel(story: Story, dose = 1, at = NOW) {
  const whole = story.whole();
  return decideCancelLine(
    { whole, therapy: whole.therapy },
    command(clinician.id, cancelLine.body.parse({ coi: COI, dose })),
    context(clinician, { transactionTime: at }),
  );
}

function cancelled(story: Story, dose = 1): Story {
  const decision = cancel(story, dose);
  const [changed] = decision.decision === 'permitted' ? decision.changes : [];
  if (changed?.noun !== 'therapy') throw new Error('the line is not cancelled');
  return story.change('therapy', COI, () => changed);
}

const codes = (decision: ReturnType<typeof cancel>) =>
  decision.decision === 'refused' ? decision.reasons.map(({ code }) => code) : [];

const authorised: Dose = {
  ...{ noun: 'dose', coi: COI, id: 'dose-1', number: 1, item: vial },
  ...{ verifications: [], authorised: signed(clinician.id), administrations: [] },
};

describe('a line that a physician cancels', () => {
  test('takes no dose any more', () => {
    const whole = cancelled(honest()).whole();
    const asked = { dose: 'dose-9', number: 1, item: vial };
    expect(reasonsOfOrder(whole, asked, NOW).map(({ code }) => code)).toEqual([
      'ORDER_LINE_CANCELLED',
    ]);
  });

  test('is waited for by nobody: the next line is, and after the last what became of the patient', () => {
    const given = { ...signed('hospital.nurse'), item: vial, annex: DIGEST };
    const first = honest().with({
      ...authorised,
      administrations: [{ ...given, course: 'complete' }],
    });
    expect(waiting(cancelled(first, 2))).toEqual([
      'follow-up: RecordOutcome by clinician of HospitalMSP',
    ]);
  });

  test('is there, stands in force and has no dose that may still be begun', () => {
    expect(codes(cancel(honest(), 9))).toEqual(['DOSE_NOT_ORDERED']);
    expect(codes(cancel(cancelled(honest())))).toEqual(['ORDER_LINE_CANCELLED']);
    const standing = honest().with(authorised);
    expect(codes(cancel(standing))).toEqual(['AUTHORISATION_STANDS']);
    expect(codes(cancel(standing, 1, addMinutes(NOW, 61)))).toEqual([]);
    const replaced = honest().change('therapy', COI, ({ orderLines, ...rest }) => {
      const line = { dose: 3, day: 57, site: '4012345000016', depot: '4012345000023', slot: 's' };
      return { ...rest, orderLines: [...orderLines, { ...line, replaces: 1 }] };
    });
    expect(codes(cancel(replaced))).toEqual(['ORDER_LINE_REPLACED']);
  });
});
