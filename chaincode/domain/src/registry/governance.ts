import { VeinledgerError } from '../errors/errors.js';
import type { Algorithm } from './algorithm.js';
import type { Standing } from './organisation.js';

/** The fewest active members of a consortium: one alone would decide on everything. */
export const MIN_MEMBERS = 2;

/** The most organisations that a consortium ever had. */
export const MAX_MEMBERS = 128;

/** A member as governance counts it. */
export interface MemberStanding {
  readonly id: string;
  readonly standing: Standing;
}

/**
 * Who decides, and by what is signed. Every command reads it, since only active members act; every vote reads it, and one that takes effect
 * writes it, so that of two votes that would both decide the ledger lets one pass, and the other counts anew.
 */
export interface Governance {
  readonly noun: 'governance';
  readonly members: readonly MemberStanding[];
  /** the algorithm registry: by what commands are signed */
  readonly algorithms: readonly Algorithm[];
  /** how many proposals took effect */
  readonly changes: number;
}

/** @throws VeinledgerError NOT_BOOTSTRAPPED */
export function requireGovernance(governance: Governance | undefined): Governance {
  if (governance) return governance;
  throw new VeinledgerError('NOT_BOOTSTRAPPED', 'the ledger holds no consortium yet', {
    expected: 'registry:Bootstrap first',
  });
}

/** The members that have a vote. */
export function activeMembers(governance: Governance): readonly string[] {
  return governance.members
    .filter((member) => member.standing === 'active')
    .map((member) => member.id);
}

/** Governance with a member as it stands from now on. */
export function withMember(governance: Governance, member: MemberStanding): Governance {
  const others = governance.members.filter(({ id }) => id !== member.id);
  return { ...governance, members: [...others, member] };
}

/**
 * Refuses what an organisation relays that is no active member. A patient's command passes through whichever member
 * carries it: how the patient's own hospital stands is not asked.
 * @throws VeinledgerError UNKNOWN_ORGANISATION, ORGANISATION_SUSPENDED
 */
export function requireActiveMember(governance: Governance, organisation: string): void {
  const member = governance.members.find(({ id }) => id === organisation);
  if (member?.standing === 'active') return;
  const suspended = member?.standing === 'suspended';
  throw new VeinledgerError(
    suspended ? 'ORGANISATION_SUSPENDED' : 'UNKNOWN_ORGANISATION',
    suspended ? 'a suspended organisation acts no more' : 'the organisation is not a member',
    {
      field: 'submitter',
      expected: 'an active member',
      found: member ? `${organisation}, ${member.standing}` : organisation,
    },
  );
}
