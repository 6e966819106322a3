import { setTimeout as delay } from 'node:timers/promises';
import type { Proposal } from '@hyperledger/fabric-gateway';
import { LedgerError, type Invocation } from '../port.js';
import type { Channel } from './channel.js';
import { readFailure } from './failure.js';
import { readText } from './parse/text.js';
import type { Peer } from './peer.js';

/** A transaction that enough members endorsed and that nobody has sent for ordering. */
export interface Endorsed {
  readonly transactionId: string;
  /** through which it was endorsed */
  readonly peer: Peer;
  /** a serialised `PreparedTransaction` */
  readonly bytes: Uint8Array;
  /** what the contract returned */
  readonly result: string;
}

/** How often endorsements may differ, and how long to wait each time: peers commit at slightly other times. */
const MISMATCHES = 4;
const MISMATCH_PAUSE = 100;

/** Builds the proposal of an invocation at one peer. */
export function propose(channel: Channel, peer: Peer, invocation: Invocation): Proposal {
  const { submitter, endorsers, transient } = invocation;
  return peer
    .gateway(submitter)
    .getNetwork(channel.name)
    .getContract(channel.chaincode)
    .newProposal(invocation.function, {
      arguments: [...invocation.args],
      ...(transient === undefined ? {} : { transientData: { ...transient } }),
      ...(endorsers === undefined ? {} : { endorsingOrganizations: [...endorsers] }),
    });
}

/** The organisations whose peers may see an invocation: an annex meant for some passes through no others. */
export function confidants({
  transient,
  endorsers,
  submitter,
}: Invocation): readonly string[] | undefined {
  const secret = transient !== undefined && Object.keys(transient).length > 0;
  return secret && endorsers !== undefined ? [submitter.mspId, ...endorsers] : undefined;
}

/**
 * Collects endorsements. An error or a mismatch counts only once every peer that answers has committed what
 * this ledger had seen committed before: a peer that is a block behind would answer from the past.
 */
export async function endorse(channel: Channel, invocation: Invocation): Promise<Endorsed> {
  const floor = channel.peers.committed;
  const avoid = new Set<Peer>();
  let mismatches = 0;
  for (let current = false; ;) {
    current ||= channel.peers.all.every((peer) => peer.height >= floor);
    try {
      return await endorseOnce(channel, invocation, avoid);
    } catch (error) {
      if (!(error instanceof LedgerError) || error.kind === 'unavailable') throw error;
      if (error.kind === 'mismatch') mismatches += 1;
      if (!current) {
        await catchUpAll(channel, floor);
        current = true;
      } else if (error.kind === 'mismatch' && mismatches < MISMATCHES) {
        await delay(MISMATCH_PAUSE * mismatches);
      } else {
        throw error;
      }
    }
  }
}

async function endorseOnce(
  channel: Channel,
  invocation: Invocation,
  avoid: Set<Peer>,
): Promise<Endorsed> {
  const { peers, deadlines } = channel;
  const { mspId } = invocation.submitter;
  const search = { mspId, within: deadlines.failover, among: confidants(invocation), avoid };
  let transactionId: string | undefined;
  let asked: Peer | undefined;
  try {
    return await peers.ask(search, async (peer) => {
      asked = peer;
      const proposal = propose(channel, peer, invocation);
      transactionId = proposal.getTransactionId();
      const endorsed = await proposal.endorse({ deadline: Date.now() + deadlines.endorse });
      const result = readText(endorsed.getResult());
      return { transactionId, peer, bytes: endorsed.getBytes(), result };
    });
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    if (error.kind === 'mismatch') {
      if (asked !== undefined) avoid.add(asked);
      const differing = readFailure(error.cause)?.mspIds ?? [];
      channel.onMismatch({ transactionId, differing });
    }
    const details = transactionId === undefined ? {} : { transactionId };
    throw new LedgerError(error.kind, error.message, { ...details, cause: error.cause });
  }
}

/** Waits for the peers that answer; those that do not cannot endorse from the past either. */
async function catchUpAll({ peers, chain }: Channel, height: number): Promise<void> {
  await Promise.allSettled(peers.all.map((peer) => chain.catchUp(peer, height)));
}
