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

/** The channel as a whole: whoever reads or writes a part of it; more than half of a part's members change it. */
export const CHANNEL_POLICIES = {
  Readers: implicitMeta('ANY Readers'),
  Writers: implicitMeta('ANY Writers'),
  Admins: implicitMeta('MAJORITY Admins'),
};

/**
 * A part of the channel: any member reads and writes. The members are named in one rule. Where each organisation has a
 * rule of its own, a node verifies a signature again for each rule that it tries.
 */
export function memberPolicies({ members }: ChannelPlan): typeof CHANNEL_POLICIES {
  const principals = members.map(({ member }) => `'${member.mspId}.member'`);
  const any = signature(`OR(${principals.join(', ')})`);
  return { ...CHANNEL_POLICIES, Readers: any, Writers: any };
}
