import type { SubmitterIdentity } from '../port.js';
import type { Channel } from './channel.js';
import { readFailure } from './failure.js';
import type { Peer, Validated } from './peer.js';
import type { Search } from './peers.js';

/**
 * How long one peer may be silent before another one is asked, milliseconds: its orderer may have died, or stand still,
 * which peers of Fabric 3.0 do not notice. Ordering nodes agree on a new leader in less.
 */
const PATIENCE = 3_000;

/** How long to wait, milliseconds, and at which peer first. */
export type CommitWait = Pick<Search, 'within' | 'prefer'>;

/**
 * Waits until a peer has committed a transaction; undefined when none has within the time.
 * A peer that dies or stays silent meanwhile is replaced by another one; it is at fault for its silence only when the
 * other one has the block.
 */
export async function awaitCommit(
  channel: Channel,
  transactionId: string,
  submitter: SubmitterIdentity,
  wait: CommitWait,
): Promise<Validated | undefined> {
  const until = Date.now() + wait.within;
  const silent: Peer[] = [];
  for await (const peer of channel.peers.search({ mspId: submitter.mspId, ...wait })) {
    const deadline = Math.min(until, Date.now() + PATIENCE);
    try {
      const validated = await peer.commitOf(transactionId, submitter, deadline);
      channel.peers.sawBlock(peer, validated.block);
      for (const each of silent) if (each !== peer) each.failed();
      return validated;
    } catch (error) {
      if (readFailure(error) === undefined) throw error;
      if (Date.now() < deadline) peer.failed();
      else silent.push(peer);
    }
  }
  return undefined;
}
