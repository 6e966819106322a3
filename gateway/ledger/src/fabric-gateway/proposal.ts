import type { Gateway, Proposal } from '@hyperledger/fabric-gateway';
import type { Query } from '../fabric/peer.js';

/**
 * Builds the proposal of a call.
 * @param organisations whose peers endorse it; left out, the peer that is asked chooses
 */
export function proposalOf(
  gateway: Gateway,
  channel: string,
  { chaincode, function: name, args, transient }: Query,
  organisations?: readonly string[],
): Proposal {
  return gateway
    .getNetwork(channel)
    .getContract(chaincode)
    .newProposal(name, {
      arguments: [...args],
      ...(transient === undefined ? {} : { transientData: { ...transient } }),
      ...(organisations === undefined ? {} : { endorsingOrganizations: [...organisations] }),
    });
}
