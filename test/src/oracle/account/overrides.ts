import type { Account } from './account.js';
import type { Said } from './said.js';

type Override = Said<'care:OverrideDose'>;

/** What lets a dose be given: an authorisation, or the second signature of an emergency override (A11). */
export type Authorised = Said<'care:AuthoriseDose'> | Override;

/** Everything that let a dose be given, in its order, whatever became of it. */
export function authorisations(account: Account): readonly Authorised[] {
  const overrides = account.ever('care:OverrideDose').filter((each) => isSecond(account, each));
  return [...account.ever('care:AuthoriseDose'), ...overrides].toSorted(
    (one, other) => one.index - other.index,
  );
}

/**
 * Whether somebody signs an override that the other of physician and pharmacist signed before, in the same words and within
 * the minutes of an authorisation.
 */
export function isSecond(account: Account, said: Override): boolean {
  const { definition } = account.therapy(said.body.coi);
  const words = JSON.stringify(said.body);
  return account
    .ever('care:OverrideDose')
    .some(
      (each) =>
        each.index < said.index &&
        each.actor !== said.actor &&
        isPair(each, said) &&
        JSON.stringify(each.body) === words &&
        said.time - each.time <= definition.authorisationMinutes * 60_000,
    );
}

function isPair(one: Said, other: Said): boolean {
  const is = (said: Said, role: string) => said.roles.includes(role);
  return (
    (is(one, 'clinician') && is(other, 'pharmacist')) ||
    (is(one, 'pharmacist') && is(other, 'clinician'))
  );
}
