import { type Actor, hospitalOf } from '../nouns/actor.js';
import type { Organisation } from '../nouns/organisation.js';
import type { Reason } from '../nouns/reason.js';
import type { Therapy } from '../nouns/therapy.js';

/** By what the hospital is found that has a patient in care once others take part. */
export interface Care {
  readonly patient: Actor | undefined;
  /** MSP id of the one that the change names */
  readonly named: string | undefined;
  /** who takes part from then on, as members */
  readonly parties: readonly Organisation[];
}

/**
 * MSP id of the hospital that has the patient in care once others take part: the one that is named; the present one, unless
 * it leaves; then the only party that could. Undefined where several could, or none.
 */
export function hospitalAfter(therapy: Pick<Therapy, 'parties'>, care: Care): string | undefined {
  const { patient, named, parties } = care;
  if (named !== undefined) return named;
  const present = patient && hospitalOf(patient);
  const takesPart = parties.some(({ id }) => id === present);
  if (present === undefined || takesPart || !therapy.parties.includes(present)) return present;
  const [only, ...others] = parties.filter(caresForPatients);
  return others.length === 0 ? only?.id : undefined;
}

/**
 * MSP id of the hospital that lets the patient go by its own physician's word: the one that has them in care, where others
 * would from then on. Undefined where the patient stays, and of a hospital that acts no more.
 * @param hospital the one that has the patient in care, as a member
 */
export function hospitalLettingGo(
  therapy: Pick<Therapy, 'parties'>,
  hospital: Organisation | undefined,
  {
    parties,
    hospital: named,
  }: { readonly parties: readonly string[]; readonly hospital?: string | undefined },
): string | undefined {
  if (!hospital || !hasPhysicians(hospital)) return undefined;
  const { id } = hospital;
  const leaves = therapy.parties.includes(id) && !parties.includes(id);
  return (named === undefined ? leaves : named !== id) ? id : undefined;
}

/** Why nobody would ask the patient for consent from then on, nor see to the patient's keys (G1). */
export function reasonsOfHospital(
  therapy: Pick<Therapy, 'parties' | 'patient'>,
  care: Care,
): readonly Reason[] {
  const { named, patient, parties } = care;
  const able = parties.filter(caresForPatients).map(({ id }) => id);
  const subject = `actor ${therapy.patient}`;
  const expected = 'a party that may grant patient and clinician';
  if (named !== undefined && !able.includes(named)) {
    return [{ code: 'HOSPITAL_WITHOUT_ROLE', subject, expected, found: named }];
  }
  if (!patient || hospitalAfter(therapy, care) !== undefined) return [];
  return [{ code: 'HOSPITAL_NOT_NAMED', subject, expected, found: able.join() || 'none' }];
}

/** Whether a member has physicians who can sign. */
export function hasPhysicians({ standing, grantable }: Organisation): boolean {
  return standing === 'active' && grantable.includes('clinician');
}

/** Whether a member could have patients in care: it enrols them, and its physicians treat them. */
function caresForPatients(member: Organisation): boolean {
  return hasPhysicians(member) && member.grantable.includes('patient');
}
