import { NOT_ORDERED } from '../channel/index.js';
import { NetworkError } from '../errors.js';
import type { ChannelPlan, PeerPlan } from '../plan/index.js';

/** How a transaction fails while an ordering node is not up, or while too few of them are there to order it. */
const NOT_THERE = /orderer client failed to connect|timed out waiting for txid/;

/** How an ordering node refuses an organisation that it does not know, perhaps for not having come to the block yet that admits it. */
const NOT_ADMITTED = /status: FORBIDDEN/;

/** Something that an organisation's administrator has ordered. */
export interface Sending {
  /** for the error */
  readonly what: string;
  readonly channel: ChannelPlan;
  /** the administrator's */
  readonly peer: PeerPlan;
  /**
   * Sends it to one ordering node.
   * @param args those of Fabric's `peer` that name the node
   */
  readonly send: (args: readonly string[]) => Promise<void>;
  /** Is told whenever an ordering node did not take it: all that were asked so far, by name and address. */
  readonly refused?: ((asked: readonly string[]) => void) | undefined;
}

/**
 * Sends something to the channel's ordering nodes, one after the other until one takes it: first to the
 * member's own, where it has one.
 * @throws NetworkError NODE_FAILED naming those that were asked when none takes it; what `send` throws for
 * another reason, or when each of them refuses its organisation
 */
export async function sendToOrderer(sending: Sending): Promise<void> {
  const { what, channel, peer, send, refused } = sending;
  const asked: string[] = [];
  let cause: NetworkError | undefined;
  let refusedByAll = true;
  for (const { name, host, ports, shared } of orderersFor(channel, peer)) {
    const endpoint = `${host}:${ports.client}`;
    try {
      await send(['--orderer', endpoint, '--tls', '--cafile', shared.tlsAuthority]);
      return;
    } catch (error) {
      if (!isFailure(error, NOT_ADMITTED, NOT_ORDERED, NOT_THERE)) throw error;
      refusedByAll &&= isFailure(error, NOT_ADMITTED);
      cause = error;
    }
    asked.push(`${name} at ${endpoint}`);
    refused?.(asked);
  }
  if (refusedByAll && cause !== undefined) throw cause;
  const why = `${channel.name}: ${what} was not taken by ${asked.join(', ')}`;
  throw new NetworkError('NODE_FAILED', why, { cause });
}

function orderersFor({ orderers }: ChannelPlan, peer: PeerPlan) {
  const own = orderers.filter(({ member }) => member === peer.member);
  return [...own, ...orderers.filter((orderer) => !own.includes(orderer))];
}

function isFailure(error: unknown, ...words: readonly RegExp[]): error is NetworkError {
  return (
    error instanceof NetworkError &&
    error.code === 'COMMAND_FAILED' &&
    words.some((each) => each.test(error.message))
  );
}
