import { LedgerError } from '../port.js';
import type { Channel } from './channel.js';
import { readFailure } from './failure.js';
import type { RawBlock } from './parse/block.js';
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
  { peers }: Channel,
  peer: Peer,
  first: number,
  signal: AbortSignal,
): AsyncGenerator<RawBlock, void> {
  let next = first;
  const leave = new AbortController();
  let waitedFor = -1;
  const watch = setInterval(() => {
    if (waitedFor === next && peers.committed > next) leave.abort();
    waitedFor = next;
  }, STALLED);
  watch.unref();
  try {
    for await (const block of peer.deliver(next, AbortSignal.any([signal, leave.signal]))) {
      if (block.number !== next) {
        throw new Error(`${peer.endpoint}: expected block ${next}, found ${block.number}`);
      }
      next += 1;
      yield block;
    }
  } catch (error) {
    throw refusalOf(error) ?? error;
  } finally {
    clearInterval(watch);
    leave.abort();
  }
}

function refusalOf(error: unknown): LedgerError | undefined {
  const failure = readFailure(error);
  if (failure?.kind === 'denied') {
    return new LedgerError('contract', failure.message, { cause: error });
  }
  if (failure === undefined || !REFUSED.test(failure.message)) return undefined;
  const message = `ACCESS_DENIED: the peer delivers no blocks to the reader: ${failure.message}`;
  return new LedgerError('contract', message, { cause: error });
}
