import { bedsideRolesOf } from '../nouns/process-definition.js';
import { CUSTODIANS, type Role } from '../values/roles.js';
import { isHalted } from '../nouns/therapy.js';
import type { Matters } from './matters.js';
import type { Option } from './wait.js';
import type { ActOf, Actor } from './ways.js';

const ROLES_OF: Readonly<Record<Exclude<Actor, 'bedside'>, readonly Role[]>> = {
  quality: ['quality'],
  'release-person': ['release-person'],
  operator: ['operator'],
  clinician: ['clinician'],
  collector: ['collector', 'nurse'],
  holder: CUSTODIANS,
  'patients-hospital': ['clinician', 'nurse'],
};

/** Whose word counts is that of one organisation, or of each party that may grant a role. */
export function optionsOf(
  matters: Matters,
  acts: readonly ActOf[],
  holder?: string,
): readonly Option[] {
  return acts.flatMap(({ type, by }) => {
    switch (by) {
      case 'quality':
      case 'release-person':
      case 'operator':
        return ofOrganisation(matters, type, ROLES_OF[by], matters.whole.therapy.quality);
      case 'patients-hospital':
        return ofPatientsHospital(matters, type, ROLES_OF[by]);
      case 'holder':
        return holder === undefined
          ? ofParties(matters, type, ROLES_OF[by])
          : ofOrganisation(matters, type, ROLES_OF[by], holder);
      case 'bedside':
        return ofParties(matters, type, bedsideRolesOf(matters.whole.definition), holder);
      default:
        return ofParties(matters, type, ROLES_OF[by], holder);
    }
  });
}

/** Of a hospital that acts no more, who brings in another one, and who lays before the members that it does again. */
export function ofPatientsHospital(
  matters: Matters,
  act: string,
  roles: readonly Role[],
): readonly Option[] {
  return matters.hospitalActs
    ? ofOrganisation(matters, act, roles, matters.hospital)
    : standingIn(matters);
}

/**
 * Where no party is left that could: quality and a physician bring in another one, unless the therapy was halted, and the
 * members take back who acts no more.
 */
export function standingIn(matters: Matters): readonly Option[] {
  const { therapy } = matters.whole;
  const again = ofParties(matters, 'registry:Propose', ['registrar']);
  if (isHalted(therapy)) return again;
  const act = 'therapy:ChangeParties';
  const changing = [
    ...ofOrganisation(matters, act, ['quality'], therapy.quality),
    ...ofParties(matters, act, ['clinician']),
  ].filter((option) => option.act === act);
  return [...changing, ...again];
}

/** The parties that may give one of the roles to somebody; of them only the one that is named, where it is among them. */
export function ofParties(
  { parties }: Pick<Matters, 'parties'>,
  act: string,
  roles: readonly Role[],
  preferred?: string,
): readonly Option[] {
  const able = parties.flatMap(({ id, standing, grantable }) => {
    const granted = roles.filter((role) => grantable.includes(role));
    return standing === 'active' && granted.length > 0
      ? [{ act, organisation: id, roles: granted }]
      : [];
  });
  const own = able.filter(({ organisation }) => organisation === preferred);
  return own.length > 0 ? own : able;
}

/**
 * One organisation, with those of the roles that it may grant. Of one that acts no more, the parties that can lay before the
 * members that it does again.
 */
export function ofOrganisation(
  { parties }: Pick<Matters, 'parties'>,
  act: string,
  roles: readonly Role[],
  organisation: string,
): readonly Option[] {
  const party = parties.find(({ id }) => id === organisation);
  if (party && party.standing !== 'active') {
    return ofParties({ parties }, 'registry:Propose', ['registrar']);
  }
  const grantable = party?.grantable;
  const granted = grantable ? roles.filter((role) => grantable.includes(role)) : roles;
  return [{ act, organisation, roles: granted }];
}
