import { type Act, type Body, reportType } from '../../spoken.js';
import type { Draw } from '../fault.js';
import * as parts from '../parts.js';
import * as words from '../words.js';
import { type Aim, before, type Gate, instead, otherwise, placeOf, planned, wait } from './aim.js';

const START = 'manufacturing:StartStep';

const BEGINNINGS: readonly Gate[] = ['beginning', 'second beginning'];

/** Whose keys somebody else had, who made, tested, reviewed or certified. */
function compromise({ random }: Draw): Act {
  return words.word('registry:RevokeActor', 'manufacturer.registrar', {
    actor: `manufacturer.${random.of(['operator', 'tester', 'reviewer', 'release-person'])}`,
    reason: 'key-compromised',
    compromisedSince: { afterMs: -random.of([100, 300, 2000]) * 60_000 },
  });
}

/** What stands against a product, and against what cannot be undone. */
function against(draw: Draw): readonly Act[] {
  const { random, journey } = draw;
  const [container = ''] = journey.of('container');
  const item = random.of([...parts.made(draw), container]);
  const subject = words.subjectItem(draw, item);
  const purpose = parts.dosePurpose(draw);
  return random.of<readonly Act[]>([
    [words.hold(draw, subject)],
    [words.hold(draw, subject)],
    [words.deviation(draw, 'manufacturer.operator', subject, 'EQUIPMENT_FAULT')],
    [words.deviation(draw, 'manufacturer.operator', subject, 'IDENTITY_SUSPECTED')],
    [
      words.readings(draw, 'hospital.pharmacist', container, [
        [2, 40],
        [1, 41],
      ]),
    ],
    [words.recallBatch(draw, 'manufacturer.reviewer', 'sterility')],
    [compromise(draw)],
    [compromise(draw)],
    [words.word('consent:WithdrawConsent', journey.patient.id, { purpose })],
    words.consentFor(
      draw,
      purpose,
      journey.patient.id,
      // a second after it is given
      { validUntil: { afterMs: 5 * 60_000 + 1000 } },
      words.consentGiven(draw, purpose),
    ),
  ]);
}

/** Who signs that they go on: a physician and a release person, or not. */
const SIGNERS = [
  ['hospital.clinician', 'manufacturer.release-person'],
  ['hospital.clinician', 'manufacturer.release-person'],
  ['hospital.clinician', 'manufacturer.release-person'],
  ['manufacturer.release-person', 'hospital.clinician'],
  ['hospital.clinician', 'manufacturer.reviewer'],
  ['hospital.clinician', 'hospital.pharmacist'],
  ['hospital.clinician', 'clinic.release-person'],
  ['clinic.clinician', 'manufacturer.release-person'],
  ['hospital.clinician'],
];

/** Two people decide to go on in spite of what stands against a product, or not in time, or not in the same words. */
const decided: Aim = (draw) => {
  const { random, journey } = draw;
  const gate = random.of<Gate>(['second beginning', 'dose', 'dose']);
  if (placeOf(draw, 'beginning') === -1) return undefined;
  const [container = ''] = journey.of('container');
  const item =
    gate === 'dose'
      ? random.of([journey.given(1), journey.given(1), journey.given(1), container])
      : container;
  const held = words.hold(draw, words.subjectItem(draw, random.of([...parts.made(draw), item])));
  const [first = '', second] = random.of(SIGNERS);
  const same: Body = random.chance(0.2) ? { continueAfterLapse: true } : {};
  const other: Body = random.chance(0.1) ? { continueAfterLapse: true } : same;
  const minutes = draw.definition.decisionMinutes ?? 60;
  const between = random.of<readonly Act[]>([[], [], [], [wait(minutes + 2)], against(draw)]);
  const after = random.of<readonly Act[]>([[], [], [], [wait(minutes + 2)], against(draw)]);
  return before(draw, gate, `decided by ${first}, ${second ?? 'nobody'}`, [
    ...(random.chance(0.6) ? [held] : against(draw)),
    words.goOn(draw, first, item, same),
    ...between,
    ...(second === undefined ? [] : [words.goOn(draw, second, item, other)]),
    ...after,
  ]);
};

