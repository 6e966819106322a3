import {
  type Actor,
  canonicalise,
  type Circle,
  circleOfActor,
  hospitalOf,
  isRelayed,
  MEMBERS,
  type Noun,
  sightOfNoun,
  type Therapy,
  VeinledgerError,
} from '@veinledger/domain';
import type { LedgerContext } from './ledger-context.js';
import { circleIn, requireSight, viewerOf } from './viewer.js';

/**
 * Refuses a reader whose organisation is no member, or is one no more. Who is suspended acts no more, and still reads.
 * @throws VeinledgerError UNKNOWN_ORGANISATION
 */
export async function requireMember(context: LedgerContext): Promise<void> {
  const { mspId } = context.submitter;
  const organisation = await context.reader.get('organisation', { id: mspId });
  if (organisation && organisation.standing !== 'left') return;
  throw new VeinledgerError('UNKNOWN_ORGANISATION', 'only members read the ledger', {
    field: 'submitter',
    expected: 'a member',
    found: mspId,
  });
}

/**
 * The therapy, when the reader's organisation takes part in it or audits it, or relays for its patient.
 * @param noun of which the reader asks
 * @throws VeinledgerError UNKNOWN_COI, NOT_ENTITLED
 */
export async function therapyForReader(
  context: LedgerContext,
  coi: string,
  noun: Noun = 'therapy',
): Promise<Therapy> {
  await requireMember(context);
  const therapy = await context.reader.therapy(coi);
  requireSight(context, noun, circleIn(context, therapy), {
    who: "only a therapy's parties and auditors read it",
    expected: 'a party or an auditor',
  });
  return therapy;
}

/**
 * Refuses whoever may not read a patient's decisions, or of the patient as a person: only the patient's own hospital, an
 * auditor, and a relay for the patient may.
 * @throws VeinledgerError UNKNOWN_ORGANISATION, NOT_ENTITLED
 */
export async function requirePatientReader(
  context: LedgerContext,
  patient: string,
  noun: Noun = 'consent',
): Promise<void> {
  await requireMember(context);
  const enrolled = await context.reader.get('actor', { id: patient });
  const circle = circleOfPatient(patient, enrolled);
  requireSight(context, noun, circle, {
    who: "only the patient's hospital and auditors read consents",
    expected: 'the hospital that has the patient in care, or an auditor',
  });
}

function circleOfPatient(id: string, enrolled: Actor | undefined): Circle {
  return { kind: 'patient', id, organisation: enrolled && hospitalOf(enrolled) };
}

/** Whether a member reads a patient's decisions, as {@link requirePatientReader} has it. */
export async function seesDecisionsOf(context: LedgerContext, patient: string): Promise<boolean> {
  const enrolled = await context.reader.get('actor', { id: patient });
  const circle = circleOfPatient(patient, enrolled);
  return sightOfNoun(viewerOf(context), 'consent', circle) !== 'nothing';
}

/**
 * The actor, when the reader may see it: staff, devices and services for every member, a patient as
 * {@link requirePatientReader} has it.
 * @throws VeinledgerError UNKNOWN_ORGANISATION, NOT_ENTITLED, NOT_FOUND
 */
export async function actorForReader(context: LedgerContext, id: string): Promise<Actor> {
  await requireMember(context);
  const actor = await context.reader.get('actor', { id });
  if (!actor) throw notFound('actor', id);
  if (isRelayed(actor)) await requirePatientReader(context, actor.patient ?? id, 'actor');
  return actor;
}

/**
 * The actor, when the reader may see all that it signed: for a patient the patient's own hospital, a relay and auditors,
 * else the actor's organisation and auditors.
 * @throws VeinledgerError UNKNOWN_ORGANISATION, NOT_ENTITLED, NOT_FOUND
 */
export async function signerForReader(context: LedgerContext, id: string): Promise<Actor> {
  const actor = await actorForReader(context, id);
  if (!isRelayed(actor)) requireOrganisation(context, actor.organisation);
  return actor;
}

