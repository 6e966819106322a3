import { admittedAt } from '../alerts/emergency-access.js';
import { type Actor, hospitalOf, isRelayed } from '../nouns/actor.js';
import type { Unblinded } from '../nouns/blinding.js';
import type { Admitted, Therapy } from '../nouns/therapy.js';
import { type Role, ROLES } from '../values/roles.js';

/**
 * What somebody is to what they ask about. Staff are everybody of a party who treats, makes, tests, decides or runs the
 * therapy; who is unblinded knows its arm besides; an outsider takes no part in it.
 */
export const LEARNERS = [
  'patient',
  'staff',
  // a safety officer, who is staff too
  'safety',
  'courier',
  'payer',
  'registrar',
  'auditor',
  'unblinded',
  'outsider',
] as const;
export type Learner = (typeof LEARNERS)[number];

const LEARNER_OF: Readonly<Record<Role, Learner>> = {
  patient: 'patient',
  // who speaks for a patient signs, and is shown what it is by whoever asks
  proxy: 'outsider',
  collector: 'staff',
  nurse: 'staff',
  clinician: 'staff',
  pathologist: 'staff',
  pharmacist: 'staff',
  lab: 'staff',
  designer: 'staff',
  operator: 'staff',
  quality: 'staff',
  'release-person': 'staff',
  courier: 'courier',
  coordinator: 'staff',
  payer: 'payer',
  sponsor: 'staff',
  'safety-officer': 'staff',
  auditor: 'auditor',
  registrar: 'registrar',
};

/** Who asks: an actor in the roles in which they call, or, at a contract, an organisation with its certificate's roles. */
export interface Viewer {
  /** left out at a contract, where no actor is known */
  readonly id?: string;
  /** MSP id */
  readonly organisation: string;
  readonly roles: readonly string[];
}

/** Whose affair something is: by this it is decided what a viewer is to it. */
export type Circle =
  /** what all members share */
  | { readonly kind: 'members' }
  | ({
      readonly kind: 'therapy';
      /** physicians elsewhere, by emergency access that is open */
      readonly admitted?: readonly Admitted[];
      /** who of the parties knows the arm, by these roles, and by emergency unblinding */
      readonly unblindedGroup?: readonly Role[];
      readonly unblinded?: readonly Unblinded[];
    } & Pick<Therapy, 'parties' | 'patient'>)
  /** a patient as a person: an own affair, and that of the hospital that has them in care */
  | { readonly kind: 'patient'; readonly id: string; readonly organisation: string | undefined }
  /** of one organisation */
  | { readonly kind: 'organisation'; readonly organisation: string };

export const MEMBERS: Circle = { kind: 'members' };

/** @param at when it is asked, RFC 3339: emergency access ends by time alone */
export function circleOfTherapy(
  therapy: Pick<Therapy, 'parties' | 'patient' | 'admitted' | 'arm' | 'unblinded'>,
  at: string,
): Circle {
  const { parties, patient, arm, unblinded = [] } = therapy;
  const { unblindedGroup = [] } = arm ?? {};
  const admitted = admittedAt(therapy, at);
  return { kind: 'therapy', parties, patient, admitted, unblindedGroup, unblinded };
}

/**
 * Staff, devices and services are known to every member, a patient to the hospital that has them in care, and who speaks
 * for a patient to the hospital that enrolled them.
 */
export function circleOfActor({
  id,
  roles,
  patient = id,
  ...actor
}: Pick<Actor, 'id' | 'organisation' | 'roles' | 'inCareOf' | 'patient'>): Circle {
  return isRelayed({ roles })
    ? { kind: 'patient', id: patient, organisation: hospitalOf(actor) }
    : MEMBERS;
}

/**
 * What the viewer is to what belongs to that circle, once for each role. An auditor audits whatever there is. A patient is
 * a patient whatever else they are, and an outsider to what is not their own; a certificate that reads for patients does
 * so for the one that it asks about. A certificate of no role is an administrator's, who runs the organisation's peer and
 * reads there what it holds. Whom emergency access admits is staff, as long as it is open (H1). Who knows the arm is somebody
 * of a party always.
 */
export function learnersIn(viewer: Viewer, circle: Circle): readonly Learner[] {
  if (viewer.roles.includes('patient')) return [isOwn(viewer, circle) ? 'patient' : 'outsider'];
  const isAdministrator = viewer.id === undefined && viewer.roles.length === 0;
  const roles: readonly Learner[] = isAdministrator
    ? ['staff']
    : ROLES.filter((role) => viewer.roles.includes(role)).flatMap(learnersAs);
  const belonging = isOf(viewer, circle)
    ? roles
    : [
        ...roles.filter((each) => each === 'auditor'),
        ...(isAdmitted(viewer, circle) ? (['staff'] as const) : []),
      ];
  const known = isUnblinded(viewer, circle) ? [...belonging, 'unblinded' as const] : belonging;
  return known.length > 0 ? [...new Set(known)] : ['outsider'];
}

function learnersAs(role: Role): readonly Learner[] {
  return role === 'safety-officer' ? [LEARNER_OF[role], 'safety'] : [LEARNER_OF[role]];
}

/** Roles with those in front in which most is learnt. */
export function widestFirst(roles: readonly Role[]): readonly Role[] {
  const order = ['auditor', 'staff', 'patient', 'registrar', 'courier', 'payer', 'outsider'];
  const width = (role: Role) => (role === 'quality' ? 0.5 : order.indexOf(LEARNER_OF[role]));
  return [...roles].sort((one, other) => width(one) - width(other));
}

/**
 * Whether emergency access is the viewer's: one physician's alone. At a contract, where nobody knows the person, it is the
 * organisation's that asks as a physician, and its gateway tells the one.
 */
function isAdmitted(viewer: Viewer, circle: Circle): boolean {
  return circle.kind === 'therapy' && isPhysicianAmong(circle.admitted ?? [], viewer);
}

/** Whether the viewer is of the unblinded group, or the arm is the viewer's to read by emergency unblinding. */
function isUnblinded(viewer: Viewer, circle: Circle): boolean {
  if (circle.kind !== 'therapy' || !isOf(viewer, circle)) return false;
  const { unblindedGroup = [], unblinded = [] } = circle;
  const ofGroup = unblindedGroup.some((role) => viewer.roles.includes(role));
  return ofGroup || isPhysicianAmong(unblinded, viewer);
}

function isPhysicianAmong(
  people: readonly Pick<Admitted, 'actor' | 'organisation'>[],
  { id, organisation, roles }: Viewer,
): boolean {
  if (!roles.includes('clinician')) return false;
  return people.some(
    (each) => each.organisation === organisation && (id === undefined || each.actor === id),
  );
}

function isOwn({ id }: Viewer, circle: Circle): boolean {
  switch (circle.kind) {
    case 'members':
      return true;
    case 'therapy':
      return id === undefined || circle.patient === id;
    case 'patient':
      return id === undefined || circle.id === id;
    case 'organisation':
      return false;
  }
}

function isOf({ organisation }: Viewer, circle: Circle): boolean {
  switch (circle.kind) {
    case 'members':
      return true;
    case 'therapy':
      return circle.parties.includes(organisation);
    case 'patient':
    case 'organisation':
      return circle.organisation === organisation;
  }
}