/** A release test is set aside after the certification, and two decide to go on without its result. */
const untested: Aim = (draw) => {
  const { random, journey, plan } = draw;
  const gate = random.of<Gate>(['second beginning', 'dose', 'dose']);
  const test = random.of(parts.testSteps(draw));
  const report = plan[planned(draw, reportType, { step: test.id })];
  if (placeOf(draw, 'beginning') === -1 || !report) return undefined;
  const [container = ''] = journey.of('container');
  const item = gate === 'dose' ? journey.given(1) : container;
  const [first = '', second] = random.of(SIGNERS.slice(0, 5));
  return before(draw, gate, `${test.id} is set aside, and decided by ${first}, ${second ?? ''}`, [
    words.annul(report, 'wrong-identifier'),
    ...(random.chance(0.7) ? [{ type: 'settle' } as const] : []),
    words.goOn(draw, first, item),
    ...(second === undefined ? [] : [words.goOn(draw, second, item)]),
  ]);
};

/** What cannot be undone, each way to go wrong with it. */
export const A10: readonly Aim[] = [
  untested,
  (draw) => before(draw, BEGINNINGS, 'something stands against it', against(draw)),
  (draw) => {
    const gate = draw.random.of(BEGINNINGS);
    const certify = planned(draw, 'manufacturing:CertifyBatch');
    return placeOf(draw, gate) === -1
      ? undefined
      : instead(draw, gate, certify, 'not certified', () => []);
  },
  (draw) => {
    // over before it begins, or while there is still time
    const expiry = { expiry: { afterMs: draw.random.of([30, 60, 600]) * 60_000 } };
    const record = planned(draw, 'manufacturing:RecordBatch');
    return instead(draw, BEGINNINGS, record, 'expires soon', otherwise(expiry));
  },
  (draw) => {
    // for a second dose that nobody ordered
    const order = planned(draw, 'therapy:OrderTherapy');
    const lines = (draw.plan[order]?.body['orderLines'] ?? []) as readonly Body[];
    const one = otherwise({ orderLines: lines.slice(0, 1) });
    return instead(draw, 'last beginning', order, 'one dose ordered', one);
  },
  (draw) => {
    // what is prepared without asking
    const place = placeOf(draw, 'second beginning');
    const quick = draw.random.of(['never', 'never', 'before each gate'] as const);
    return instead(draw, 'dose', place, 'nobody asks', () => [], quick);
  },
  (draw) => {
    const place = placeOf(draw, 'second beginning');
    const minutes = draw.definition.authorisationMinutes + draw.random.of([-6, 2, 10]);
    return instead(draw, 'dose', place, 'prepared later', (spoken) => [spoken, wait(minutes)]);
  },
  (draw) => {
    // of another thing than was asked for
    const place = placeOf(draw, 'second beginning');
    const other = draw.journey.of('container')[1] ?? '';
    return instead(draw, 'dose', place, 'asked for another', (spoken) => [
      { ...spoken, body: { ...spoken.body, inputs: [other] } },
    ]);
  },
  (draw) => {
    // what the patient goes through has not been gone through
    const [step] = parts.undergoneSteps(draw);
    if (!step || placeOf(draw, 'second beginning') === -1) return undefined;
    const begun = draw.plan.findIndex(
      ({ type, body }) => type === START && body['step'] === step.id,
    );
    const told = planned(draw, 'manufacturing:ReportStep', { step: step.id });
    const fault = instead(draw, 'second beginning', told, `${step.id} is left out`, () => []);
    const none = draw.random.chance(0.5)
      ? [words.goOn(draw, 'hospital.clinician', draw.journey.of('container')[0] ?? '')]
      : [];
    return fault && { ...fault, slots: new Map([...fault.slots, [begun, () => none]]) };
  },
  decided,
  decided,
  decided,
];
