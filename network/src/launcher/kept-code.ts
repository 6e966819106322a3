import type { ChaincodePlan, PeerPlan } from '../plan/index.js';
import { SupervisedProcesses } from '../supervisor/index.js';

/**
 * The chaincode processes that a peer is to have. While a channel is upgraded it has two, until its member
 * ended the former one; that is not started again, although members elsewhere still have theirs.
 */
export function keptChaincodes({ chaincodes, files }: PeerPlan): readonly ChaincodePlan[] {
  const processes = new SupervisedProcesses(files);
  const isKnown = ({ name }: ChaincodePlan) => processes.find(name) !== undefined;
  return chaincodes.filter((each) => {
    const later = chaincodes.filter(
      ({ channel, sequence }) => channel === each.channel && sequence > each.sequence,
    );
    return isKnown(each) || !later.some(isKnown);
  });
}
