import type { CloseableAsyncIterable } from '@hyperledger/fabric-gateway';
import type { common } from '@hyperledger/fabric-protos';
import { LedgerError } from '../port.js';
import type { Channel } from './channel.js';
import { readFailure } from './failure.js';
import { rawBlockOf, type RawBlock } from './parse/block.js';
import type { Peer } from './peer.js';

/** How often it is looked whether a peer keeps back a block that another one has, milliseconds. */
const STALLED = 10_000;
/** A stream that lasted longer was served, milliseconds. */
const SERVED = 1_000;
/** A Deliver service's answers that stay the same whoever asks it again: BAD_REQUEST, FORBIDDEN */
const REFUSED = /^Unexpected status response: (400|403)$/;

/**
 * Blocks from `first` on, each once and in order, as peers deliver them; when one fails, the next goes on with the
 * block after the last. Ends when the signal is aborted.
 * Throws a {@link LedgerError}: `contract` when a peer refuses the reader, `unavailable` when none delivers in time.
 */
export async function* followBlocks(
  channel: Channel,
  first: number,
  signal: AbortSignal,
): AsyncGenerator<RawBlock, void> {
  const { peers, reader, deadlines } = channel;
  let next = first;
  let cause: unknown;
  const ended = () => signal.aborted;
  for (let served = true; served && !ended();) {
    served = false;
    for await (const peer of peers.search({ mspId: reader.mspId, within: deadlines.failover })) {
      if (ended()) return;
      const began = Date.now();
      try {
        for await (const block of deliver(channel, peer, next, signal)) {
          peers.sawBlock(peer, block.number);
          peer.answered();
          next = block.number + 1;
          served = true;
          yield block;
        }
        if (ended()) return;
      } catch (error) {
        if (error instanceof LedgerError) throw error;
        cause = error;
      }
      peer.failed();
      // a peer that served for a while, in which no block need have come, is no part of this search any more
      served ||= Date.now() - began > SERVED;
      if (served) break;
    }
  }
  if (ended()) return;
  const message = `no peer delivered block ${next} within ${deadlines.failover} ms: ${String(cause)}`;
  throw new LedgerError('unavailable', message, { cause });
}

/** What one peer delivers, until it fails or is found to keep blocks back. */
async function* deliver(
  { name, peers, reader }: Channel,
  peer: Peer,
  first: number,
  signal: AbortSignal,
): AsyncGenerator<RawBlock, void> {
  let next = first;
  const network = peer.gateway(reader).getNetwork(name);
  const events = await network.getBlockEvents({ startBlock: BigInt(first) });
  const close = () => events.close();
  let waitedFor = -1;
  const watch = setInterval(() => {
    if (waitedFor === next && peers.committed > next) close();
    waitedFor = next;
  }, STALLED);
  watch.unref();
  signal.addEventListener('abort', close);
  try {
    if (signal.aborted) return;
    for await (const block of answered(events, signal)) {
      const raw = rawBlockOf(block);
      if (raw.number !== next) {
        throw new Error(`${peer.endpoint}: expected block ${next}, found ${raw.number}`);
      }
      next += 1;
      yield raw;
    }
  } finally {
    clearInterval(watch);
    signal.removeEventListener('abort', close);
    close();
  }
}

/** The stream's blocks; it ends when the peer ends it or the signal is aborted. */
async function* answered(
  events: CloseableAsyncIterable<common.Block>,
  signal: AbortSignal,
): AsyncGenerator<common.Block, void> {
  try {
    yield* events;
  } catch (error) {
    if (signal.aborted) return;
    throw refusalOf(error) ?? error;
  }
}

function refusalOf(error: unknown): LedgerError | undefined {
  const denied = readFailure(error);
  if (denied?.kind === 'denied')
    return new LedgerError('contract', denied.message, { cause: error });
  if (!(error instanceof Error) || !REFUSED.test(error.message)) return undefined;
  const message = `ACCESS_DENIED: the peer delivers no blocks to the reader: ${error.message}`;
  return new LedgerError('contract', message, { cause: error });
}
