import type { ChannelPlan } from '../plan/index.js';

/** A signature policy of Fabric, as configtxgen and the peer's lifecycle read it. */
export function endorsementPolicy(channel: ChannelPlan): string {
  const principals = channel.endorsers.map(({ member }) => `'${member.mspId}.peer'`);
  return `OutOf(${channel.endorsements}, ${principals.join(', ')})`;
}

export const signature = (rule: string) => ({ Type: 'Signature', Rule: rule });
export const implicitMeta = (rule: string) => ({ Type: 'ImplicitMeta', Rule: rule });

/** Who may read, write and administer for one organisation. */
export function organisationPolicies(mspId: string): object {
  return {
    Readers: signature(`OR('${mspId}.member')`),
    Writers: signature(`OR('${mspId}.member')`),
    Admins: signature(`OR('${mspId}.admin')`),
    Endorsement: signature(`OR('${mspId}.peer')`),
  };
}

/** Any member reads and writes; more than half of the members change the configuration. */
export const SHARED_POLICIES = {
  Readers: implicitMeta('ANY Readers'),
  Writers: implicitMeta('ANY Writers'),
  Admins: implicitMeta('MAJORITY Admins'),
};
