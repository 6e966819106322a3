import { setTimeout as delay } from 'node:timers/promises';
import { LedgerError, type Invocation } from '../port.js';
import type { Channel } from './channel.js';
import type { Endorsed } from './client.js';
import { EndorserSets } from './endorsers.js';
import { DIFFERS, readFailure } from './failure.js';
import { PeerError } from './peer-error.js';
import type { Peer } from './peer.js';

/** How often endorsements may differ at least, and how long to wait each time: peers commit at slightly other times. */
const MISMATCHES = 4;
const MISMATCH_PAUSE = 100;

/** A peer, or what stands behind it, that answered nothing in time. */
const IN_VAIN = /DEADLINE_EXCEEDED|TIMEOUT/;

/** One try: through which peer, and by which organisations where that is chosen here. */
interface Asked {
  peer?: Peer;
  organisations?: readonly string[];
  transactionId?: string;
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
 * this ledger had seen committed before: a peer that is a block behind would answer from the past. Members that
 * go on differing are left for others, and the odd one is reported.
 */
export async function endorse(channel: Channel, invocation: Invocation): Promise<Endorsed> {
  const { peers } = channel;
  const floor = peers.committed;
  const sets = setsOf(channel, invocation);
  const avoid = new Set<Peer>();
  const most = Math.max(MISMATCHES, (sets?.size ?? 0) + 1);
  let mismatches = 0;
  for (let current = false; ;) {
    current ||= peers.all.every((peer) => peer.height >= floor);
    const asked: Asked = {};
    try {
      const endorsed = await endorseOnce(channel, { invocation, sets, avoid }, asked);
      const { organisations = [] } = asked;
      peers.standing.agreed(organisations);
      reportOdd(channel, sets?.oddBeside(organisations) ?? [], endorsed.transactionId);
      return endorsed;
    } catch (error) {
      if (!(error instanceof LedgerError) || error.kind === 'unavailable') throw error;
      if (error.kind === 'mismatch') mismatches += 1;
      if (!current) {
        await catchUpAll(channel, floor);
        current = true;
      } else if (error.kind !== 'mismatch') {
        throw error;
      } else if (mismatches < most) {
        // a peer may have committed a block in between: the same ones are asked once more
        if (mismatches > 1) sets?.differed(asked.organisations ?? []);
        await delay(MISMATCH_PAUSE * mismatches);
      } else {
        if (sets) channel.onMismatch({ transactionId: error.transactionId, differing: sets.able });
        throw error;
      }
    }
  }
}

/**
 * Sets to choose from, where it is known how many must endorse; undefined where the network chooses. The organisation
 * whose peer is asked first is in front, so that it endorses itself and passes on less; the others take turns.
 */
function setsOf(
  { endorsements, endorsing, peers }: Channel,
  { endorsers, submitter }: Invocation,
): EndorserSets | undefined {
  if (endorsers !== undefined) return new EndorserSets(endorsers, endorsements ?? endorsers.length);
  if (endorsements === undefined || endorsing.length < endorsements) return undefined;
  const asked = endorsing.includes(submitter.mspId) ? submitter.mspId : endorsing[0];
  const front = endorsing.filter((mspId) => mspId === asked);
  const others = endorsing.filter((mspId) => mspId !== asked);
  const turn = peers.nextTurn() % Math.max(others.length, 1);
  return new EndorserSets(
    [...front, ...others.slice(turn), ...others.slice(0, turn)],
    endorsements,
  );
}

function reportOdd(channel: Channel, odd: readonly string[], transactionId: string): void {
  if (odd.length === 0) return;
  channel.peers.standing.odd(odd);
  channel.onMismatch({ transactionId, differing: odd });
}

interface Attempt {
  readonly invocation: Invocation;
  readonly sets: EndorserSets | undefined;
  readonly avoid: Set<Peer>;
}

async function endorseOnce(
  channel: Channel,
  { invocation, sets, avoid }: Attempt,
  asked: Asked,
): Promise<Endorsed> {
  const { peers, client, deadlines } = channel;
  const { mspId } = invocation.submitter;
  const search = { mspId, within: deadlines.failover, among: confidants(invocation), avoid };
  try {
    return await peers.ask(search, async (peer) => {
      const organisations = sets?.choose((each) => peers.troubleOf(each));
      Object.assign(asked, { peer, organisations });
      const proposed = await client.propose(peer, invocation, organisations);
      asked.transactionId = proposed.transactionId;
      try {
        return await proposed.endorse(Date.now() + deadlines.endorse);
      } catch (error) {
        throw blaming(error, organisations);
      }
    });
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    const { peer, transactionId } = asked;
    if (error.kind === 'mismatch') {
      if (peer) avoid.add(peer);
      const differing = readFailure(error.cause)?.mspIds ?? [];
      if (!sets) channel.onMismatch({ transactionId, differing });
    }
    const details = transactionId === undefined ? {} : { transactionId };
    throw new LedgerError(error.kind, error.message, { ...details, cause: error.cause });
  }
}

/**
 * The same failure, with the members whose it is: where some refuse and others endorse, members differ; where a peer
 * names nobody, those whom its words name, and all that were asked when it waited in vain.
 */
function blaming(error: unknown, organisations: readonly string[] | undefined): unknown {
  const failure = readFailure(error);
  if (!(error instanceof PeerError) || failure === undefined || organisations === undefined) {
    return error;
  }
  const { texts, mspIds } = error;
  const some = mspIds.length > 0 && mspIds.length < organisations.length;
  if (failure.kind === 'contract' && some) {
    return new PeerError({ texts: [`${DIFFERS}: ${texts.join('; ')}`], mspIds, cause: error });
  }
  if (failure.kind !== 'unreachable' || mspIds.length > 0) return error;
  const blamed = IN_VAIN.test(failure.message)
    ? organisations
    : organisations.filter((mspId) => failure.message.includes(mspId));
  return new PeerError({ texts, mspIds: blamed, notSent: error.notSent, cause: error });
}

/** Waits for the peers that answer; those that do not cannot endorse from the past either. */
async function catchUpAll({ peers, chain }: Channel, height: number): Promise<void> {
  await Promise.allSettled(peers.all.map((peer) => chain.catchUp(peer, height)));
}
