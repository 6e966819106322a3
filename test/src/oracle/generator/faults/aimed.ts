import type { Body, Spoken } from '../spoken.js';
import { withOneFailed } from './contradict.js';
import { changed, type Draw, drawPlace, type Fault, type FaultKind, inserted } from './fault.js';

/** Faults of clauses that the others seldom meet. */
export const aimed: FaultKind = (draw) => draw.random.of(AIMED)(draw);

const AT_DOSE = ({ type }: Spoken) => type === 'care:AuthoriseDose';

const AIMED: readonly FaultKind[] = [
  (draw) => otherwise(draw, AT_DOSE, { number: draw.random.of([1, 2, 3]) }),
  (draw) => otherwise(draw, AT_DOSE, { item: draw.journey.things.dose }),
  (draw) =>
    more(draw, AT_DOSE, {
      type: draw.random.of(['consent:WithdrawConsent', 'consent:RefuseConsent']),
      by: draw.journey.patient.id,
      body: { purpose: 'TREATMENT_MANUFACTURE' },
      annexes: {},
    }),
  longInUse,
  (draw) => failedTest(draw, draw.journey.things.retainedVial),
  (draw) => failedTest(draw, draw.journey.things.sampleVial),
  compromise,
  (draw) =>
    by(draw, ({ type }) => /ReviewBatch|CertifyBatch/.test(type), [
      'manufacturer.tester',
      'manufacturer.all',
      'manufacturer.reviewer',
    ]),
  (draw) =>
    by(draw, ({ type, body }) => type === 'custody:CollectItem' && 'confirms' in body, [
      'hospital.collector',
    ]),
  (draw) =>
    otherwise(draw, ({ type }) => type === 'custody:ReceiveItem', {
      coi: draw.stage.journeys[1].coi,
    }),
];

function otherwise(draw: Draw, fits: (spoken: Spoken) => boolean, other: Body): Fault | undefined {
  const place = drawPlace(draw, fits);
  if (place === undefined) return undefined;
  return changed('aimed', draw, place, JSON.stringify(other), (spoken) => ({
    ...spoken,
    body: { ...spoken.body, ...other },
  }));
}

function by(
  draw: Draw,
  fits: (spoken: Spoken) => boolean,
  people: readonly string[],
): Fault | undefined {
  const place = drawPlace(draw, fits);
  if (place === undefined) return undefined;
  const actor = draw.random.of(people);
  return changed('aimed', draw, place, `by ${actor}`, (spoken) => ({ ...spoken, by: actor }));
}

function more(draw: Draw, fits: (spoken: Spoken) => boolean, spoken: Spoken): Fault | undefined {
  const place = drawPlace(draw, fits);
  if (place === undefined) return undefined;
  return inserted('aimed', draw, place, `${spoken.type} by ${spoken.by}`, [spoken]);
}

/** A dose that waits longer than it may after its preparation. */
function longInUse(draw: Draw): Fault | undefined {
  const { dose } = draw.journey.things;
  const place = draw.plan.findIndex(
    ({ type, body }) => type === 'care:VerifyBedside' && body['item'] === dose,
  );
  if (place === -1) return undefined;
  const minutes = draw.random.of([350, 362]);
  return inserted('aimed', draw, place, `${minutes} minutes in use`, [
    { type: 'wait', ms: minutes * 60_000 },
  ]);
}

/** A release test that fails on a sample of the fill, with the batch's name or without. */
function failedTest(draw: Draw, item: string): Fault | undefined {
  const { plan, random } = draw;
  const test = plan.find(
    ({ type, body }) => type === 'manufacturing:ReportStep' && body['step'] === 'release-tests',
  );
  if (!test) return undefined;
  const { says, annexes } = withOneFailed(test, random);
  const { batch, ...rest } = test.body;
  const named: Body = random.chance(0.3) && batch !== undefined ? { batch } : {};
  const spoken: Spoken = {
    ...test,
    annexes,
    body: { ...rest, ...named, attempt: 2, inputs: [{ item, consumed: false }] },
  };
  const place = drawPlace(draw, ({ type }) => /ReviewBatch|CertifyBatch|AuthoriseDose/.test(type));
  return place === undefined
    ? undefined
    : inserted('aimed', draw, place, `release-tests 2 on ${item}, ${says}`, [spoken]);
}

/** Keys of somebody who signed on the way turn out to have been in other hands. */
function compromise(draw: Draw): Fault | undefined {
  const { random, stage, journey } = draw;
  const { collector, labTechnician, operator, designer, courier, reviewer } = journey.cast;
  const actor = random.of([collector, labTechnician, operator, designer, courier, reviewer]);
  const registrar = [...stage.people.values()].find(
    ({ organisation, roles }) => organisation === actor.organisation && roles.includes('registrar'),
  );
  if (!registrar) return undefined;
  const compromisedSince = { afterMs: -random.of([60, 300, 1200]) * 60_000 };
  return more(draw, AT_DOSE, {
    type: 'registry:RevokeActor',
    by: registrar.id,
    body: { actor: actor.id, reason: 'key-compromised', compromisedSince },
    annexes: {},
  });
}