/**
 * Refuses whoever is neither of an organisation nor an auditor; a relay speaks for patients, not for its organisation.
 * @throws VeinledgerError NOT_ENTITLED
 */
export function requireOrganisation(context: LedgerContext, organisation: string): void {
  if (speaksFor(context, organisation)) return;
  const { mspId, relay } = context.submitter;
  throw new VeinledgerError('NOT_ENTITLED', 'only the organisation itself and auditors read it', {
    field: 'submitter',
    expected: organisation,
    found: relay ? `a relay of ${mspId}` : mspId,
  });
}

function speaksFor({ submitter }: LedgerContext, organisation: string): boolean {
  const { mspId, roles, relay } = submitter;
  return (mspId === organisation && !relay) || roles.includes('auditor');
}

/**
 * Whether the reader, who is a member's, sees an actor among others: staff, devices and services every member, a patient
 * the patient's own hospital and auditors. A relay reads for one patient, whom it asks for by name.
 */
export function seesInList(context: LedgerContext, actor: Actor): boolean {
  if (isRelayed(actor) && context.submitter.relay) return false;
  return sightOfNoun(viewerOf(context), 'actor', circleOfActor(actor)) !== 'nothing';
}

/**
 * Refuses whoever learns nothing of what every member shares, of that noun.
 * @throws VeinledgerError UNKNOWN_ORGANISATION, NOT_ENTITLED
 */
export async function requireShared(context: LedgerContext, noun: Noun): Promise<void> {
  await requireMember(context);
  requireSight(context, noun, MEMBERS, {
    who: "not for the reader's roles",
    expected: `somebody who is told of a ${noun}`,
  });
}

/**
 * Refuses whoever is no auditor.
 * @throws VeinledgerError NOT_ENTITLED
 */
export function requireAuditor({ submitter }: LedgerContext): void {
  const { mspId, roles } = submitter;
  if (roles.includes('auditor')) return;
  throw new VeinledgerError('NOT_ENTITLED', 'only auditors read the state as it is stored', {
    field: 'submitter',
    expected: 'an auditor',
    found: mspId,
  });
}

/**
 * Those of the things that belong to a therapy which the reader's organisation takes part in; all of them for an auditor.
 * @throws VeinledgerError UNKNOWN_ORGANISATION, NOT_ENTITLED for a relay, which reads for one patient
 */
export async function ofReadersTherapies<T extends { readonly coi: string; readonly noun: Noun }>(
  context: LedgerContext,
  things: readonly T[],
): Promise<readonly T[]> {
  await requireMember(context);
  const viewer = viewerOf(context);
  if (!viewer.roles.includes('auditor')) requireOrganisation(context, viewer.organisation);
  const circles = new Map<string, Circle>();
  for (const { coi } of things) {
    const therapy = circles.has(coi) ? undefined : await context.reader.get('therapy', { coi });
    // emergency access is a person's, and here nobody knows which one of the organisation asks
    if (therapy) circles.set(coi, { kind: 'therapy', ...partiesOf(therapy) });
  }
  return things.filter(({ coi, noun }) => {
    const circle = circles.get(coi);
    return circle !== undefined && sightOfNoun(viewer, noun, circle) !== 'nothing';
  });
}

function partiesOf({ parties, patient }: Therapy): Pick<Therapy, 'parties' | 'patient'> {
  return { parties, patient };
}

/**
 * The canonical text of what was asked for.
 * @throws VeinledgerError NOT_FOUND
 */
export function answer(entity: object | undefined, field: string, found: string): string {
  if (entity) return canonicalise(entity);
  throw notFound(field, found);
}

function notFound(field: string, found: string): VeinledgerError {
  return new VeinledgerError('NOT_FOUND', 'the ledger holds no such thing', {
    field,
    expected: 'something recorded',
    found,
  });
}
