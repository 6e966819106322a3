import type { Act } from '../../spoken.js';
import * as parts from '../parts.js';
import * as words from '../words.js';
import { type Aim, before, both, instead, planned, wait } from './aim.js';
import { failing } from './failing.js';

const REPORT = 'manufacturing:ReportStep';

/** A batch that failed a test of safety goes out by an exception, as it should or but for one thing. */
const exceptional: Aim = (draw) => {
  const { random } = draw;
  const failed = parts.spoilt(parts.testSteps(draw).slice(-1), 'safety').at(-1);
  if (!failed) return undefined;
  const agreed = words.exception(draw, random.of(['supply', 'supply', 'supply', 'do-not-supply']));
  const left = random.chance(0.5) ? undefined : random.of(agreed);
  const no: readonly Act[] = random.chance(0.2)
    ? [
        words.word('consent:WithdrawConsent', draw.journey.patient.id, {
          purpose: 'OOS_ADMINISTRATION',
        }),
      ]
    : [];
  const signed = agreed.filter((each) => each !== left);
  const gate = random.of(['review', 'dose', 'dose'] as const);
  const test = planned(draw, REPORT, { step: failed.step.id });
  return [
    instead(draw, gate, test, `${failed.check} failed`, (spoken) => [
      failing(spoken, failed.check, failed.value),
    ]),
    instead(
      draw,
      gate,
      planned(draw, 'manufacturing:ReviewBatch'),
      `an exception${left ? ` without ${left.type}` : ''}`,
      (spoken) => [...signed, spoken, ...no],
      random.of(['never', 'before each gate']),
    ),
    instead(draw, gate, planned(draw, 'manufacturing:CertifyBatch'), 'not certified', () => []),
  ].reduce(both);
};

/** A pass, for what something may stand against. */
const passed: Aim = (draw) => {
  const { random, journey } = draw;
  const item = random.of([...parts.made(draw), journey.given(1)]);
  const purpose = parts.dosePurpose(draw);
  const against = random.of<readonly Act[]>([
    [],
    [words.hold(draw, words.subjectItem(draw, item))],
    [words.recallBatch(draw, 'manufacturer.reviewer', 'sterility')],
    [words.word('consent:WithdrawConsent', journey.patient.id, { purpose })],
    [wait(parts.inUseMinutes(draw) + random.of([-10, 5]))],
  ]);
  const by = random.of(['hospital.pharmacist', 'hospital.pharmacist', 'clinic.pharmacist']);
  return before(draw, 'dose', `a pass by ${by}`, [
    ...against,
    words.pass(draw, by, random.of([1, 1, 1, 9])),
  ]);
};

/** Physician and pharmacist override what stands against a dose, or what they cannot. */
const overridden: Aim = (draw) => {
  const { random, journey } = draw;
  const item = random.of([...parts.made(draw), journey.given(1)]);
  const purpose = parts.dosePurpose(draw);
  const against = random.of<readonly Act[]>([
    [words.hold(draw, words.subjectItem(draw, item))],
    [words.recallBatch(draw, 'manufacturer.reviewer', 'sterility')],
    [words.word('consent:WithdrawConsent', journey.patient.id, { purpose })],
    [words.readings(draw, 'hospital.pharmacist', journey.given(1), [[1, 60]])],
  ]);
  const signers = random.of([
    ['hospital.clinician', 'hospital.pharmacist'],
    ['hospital.pharmacist', 'hospital.clinician'],
    ['hospital.clinician'],
    ['hospital.clinician', 'clinic.pharmacist'],
  ]);
  const late = random.chance(0.2) ? [wait(draw.definition.authorisationMinutes + 2)] : [];
  const [first = '', second] = signers;
  const signed = [
    words.override(draw, first),
    ...(second === undefined ? [] : [...late, words.override(draw, second)]),
  ];
  const certified = planned(draw, 'manufacturing:CertifyBatch');
  const dose = before(draw, 'dose', `overridden by ${signers.join(', ')}`, [...against, ...signed]);
  return random.chance(0.25)
    ? both(
        instead(draw, 'dose', certified, 'not certified', () => []),
        dose,
      )
    : dose;
};

export const REPLACING: Readonly<Record<string, readonly Aim[]>> = {
  A11: [exceptional, exceptional, passed, overridden],
};
