import { failuresIn, stands } from '../account/failures.js';
import { isOf } from '../account/said.js';
import { batchOf, itemOf, lotOf, stepOf, subjectOf } from '../account/things.js';
import type { Matter, Trouble } from '../matter.js';
import { type Clause, EVERY_GATE } from './clause.js';
import { excursions } from './a4-conditions.js';
import { handOffTroubles } from './a4-hand-offs.js';

/** Nothing upstream is on hold, expired at its use, ended, or deviates without a disposition that permits use. */
export const A4: Clause = {
  id: 'A4',
  gates: EVERY_GATE,
  forbids: (matter) => [
    ...[
      ...holds(matter),
      ...deviations(matter),
      ...excursions(matter),
      ...handOffTroubles(matter),
      ...mismatches(matter),
      ...rejections(matter),
    ]
      .filter((trouble) => matter.reaches(trouble))
      .map(({ about, why }) => `${about}: ${why}`),
    ...qualityFailures(matter),
    ...expired(matter),
    ...ended(matter),
    ...underway(matter),
  ],
};

function holds({ account }: Matter): Trouble[] {
  const lifts = account.of('manufacturing:LiftHold');
  return account
    .of('manufacturing:PlaceHold')
    .filter(
      ({ body, index }) =>
        !lifts.some(
          (lift) =>
            lift.index > index &&
            lift.body.coi === body.coi &&
            lift.body.hold === body.hold &&
            lift.roles.includes(body.liftedByRole),
        ),
    )
    .map((said) => ({ about: account.aboutKnown(said), why: `hold ${said.body.hold}` }));
}

function deviations({ account }: Matter): Trouble[] {
  return account
    .of('manufacturing:ReportDeviation')
    .filter((said) => !account.isSettled(said))
    .map((said) => ({ about: account.aboutKnown(said), why: said.body.code }));
}

/** Things whose own label was wrong at the bedside. */
function mismatches({ account }: Matter): Trouble[] {
  return account
    .of('care:VerifyBedside')
    .filter(({ body }) => body.labelCoi !== body.coi)
    .filter((said) => {
      const place = account.custody.place(said.body.item);
      return place?.coi === said.body.coi || place?.holder === said.organisation;
    })
    .filter((said) => !account.isSettled(said))
    .map(({ body }) => ({ about: itemOf(body.item), why: 'its label did not match the patient' }));
}

/** What quality rejected stays rejected. */
function rejections({ account }: Matter): Trouble[] {
  const rejected = new Set(
    account
      .of('manufacturing:RecordDisposition')
      .filter(({ body }) => body.decision === 'reject')
      .map(({ body }) => body.deviation),
  );
  return account
    .of('manufacturing:ReportDeviation')
    .filter(({ answer }) => answer.deviations.some(({ id }) => rejected.has(id)))
    .map(({ body }) => ({ about: subjectOf(body.subject), why: 'rejected' }));
}

/** Checks of class quality that failed on the way, of the attempt itself. */
function qualityFailures(matter: Matter): string[] {
  return failuresIn(matter)
    .filter(
      ({ as, late, class: of }) =>
        of === 'quality' && !late && (as === 'upstream' || as === 'named-test'),
    )
    .filter((each) => stands(matter, each))
    .filter(({ report: { body } }) =>
      matter.reaches({ about: stepOf(body.coi, body.step, body.attempt), why: '' }),
    )
    .map(({ check, verdict, report }) => `${report.body.step}: ${check} ${verdict}`);
}

/** Batches that are expired now, lots that were when they were used. */
function expired({ account, asked, upstream }: Matter): string[] {
  const batches = account
    .of('manufacturing:RecordBatch')
    .filter(({ body }) => upstream.has(batchOf(body.coi, body.batch)))
    .filter(({ body }) => Date.parse(body.expiry) <= asked.time)
    .map(({ body }) => `batch ${body.batch} is expired`);
  const expiries = new Map(
    account
      .of('manufacturing:RegisterLot')
      .map(({ body }) => [lotOf(body.lot), Date.parse(body.expiry)]),
  );
  const lots = account
    .of('manufacturing:ReportStep')
    .filter(({ body }) => upstream.has(stepOf(body.coi, body.step, body.attempt)))
    .flatMap(({ body, time }) =>
      body.lots
        .filter((lot) => (expiries.get(lotOf(lot)) ?? Infinity) <= time)
        .map((lot) => `${lot} was expired when it was used`),
    );
  return [...batches, ...lots];
}

/** Things that were used though they had been released and nobody had received them. */
function underway({ account, upstream, subjects }: Matter): string[] {
  return [...upstream]
    .filter((thing) => !subjects.includes(thing))
    .map((thing) => JSON.parse(thing) as [string, string])
    .filter(([of, item]) => {
      const place = of === 'item' ? account.custody.place(item) : undefined;
      return place?.open && !(place.found && account.isSettled(place.found));
    })
    .map(([, item]) => `${item} was released and not received`);
}

/** A dose that was used up, disposed of or given, or that is on its way to somebody else. */
function ended({ account, asked, gate }: Matter): string[] {
  if (gate !== 'dose' || !isOf(asked, 'care:AuthoriseDose')) return [];
  const place = account.custody.place(asked.body.item);
  if (!place) return [];
  const { found } = place;
  const here = found?.organisation === asked.organisation && account.isSettled(found);
  return [
    ...(place.ended ? [`${asked.body.item} was ended by ${place.ended.type}`] : []),
    ...(place.open && !here ? [`${asked.body.item} was released to ${place.open.to}`] : []),
    ...(place.holder === asked.organisation || here
      ? []
      : [`${asked.body.item} is with ${place.holder}`]),
  ];
}
