import type { Account } from '../account/account.js';
import { testsOf } from '../account/origins.js';
import { isOf, type Said } from '../account/said.js';
import { itemOf, stepOf, type Thing } from '../account/things.js';
import { outcomesOf } from '../account/verdicts.js';
import { releaseTests, type StepDefinition } from '../definition.js';
import { isAboutDose, type Matter } from '../matter.js';

type Batch = Said<'manufacturing:RecordBatch'>;

/** Release tests that no attempt passed in full on a sample of the batch's fill, but for those that may follow. */
export function untested(matter: Matter, batch: Batch): string[] {
  return lacking(matter, batch)
    .filter(({ mayFollow }) => !mayFollow)
    .map((test) => `batch ${batch.body.batch}${untestedBy(test)}`);
}

/** How what is said of a batch ends that a release test has no result of. */
export function untestedBy({ id }: StepDefinition): string {
  return ` was not tested by ${id}`;
}

/** Tests that may follow and have no result yet, which who certifies and the physician who authorises do not name as open. */
export function unnamed(matter: Matter, batch: Batch): string[] {
  const named = openNamed(matter.asked);
  if (!named) return [];
  return lacking(matter, batch)
    .filter(({ mayFollow, id }) => mayFollow && !named.includes(id))
    .map(({ id }) => `${id} of batch ${batch.body.batch} is open, and nobody signs for it`);
}

/** The tests that a permission is asked for without; undefined where nobody has to sign for those. */
function openNamed(asked: Said): readonly string[] | undefined {
  if (isOf(asked, 'manufacturing:CertifyBatch')) return asked.body.openTests ?? [];
  return isAboutDose(asked) ? (asked.body.openTests ?? []) : undefined;
}

/** Release tests without a result in full on a sample of the batch's fill. */
function lacking(matter: Matter, batch: Batch): readonly StepDefinition[] {
  const { account, therapy } = matter;
  const fill = stepOf(batch.body.coi, batch.body.fill.step, batch.body.fill.attempt);
  const tests = testsOf(account, batch).filter((test) => !wasAnnulled(account, test));
  return releaseTests(therapy.definition).filter(
    (step) =>
      !tests.some(
        (test) =>
          test.body.step === step.id &&
          isOfSamples(matter, test, step, fill) &&
          outcomesOf(account, test).every(({ verdict }) => verdict !== 'missing'),
      ),
  );
}

/** Whether an attempt was entered in error: it stays so under its number, whatever is stated under that again (G3). */
function wasAnnulled({ annulled }: Account, { body }: Said<'manufacturing:ReportStep'>): boolean {
  const attempt = stepOf(body.coi, body.step, body.attempt);
  return annulled.some(
    ({ said }) =>
      isOf(said, 'manufacturing:ReportStep') &&
      stepOf(said.body.coi, said.body.step, said.body.attempt) === attempt,
  );
}

/**
 * Whether a test took samples of a fill and nothing else, none of which waits for a look at whose it is (A1); one that
 * compares with the origin also took something of the very collection that the fill was made of, and not of the fill.
 */
function isOfSamples(
  { account }: Matter,
  { body }: Said<'manufacturing:ReportStep'>,
  { checks }: StepDefinition,
  fill: Thing,
): boolean {
  const { madeOf } = account.origins;
  const items = body.inputs.map(({ item }) => itemOf(item));
  if (items.some((item) => account.waitsForLook(item) || isSaidGiven(account, item))) return false;
  const others = items.filter((item) => !madeOf.of(item).has(fill));
  if (!checks.some(({ comparesOrigin }) => comparesOrigin)) {
    return items.length > 0 && others.length === 0;
  }
  const collected = new Set(
    account.of('custody:CollectItem').map((each) => itemOf(each.body.item)),
  );
  const origins = [...madeOf.closure([fill])].filter((thing) => collected.has(thing));
  const ofOrigin = (item: Thing) => {
    const upstream = madeOf.closure([item]);
    return origins.some((each) => each === item || (upstream.has(each) && !upstream.has(fill)));
  };
  return others.length > 0 && others.length < items.length && others.every(ofOrigin);
}

/** Whether somebody told that a thing was given, where it was not to be, and quality has not looked. */
function isSaidGiven(account: Account, thing: Thing): boolean {
  return account
    .ever('care:RecordAdministration')
    .filter(({ body }) => itemOf(body.item) === thing && body.course !== 'not-started')
    .filter(({ answer }) => answer.deviations.length > 0)
    .some((told) => account.unsettled(told, [thing]).includes(thing));
}
