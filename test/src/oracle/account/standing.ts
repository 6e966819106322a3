import type { Custody, Place } from './custody.js';
import { isOfShared, type Registrations } from './registrations.js';
import { isOf, type Said } from './said.js';
import type { Therapy } from './therapies.js';

/** What standing is judged by: what was said before, by those who had it. */
export interface Before {
  readonly therapies: ReadonlyMap<string, Therapy>;
  readonly custody: Custody;
  readonly registrations: Registrations;
  /** the roles that each organisation's people were enrolled with */
  readonly roles: ReadonlyMap<string, ReadonlySet<string>>;
}

const OF_HOLDERS = [
  'custody:ReleaseItem',
  'custody:RecordReadings',
  'custody:DisposeItem',
  'custody:ReportLoss',
] as const;

const OF_ITEMS = [
  ...OF_HOLDERS,
  'custody:ReceiveItem',
  'custody:ReportFound',
  'custody:ConfirmCollection',
] as const;

const OF_QUALITY = [
  'manufacturing:RecordBatch',
  'manufacturing:ReviewBatch',
  'manufacturing:CertifyBatch',
  'manufacturing:RecallBatch',
  'manufacturing:RecordDisposition',
  'manufacturing:ConfirmSignature',
  'manufacturing:PlaceHold',
  'manufacturing:LiftHold',
  'quality:ShortenExpiry',
  'quality:ExtendExpiry',
  'quality:DismissAlarms',
  'quality:OpenInvestigation',
  'quality:ConcludeInvestigation',
  'quality:EvaluateException',
  'quality:ReviewEmergencyAccess',
  'therapy:MigrateProcess',
] as const;

/** Whether a person's word takes effect on what it is about. */
export function hasStanding(
  said: Said,
  { therapies, custody, registrations, roles }: Before,
  off: ReadonlySet<string>,
): boolean {
  if (off.has('B1')) return true;
  const coi = coiOf(said);
  if (coi === undefined) return isOwners(said, registrations);
  const therapy = therapies.get(coi);
  if (!therapy) return isOf(said, 'therapy:OrderTherapy');
  const { organisation } = said;
  // permissions: one that several people are asked for, parties and who is to be one; one that only who is none needs
  if (isOf(said, 'therapy:ChangeParties') || isOf(said, 'care:OpenEmergencyAccess')) return true;
  if (isElsewhere(said)) return off.has('B3') || holdsSubject(said, custody);
  if (OF_QUALITY.some((type) => isOf(said, type))) return organisation === therapy.quality;
  if (isOf(said, 'therapy:HaltTherapy')) {
    const ends = said.roles.includes('clinician') || said.roles.includes('safety-officer');
    return organisation === therapy.quality || (therapy.parties.includes(organisation) && ends);
  }
  const place = placeOf(said, custody);
  if (place && place.coi !== coi && !off.has('B3')) return place.holder === organisation;
  for (const type of OF_HOLDERS) {
    if (!isOf(said, type)) continue;
    const known = custody.place(said.body.item);
    if (!known) return therapy.parties.includes(organisation);
    return (
      (isOf(said, 'custody:ReleaseItem')
        ? custody.answersFor(organisation, said.body.item)
        : custody.isWith(organisation, said.body.item)) ||
      (type === 'custody:RecordReadings' && known.from === organisation)
    );
  }
  if (isOf(said, 'custody:ReceiveItem')) {
    return (
      custody.isAddressed(said) ||
      (therapy.parties.includes(organisation) && !custody.place(said.body.item)) ||
      custody.holds(organisation, said.body.item) ||
      (therapy.parties.includes(organisation) && custody.isAstray(said.body.item))
    );
  }
  if (isOf(said, 'custody:ReportFound')) {
    return (
      custody.answersFor(organisation, said.body.item) ||
      !custody.place(said.body.item) ||
      custody.isAstray(said.body.item)
    );
  }
  if (isOf(said, 'custody:DeriveItem')) {
    const known = said.body.parents.filter(({ item }) => custody.place(item));
    return known.length === 0
      ? therapy.parties.includes(organisation)
      : known.every(({ item }) => custody.isWith(organisation, item));
  }
  if (!therapy.parties.includes(organisation)) return false;
  if (isOf(said, 'therapy:AssignArm')) {
    const { unblindedGroup } = therapy.definition.blinding ?? {};
    return unblindedGroup?.some((role) => said.roles.includes(role)) ?? true;
  }
  if (isOf(said, 'care:Unblind')) return said.roles.includes('clinician');
  if (isOf(said, 'manufacturing:ReportStep')) {
    const step = therapy.definition.steps.find(({ id }) => id === said.body.step);
    return step?.roles.some((role) => roles.get(organisation)?.has(role)) ?? true;
  }
  if (isOf(said, 'care:VerifyBedside') && said.roles.includes('patient')) {
    return off.has('B3') || said.actor === therapy.patient;
  }
  return true;
}

/** Whether what is said of a lot or of a run is said by who registered it first; of what nobody has, it remains to be seen. */
function isOwners(said: Said, registrations: Registrations): boolean {
  if (!isOfShared(said)) return true;
  const owner = registrations.behind(said)?.organisation;
  return owner === undefined || owner === said.organisation;
}

type OfSubject = Said<'manufacturing:ReportDeviation'> | Said<'manufacturing:PlaceHold'>;

/** Whether a word is said under one therapy about another's thing (B3). */
function isElsewhere(said: Said): said is OfSubject {
  return (
    (isOf(said, 'manufacturing:ReportDeviation') || isOf(said, 'manufacturing:PlaceHold')) &&
    said.body.subject.coi !== said.body.coi
  );
}

function holdsSubject({ organisation, body }: OfSubject, custody: Custody): boolean {
  const { kind, id = '' } = body.subject;
  return kind === 'item' && custody.holds(organisation, id);
}

/** Where the thing is that a word of custody or collection names; what was checked at a bedside is for that therapy to judge. */
function placeOf(said: Said, custody: Custody): Place | undefined {
  for (const type of OF_ITEMS) {
    if (isOf(said, type)) return custody.place(said.body.item);
  }
  return undefined;
}

/** The therapy that a word is said under. */
export function coiOf({ body }: Said): string | undefined {
  if (typeof body !== 'object' || body === null || !('coi' in body)) return undefined;
  return typeof body.coi === 'string' ? body.coi : undefined;
}
