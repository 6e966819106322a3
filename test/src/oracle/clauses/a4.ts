import { failuresIn, stands } from '../account/failures.js';
import { isClearedByAnnulling } from '../account/annulling.js';
import { usedBy } from '../account/about.js';
import type { Account } from '../account/account.js';
import { isOf, type Said } from '../account/said.js';
import { batchOf, itemOf, lotOf, stepOf, type Thing, therapyOf } from '../account/things.js';
import { itemsAsked, type Matter, type Trouble, troublesIn } from '../matter.js';
import { type Clause, EVERY_GATE } from './clause.js';
import { assignmentTroubles } from './a4-arms.js';
import { excursions, losses } from './a4-conditions.js';
import { handOffTroubles } from './a4-hand-offs.js';
import { expiryOf } from './expiry.js';
import { ofRuns } from './runs.js';

/** Nothing upstream is on hold, expired at its use, ended, or deviates without a disposition that permits use. */
export const A4: Clause = {
  id: 'A4',
  gates: EVERY_GATE,
  forbids: (matter) => [
    ...[
      ...halts(matter),
      ...assignmentTroubles(matter),
      ...holds(matter),
      ...deviations(matter),
      ...excursions(matter),
      ...losses(matter),
      ...handOffTroubles(matter),
      ...mismatches(matter),
      ...rejections(matter),
    ]
      .filter((trouble) => matter.reaches(trouble))
      .map(({ about, why }) => `${about}: ${why}`),
    ...ofRuns(matter, 'open'),
    ...qualityFailures(matter),
    ...expired(matter),
    ...ended(matter),
    ...underway(matter),
  ],
};

/** A halted therapy: nothing of it begins any more, unless that was said in error and somebody looked. */
function halts({ account }: Matter): Trouble[] {
  return account
    .ever('therapy:HaltTherapy')
    .filter((said) => !isClearedByAnnulling(account, said))
    .map(({ body }) => ({ about: therapyOf(body.coi), why: 'halted' }));
}

function holds(matter: Matter): Trouble[] {
  const { account } = matter;
  const lifts = account.of('manufacturing:LiftHold');
  return account
    .ever('manufacturing:PlaceHold')
    .filter((said) => !isClearedByAnnulling(account, said))
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
    .flatMap((said) => {
      const about = account.aboutKnown(said);
      const why = `hold ${said.body.hold}`;
      return isNameTaken(account, said) ? troublesIn(matter, said, [about], why) : [{ about, why }];
    });
}

/** Whether a hold's name stands for another one already: nobody could lift it, and quality looks at it instead. */
function isNameTaken(account: Account, { body, index }: Said<'manufacturing:PlaceHold'>): boolean {
  return account
    .ever('manufacturing:PlaceHold')
    .some(
      (each) => each.index < index && each.body.coi === body.coi && each.body.hold === body.hold,
    );
}

function deviations(matter: Matter): Trouble[] {
  const { account } = matter;
  return account
    .ever('manufacturing:ReportDeviation')
    .flatMap((said) => troublesIn(matter, said, [account.aboutKnown(said)], said.body.code));
}

/** Things whose own label was wrong at the bedside. */
function mismatches(matter: Matter): Trouble[] {
  const { account } = matter;
  return account
    .ever('care:VerifyBedside')
    .filter(({ body }) => body.labelCoi !== body.coi)
    .filter((said) => {
      const place = account.custody.place(said.body.item);
      return place?.coi === said.body.coi || place?.holder === said.organisation;
    })
    .flatMap((said) =>
      troublesIn(matter, said, [itemOf(said.body.item)], 'its label did not match the patient'),
    );
}

/** What quality rejected stays rejected. */
function rejections({ account }: Matter): Trouble[] {
  return account.rejected.map((about) => ({ about, why: 'rejected' }));
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
    .filter((recorded) => {
      // who extends is asked by the date that the batch is to have
      const extended =
        isOf(asked, 'quality:ExtendExpiry') && asked.body.batch === recorded.body.batch;
      return (
        (extended ? Date.parse(asked.body.expiry) : expiryOf(account, recorded).at) <= asked.time
      );
    })
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

/** Things whose hand-off nobody accepted to whom it was addressed, and of which quality permitted nothing that came instead. */
function underway({ account, gate, upstream, subjects }: Matter): string[] {
  return account
    .of('custody:ReleaseItem')
    .filter((release) => {
      const thing = itemOf(release.body.item);
      if (!upstream.has(thing) || (gate !== 'dose' && subjects.includes(thing))) return false;
      if (usesOf(account, thing).some((use) => use.index < release.index)) return false;
      if (account.custody.isTaken(release) || account.wasIdentified(release, thing)) return false;
      return !isConcluded(account, release);
    })
    .map(({ body }) => `${body.item} was released to ${body.to} and not received`);
}

/**
 * Whether a hand-off came to its end: its addressee received the thing; or quality permitted that somebody else did, that
 * somebody found it, that its addressee handed it on without a receipt, or that it was released once more.
 */
function isConcluded(account: Account, release: Said<'custody:ReleaseItem'>): boolean {
  const { body, organisation, index } = release;
  const found = account.custody.place(body.item)?.found;
  if (found && account.isSettled(found)) return true;
  const received = account
    .ever('custody:ReceiveItem')
    .filter((each) => each.body.item === body.item && each.body.handOff === body.handOff)
    .some((each) => each.organisation === body.to || account.isSettled(each));
  return (
    received ||
    account
      .ever('custody:ReleaseItem')
      .filter((each) => each.index > index && each.body.item === body.item)
      .filter((each) => [body.to, organisation].includes(each.organisation))
      .some((each) => account.isSettled(each))
  );
}

/** The words by which something was made of a thing: what is said of its way after that stops nothing. */
function usesOf(account: Account, thing: Thing): readonly Said[] {
  return [...account.of('custody:DeriveItem'), ...account.of('manufacturing:ReportStep')].filter(
    (each: Said) => usedBy(each).includes(thing),
  );
}

/** A dose that was used up, disposed of or given, or that is on its way to somebody else. */
function ended({ account, asked }: Matter): string[] {
  return itemsAsked(asked).flatMap((item) => {
    const place = account.custody.place(item);
    if (!place) return [];
    const elsewhere = place.holder !== asked.organisation && !isOf(asked, 'care:DecideToGoOn');
    return [
      ...(place.lost && !isClearedByAnnulling(account, place.lost)
        ? [`nobody knows where ${item} is`]
        : []),
      ...(place.ended ? [`${item} was ended by ${place.ended.type}`] : []),
      ...(place.open ? [`${item} was released to ${place.open.to}`] : []),
      ...(elsewhere ? [`${item} is with ${place.holder}`] : []),
    ];
  });
}
