import type { Account } from './account.js';
import type { Signature } from './annulments.js';
import { usedBy, aboutOf, outputsOf } from './about.js';
import { isOf, type Said } from './said.js';
import { coiOf } from './standing.js';
import { itemOf, type Thing } from './things.js';

type OfRun = Said<'manufacturing:ReportRunFailure' | 'manufacturing:ConfirmRunFailure'>;

/** Whether a block was annulled, and somebody looked at what that led to. */
export function isClearedByAnnulling(account: Account, said: Said): boolean {
  const last = account.annulments.of(said);
  return last !== undefined && account.isSettled(last);
}

/**
 * Whether an annulled recall of a lot recalls nothing any more: its owner has looked, and registered the lot anew; one that was
 * annulled before anybody registered the lot stays an alarm, and no more.
 */
export function isTakenBack(account: Account, said: Said<'manufacturing:RecallLot'>): boolean {
  const last = account.annulments.of(said);
  if (last === undefined) return false;
  const registered = account.registrations.behind(said);
  if (registered === undefined || registered.index > last.index) return true;
  return account
    .of('manufacturing:RegisterLot')
    .some(({ body, index }) => index > last.index && body.lot === said.body.lot);
}

/**
 * Why a signature under an annulment should not have been taken, or not have been the last (G3).
 * @param history everything that was said
 */
export function wrongInAnnulling(
  account: Account,
  history: readonly Said[],
  signature: Signature,
): readonly string[] {
  const record = history.find(({ answer }) => answer.command === signature.body.command);
  if (!record) return ['it annuls nothing'];
  if (FOR_GOOD.includes(record.type)) return [`nobody annuls ${record.type}`];
  if (account.annulments.of(record) !== signature) return [];
  const signers = account.annulments.signatures(signature);
  if (isOfRun(record)) return wrongOfRun(account, record, signers);
  const coi = coiOf(record);
  const therapy = coi === undefined ? undefined : account.therapies.get(coi);
  if (!therapy) return [];
  if (isSlip(history, record, signature) && signers.some(({ actor }) => actor === record.actor)) {
    return people(signers).size > 1 ? [] : ['nobody but its signer signed'];
  }
  const ofQuality = signers.filter(
    ({ organisation, roles }) =>
      organisation === therapy.quality &&
      (roles.includes('quality') || roles.includes('release-person')),
  );
  const where = signers.filter(
    ({ organisation, roles }) =>
      organisation === record.organisation &&
      organisation !== therapy.quality &&
      (roles.includes('quality') || roles.includes('pharmacist')),
  );
  const wrong = ofQuality.length > 0 ? [] : ['the therapy’s quality did not sign'];
  if (IDENTITY.includes(record.type)) {
    if (people([...ofQuality, ...where]).size < 2) wrong.push('two qualities did not sign');
    if (!signers.some(({ roles }) => roles.includes('release-person'))) {
      wrong.push('no release person signed');
    }
  }
  if (CUSTODY.includes(record.type) && record.organisation !== therapy.quality) {
    if (where.length === 0 && people(ofQuality).size < 2) wrong.push('quality there did not sign');
  }
  if (isOf(record, 'care:RecordAdministration')) {
    if (!signers.some(({ actor }) => actor === record.actor))
      wrong.push('who gave it did not sign');
    if (!signers.some(({ roles }) => roles.includes('pharmacist')))
      wrong.push('no pharmacist signed');
  }
  return wrong;
}

function isOfRun(record: Said): record is OfRun {
  return (
    isOf(record, 'manufacturing:ReportRunFailure') ||
    isOf(record, 'manufacturing:ConfirmRunFailure')
  );
}

/** What was found of a run, or confirmed, was a mistake where two people of its owner say so; before it had one, who may. */
function wrongOfRun(
  account: Account,
  record: OfRun,
  signers: readonly Signature[],
): readonly string[] {
  const registered = account.registrations.behind(record);
  const until = signers.at(-1)?.index ?? -1;
  if (registered === undefined || registered.index > until) return [];
  const own = signers.filter(({ organisation }) => organisation === registered.organisation);
  return people(own).size > 1 ? [] : ['two of the run’s owner did not sign'];
}

function people(signers: readonly Signature[]): ReadonlySet<string> {
  return new Set(signers.map(({ actor }) => actor));
}

/** A slip of time, amount or place on which nothing was built yet, within 24 hours. */
function isSlip(history: readonly Said[], record: Said, signature: Signature): boolean {
  const things = [...aboutOf(record), ...outputsOf(record)];
  return (
    SLIPS.includes(signature.body.reason) &&
    signature.time - record.time <= DAY_MS &&
    !history
      .slice(record.index + 1, signature.index)
      .filter((each) => !each.aside && isBuilding(each))
      .some((each) => reliesOn(each).some((thing) => things.includes(thing)))
  );
}

/** Whether a word took effect by which work goes on: that something was measured or went wrong builds on nothing. */
function isBuilding({ type, answer }: Said): boolean {
  const took = answer.outcome === 'permitted' || answer.outcome === 'recorded';
  return took && answer.effect !== 'none' && !BESIDE.includes(type);
}

function reliesOn(said: Said): readonly Thing[] {
  return isOf(said, 'care:AuthoriseDose') ? [itemOf(said.body.item)] : usedBy(said);
}

const BESIDE = [
  'custody:RecordReadings',
  'manufacturing:ReportDeviation',
  'manufacturing:PlaceHold',
];

const DAY_MS = 24 * 60 * 60_000;
const SLIPS = ['wrong-time', 'wrong-amount', 'wrong-place'];

const FOR_GOOD = [
  'consent:RefuseConsent',
  'consent:WithdrawConsent',
  'care:ReportAdverseEvent',
  'manufacturing:ReviewBatch',
  'manufacturing:CertifyBatch',
  'quality:AnnulRecord',
];

const CUSTODY = [
  'custody:ReleaseItem',
  'custody:ReceiveItem',
  'custody:RecordReadings',
  'custody:DisposeItem',
  'custody:ReportLoss',
  'custody:ReportFound',
];

const IDENTITY = [
  'custody:CollectItem',
  'custody:DeriveItem',
  'manufacturing:ReportStep',
  'manufacturing:RecordBatch',
  'manufacturing:RecordDisposition',
  'manufacturing:RecallBatch',
];
