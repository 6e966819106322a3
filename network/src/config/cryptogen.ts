import type { Plan } from '../plan/index.js';

/** Organisations with their authorities, administrators and peers, for `cryptogen generate`. */
export function memberOrganisations(plan: Plan): object {
  return {
    PeerOrgs: plan.profile.members.map((member) => ({
      Name: member.mspId,
      Domain: member.domain,
      EnableNodeOUs: true,
      Specs: member.peer ? [{ Hostname: 'peer', SANS: [plan.profile.host] }] : [],
      Users: { Count: 0 },
    })),
  };
}

/** Ordering nodes of organisations that exist, for `cryptogen extend`. */
export function orderingNodes(plan: Plan): object {
  return {
    OrdererOrgs: plan.orderers.map(({ member }) => ({
      Name: member.mspId,
      Domain: member.domain,
      EnableNodeOUs: true,
      Specs: [{ Hostname: 'orderer', SANS: [plan.profile.host] }],
    })),
  };
}
