import type { Role } from '@veinledger/domain';
import type { Given } from './played.js';

/** What a therapy asks of people. */
export interface Count {
  /** commands that the ledger holds of it */
  readonly commands: number;
  /** single entries that they record: each reading, thing and result */
  readonly entries: number;
  /** given by persons with their own keys, those that open sessions among them */
  readonly persons: number;
  /** of those: electronic signatures (21 CFR Part 11), which nobody can give in a person's place */
  readonly electronic: number;
  /** of those: that open a session */
  readonly sessions: number;
  /** given by devices under sessions */
  readonly bySession: number;
  /** given by devices in their own name */
  readonly byDevice: number;
  /** sessions, if each time that somebody comes back to the therapy were another shift */
  readonly shifts: number;
}

/** The same of one role. */
export interface RoleCount extends Count {
  readonly role: Role;
}

const OPEN = 'registry:OpenSession';

/** Counts what was signed in one therapy. */
export function countOf(given: readonly Given[]): Count {
  const records = given.filter(({ type }) => type !== OPEN);
  const persons = given.filter(({ by }) => by === 'person');
  return {
    commands: records.length,
    entries: records.reduce((sum, { entries }) => sum + entries, 0),
    persons: persons.length,
    electronic: persons.filter(({ own }) => own).length,
    sessions: given.length - records.length,
    bySession: given.filter(({ by }) => by === 'session').length,
    byDevice: given.filter(({ by }) => by === 'device').length,
    shifts: shiftsIn(given),
  };
}

/** The same by role, those of whom most is asked first. */
export function countByRole(given: readonly Given[]): readonly RoleCount[] {
  const roles = [...new Set(given.map(({ role }) => role))];
  return roles
    .map((role) => ({ role, ...countOf(given.filter((each) => each.role === role)) }))
    .map((each) => ({ ...each, shifts: shiftsIn(given, each.role) }))
    .sort((one, other) => other.persons - one.persons || (one.role < other.role ? -1 : 1));
}

/** How often somebody begins to sign through a device after somebody else did. */
function shiftsIn(given: readonly Given[], role?: Role): number {
  const through = given.filter(({ by }) => by === 'session');
  const begun = through.filter((each, index) => each.person !== through[index - 1]?.person);
  return begun.filter((each) => role === undefined || each.role === role).length;
}
