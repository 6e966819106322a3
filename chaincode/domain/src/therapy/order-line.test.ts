import { describe, expect, test } from '@jest/globals';
import { actor, COI, command, context, DIGEST, NOW, signed } from '../example.fixture.js';
import { honest, type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import type { Administration, Dose } from '../nouns/dose.js';
import { addMinutes } from '../values/time.js';
import { decideOrderLine, orderLine } from './order-line.js';

const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
const LINE = { dose: 3, day: 57, site: '4012345000016', depot: '4012345000023', slot: 'slot-3' };
const [first, second] = THINGS.vials;

/** A therapy whose first line is of this many containers. */
function ordered(containers: number): Story {
  return honest().change('therapy', COI, ({ orderLines, ...rest }) => ({
    ...rest,
    orderLines: orderLines.map((line) => (line.dose === 1 ? { ...line, containers } : line)),
  }));
}

const given = (
  item: string,
  course: Administration['course'],
  rest: Partial<Administration> = {},
): Administration => ({ ...signed('hospital.nurse'), item, course, annex: DIGEST, ...rest });

function dose(item: string, ...administrations: readonly Administration[]): Dose {
  return {
    ...{ noun: 'dose', coi: COI, id: `dose-${item}`, number: 1, item },
    ...{ verifications: [], authorised: signed(clinician.id), administrations },
  };
}

function order(story: Story, rest: object = {}, at = NOW) {
  const whole = story.whole();
  const body = orderLine.body.parse({
    coi: COI,
    replaces: 1,
    line: LINE,
    patientSeen: true,
    ...rest,
  });
  return decideOrderLine(
    { whole, therapy: whole.therapy },
    command(clinician.id, body),
    context(clinician, { transactionTime: at }),
  );
}

const codes = (decision: ReturnType<typeof order>) =>
  decision.decision === 'refused' ? decision.reasons.map(({ code }) => code) : [];

describe('a further line of the order', () => {
  test('is for what was not given, and names the line in whose place it stands', () => {
    const story = ordered(2).with(
      dose(first, given(first, 'complete')),
      dose(second, given(second, 'interrupted')),
    );
    const decision = order(story);
    expect(decision).toMatchObject({ decision: 'permitted', changes: [{ noun: 'therapy' }] });
    const [changed] = decision.decision === 'permitted' ? decision.changes : [];
    expect(changed).toMatchObject({
      orderLines: [
        { dose: 1, containers: 2 },
        { dose: 2 },
        { ...LINE, replaces: 1, ordered: { actor: clinician.id } },
      ],
    });
  });

  test('is of no more containers than remain', () => {
    const story = ordered(2).with(dose(first, given(first, 'complete')));
    const line = { ...LINE, containers: 2 };
    expect(order(story, { line })).toMatchObject({
      reasons: [{ code: 'AMOUNT_EXCEEDED', expected: 'at most 1', found: '2' }],
    });
    expect(codes(order(honest().with(dose(first, given(first, 'complete')))))).toEqual([
      'AMOUNT_EXCEEDED',
    ]);
  });

  test('counts each container that was given, and none of another line', () => {
    const both = ordered(2).with(
      dose(first, given(first, 'complete')),
      dose(second, given(second, 'complete')),
    );
    expect(codes(order(both))).toEqual(['AMOUNT_EXCEEDED']);
    const ofAnother = { ...dose(first, given(first, 'complete')), number: 2 };
    const line = { ...LINE, containers: 2 };
    expect(codes(order(ordered(2).with(ofAnother), { line }))).toEqual([]);
    expect(codes(order(honest().with({ ...dose(first), number: 2 })))).toEqual([]);
  });

  test('is of what the first line leaves, where the one between was entered in error', () => {
    const annulled = signed('hospital.pharmacist');
    const between = (story: Story) =>
      story.change('therapy', COI, ({ orderLines, ...rest }) => ({
        ...rest,
        orderLines: orderLines.map((line) =>
          line.dose === 2 ? { ...line, replaces: 1, containers: 1, annulled } : line,
        ),
      }));
    const anew = { replaces: 2, line: { ...LINE, containers: 2 } };
    expect(codes(order(between(ordered(2)), anew))).toEqual([]);
    const begun = ordered(2).with(dose(first, given(first, 'complete')));
    expect(codes(order(between(begun), anew))).toEqual(['AMOUNT_EXCEEDED']);
  });

  test('is ordered after an administration that was entered in error', () => {
    const annulled = signed('manufacturer.quality');
    const mistaken = dose(first, given(first, 'complete', { annulled }));
    expect(codes(order(honest().with(mistaken)))).toEqual([]);
  });

  test('is ordered by a physician who saw the patient, when no dose of the other may still be begun', () => {
    expect(codes(order(honest(), { patientSeen: false }))).toEqual(['PATIENT_NOT_SEEN']);
    const standing = honest().with(dose(first));
    expect(codes(order(standing))).toEqual(['AUTHORISATION_STANDS']);
    expect(codes(order(standing, {}, addMinutes(NOW, 61)))).toEqual([]);
  });

  test('is added where it takes no line’s place', () => {
    const decision = order(honest(), { replaces: undefined });
    const [changed] = decision.decision === 'permitted' ? decision.changes : [];
    expect(changed).toMatchObject({ orderLines: [{}, {}, { ...LINE, ordered: {} }] });
    expect(codes(order(honest(), { replaces: undefined, patientSeen: false }))).toEqual([
      'PATIENT_NOT_SEEN',
    ]);
  });

  test('is not ordered in a therapy that was halted', () => {
    const halted = honest().change('therapy', COI, {
      blockers: [{ kind: 'halt', id: 'H.1', code: 'THERAPY_HALTED' }],
    });
    expect(codes(order(halted))).toEqual(['THERAPY_HALTED']);
  });

  test('has a number of its own, and takes the place of a line that there is, once', () => {
    expect(codes(order(honest(), { line: { ...LINE, dose: 2 } }))).toEqual(['DOSE_ORDERED_TWICE']);
    expect(codes(order(honest(), { replaces: 9 }))).toEqual(['DOSE_NOT_ORDERED']);
    const twice = honest().change('therapy', COI, ({ orderLines, ...rest }) => ({
      ...rest,
      orderLines: [...orderLines, { ...LINE, replaces: 1 }],
    }));
    const line = { ...LINE, dose: 4 };
    expect(codes(order(twice, { line }))).toEqual(['ORDER_LINE_REPLACED']);
    expect(codes(order(twice, { line, replaces: 3 }))).toEqual([]);
  });
});
