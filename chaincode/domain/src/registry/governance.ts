import { VeinledgerError } from '../errors/errors.js';
import type { Governance, MemberStanding } from '../nouns/governance.js';

/** The fewest active members of a consortium: one alone would decide on everything. */
export const MIN_MEMBERS = 2;

/** The most organisations that a consortium ever had. */
export const MAX_MEMBERS = 128;

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
