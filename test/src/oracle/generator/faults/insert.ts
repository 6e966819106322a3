import type { Body, Spoken } from '../spoken.js';
import { resultsOf, withOneFailed } from './contradict.js';
import { type Draw, drawPlace, type FaultKind, inserted, nameOf } from './fault.js';
import { drawSubject } from './parts.js';
import { drawActor } from './people.js';
import { thingsOf } from './things.js';
import { halt as haltOf } from './words.js';

/** Something more that somebody says, with standing mostly. */
export const insert: FaultKind = (draw) => {
  const { random } = draw;
  const near = random.chance(0.5) ? /^care/ : /^care|^custody|^manufacturing/;
  const place = drawPlace(draw, ({ type }) => near.test(type));
  if (place === undefined) return undefined;
  const spoken = random.of(WORDS)(draw);
  if (!spoken) return undefined;
  const other = random.chance(0.25) ? drawActor(draw, spoken) : undefined;
  const said = other === undefined ? spoken : { ...spoken, by: other };
  const about = JSON.stringify(said.body['subject'] ?? said.body['item'] ?? '');
  return inserted('insert', draw, place, `${nameOf(said)} ${about} by ${said.by}`, [said]);
};

/** Another attempt of a step, failed, on the same things. */
export const failedAttempt: FaultKind = (draw) => {
  const { random, plan } = draw;
  const reported = drawPlace(
    draw,
    ({ type, annexes }) => type === 'manufacturing:ReportStep' && resultsOf(annexes).length > 0,
  );
  const report = reported === undefined ? undefined : plan[reported];
  if (reported === undefined || !report) return undefined;
  const later = drawPlace(
    draw,
    (spoken) => plan.indexOf(spoken) > reported && GATES.includes(spoken.type),
  );
  if (later === undefined) return undefined;
  const { says, annexes } = withOneFailed(report, random);
  const attempt: Spoken = {
    ...report,
    annexes: { results: annexes['results'] ?? null },
    body: {
      ...omit(report.body, random.chance(0.3) ? ['batch'] : []),
      attempt: 2,
      outputs: [],
      datasets: [],
      inputs: (report.body['inputs'] as readonly Body[]).map((each) => ({
        ...each,
        consumed: false,
      })),
    },
  };
  return inserted('failed attempt', draw, later, `${nameOf(attempt)}, ${says}`, [attempt]);
};

const GATES = [
  'manufacturing:ApproveDesign',
  'manufacturing:ReviewBatch',
  'manufacturing:CertifyBatch',
  'care:AuthoriseDose',
];

type Word = (draw: Draw) => Spoken | undefined;

const WORDS: readonly Word[] = [
  (draw) => ({
    type: 'manufacturing:PlaceHold',
    by: 'manufacturer.reviewer',
    body: {
      coi: draw.journey.coi,
      hold: 'hold-1',
      subject: drawSubject(draw, thingsOf(draw.journey)),
      reason: 'investigation',
      liftedByRole: 'quality',
    },
    annexes: {},
  }),
  (draw) => ({
    type: 'manufacturing:ReportDeviation',
    by: draw.random.of(['manufacturer.operator', 'lab.lab-technician', 'hospital.nurse']),
    body: {
      coi: draw.journey.coi,
      subject: drawSubject(draw, thingsOf(draw.journey)),
      code: draw.random.of(['IDENTITY_SUSPECTED', 'EQUIPMENT_FAULT', 'CONTAMINATION_SUSPECTED']),
      classification: draw.random.of(['minor', 'major', 'critical']),
    },
    annexes: {},
  }),
  ({ journey, random }) => ({
    type: 'manufacturing:RecallBatch',
    by: 'manufacturer.safety-officer',
    body: { coi: journey.coi, batch: journey.batch, reason: random.of(['sterility', 'identity']) },
    annexes: {},
  }),
  (draw) => haltOf(draw, draw.random.of(['hospital.clinician', 'manufacturer.reviewer'])),
  ({ journey, random }) => ({
    type: random.of(['consent:WithdrawConsent', 'consent:RefuseConsent']),
    by: random.of([journey.patient.id, journey.patient.id, 'patient-2']),
    body: { purpose: random.of(['TREATMENT_MANUFACTURE', 'GENOMIC_SEQUENCING', 'RESEARCH']) },
    annexes: {},
  }),
  ({ journey, random }) => ({
    type: 'custody:DisposeItem',
    by: random.of([
      'hospital.nurse',
      'lab.lab-technician',
      'manufacturer.operator',
      'hospital.pharmacist',
    ]),
    body: {
      coi: journey.coi,
      item: random.of(thingsOf(journey)),
      method: random.of(['incinerated', 'lost']),
      reason: 'rejected',
    },
    annexes: {},
  }),
  ({ journey, random }) => ({
    type: 'custody:RecordReadings',
    by: random.of([
      'hospital.pharmacist',
      'lab.lab-technician',
      'manufacturer.operator',
      'courier.courier',
    ]),
    body: {
      coi: journey.coi,
      item: random.of(thingsOf(journey)),
      logger: 'logger-2',
      readings: [-90_000, -20_000, -5_000].map((afterMs) => ({
        at: { afterMs: afterMs * random.of([1, 1, 200]) },
        temperatureC: random.of([-196, -70, -20, 5, 21, 37]),
      })),
    },
    annexes: {},
  }),
  ({ stage, random }) => {
    const actor = random.of(
      [...stage.people.values()].filter(
        ({ roles }) => !roles.includes('patient') && !roles.includes('registrar'),
      ),
    );
    const registrar = [...stage.people.values()].find(
      ({ organisation, roles }) =>
        organisation === actor.organisation && roles.includes('registrar'),
    );
    if (!registrar) return undefined;
    const minutes = random.of([20, 120, 600]);
    return {
      type: 'registry:RevokeActor',
      by: registrar.id,
      body: {
        actor: actor.id,
        reason: 'key-compromised',
        compromisedSince: { afterMs: -minutes * 60_000 },
      },
      annexes: {},
    };
  },
  ({ journey, random, stage }) => ({
    type: 'care:VerifyBedside',
    by: random.of(['hospital.nurse', 'hospital.clinician', 'hospital.all']),
    body: {
      coi: journey.coi,
      verification: 'verification-9',
      item: random.of([
        journey.given(1),
        ...journey.of('container'),
        ...thingsOf(random.of(stage.journeys)),
      ]),
      labelCoi: random.of(stage.journeys).coi,
      token: 'wristband',
      patient: random.of(stage.journeys).patient.id,
    },
    annexes: {},
  }),
];

function omit(body: Body, names: readonly string[]): Body {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
}
