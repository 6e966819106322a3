import { GatewayError } from '@hyperledger/fabric-gateway';
import { PeerError } from '../fabric/peer-error.js';
import { LedgerError } from '../port.js';

/** grpc-js had no connection, so the peer never saw the call */
const NOT_CONNECTED = 'No connection established';

/**
 * Does a call of a peer.
 * @throws PeerError with what the peer, and the nodes behind it, answered instead
 */
export async function answering<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof LedgerError) throw error;
    throw peerErrorOf(error);
  }
}

function peerErrorOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (!(error instanceof GatewayError)) {
    return new PeerError({ texts: [error.message], mspIds: [], cause: error });
  }
  return new PeerError({
    texts: [...error.details.map(({ message }) => message), error.message],
    mspIds: error.details.map(({ mspId }) => mspId),
    notSent: error.message.includes(NOT_CONNECTED),
    cause: error,
  });
}
