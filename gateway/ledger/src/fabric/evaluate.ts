import type { Invocation } from '../port.js';
import type { Channel } from './channel.js';
import { confidants } from './endorse.js';
import { readText } from './parse/text.js';

/** Asks one peer that has committed everything this ledger had seen committed before. */
export async function evaluateInvocation(
  channel: Channel,
  invocation: Invocation,
): Promise<string> {
  const { peers, chain, chaincode, deadlines } = channel;
  const { mspId } = invocation.submitter;
  const floor = peers.committed;
  const search = { mspId, within: deadlines.failover, among: confidants(invocation) };
  return peers.ask(search, async (peer) => {
    await chain.catchUp(peer, floor);
    const query = { ...invocation, chaincode };
    return readText(await peer.evaluate(query, Date.now() + deadlines.evaluate));
  });
}
