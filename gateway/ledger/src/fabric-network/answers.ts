import type { EndorsementResponse, ProposalResponse, ServiceEndpoint } from 'fabric-common';
import { PeerError } from '../fabric/peer-error.js';
import { LedgerError } from '../port.js';

/** The library had no connection, so the node never saw the call. */
const NOT_CONNECTED = /is not connected|No connection established|not able to reconnect/;

/**
 * Does a call of the network.
 * @throws PeerError with what the node that was asked answered instead
 */
export async function answering<Answer>(
  { mspid }: Pick<ServiceEndpoint, 'mspid'>,
  call: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof LedgerError || error instanceof PeerError) throw error;
    throw failureAt(mspid, error);
  }
}

/** A call that a node answered with an error, or not at all. */
export function failureAt(mspId: string, error: unknown): PeerError {
  const text = error instanceof Error ? error.message : String(error);
  const notSent = NOT_CONNECTED.test(text);
  return new PeerError({ texts: [text], mspIds: [mspId], notSent, cause: error });
}

/** What one peer answered to a proposal: its response, or its failure in words. */
export type Answer =
  | { readonly mspId: string; readonly response: EndorsementResponse }
  | { readonly mspId: string; readonly failed: string; readonly cause?: unknown };

/** Reads what the library collected from peers. Only what the chaincode itself answers comes with a payload. */
export function answersOf(
  { errors, responses }: Pick<ProposalResponse, 'errors' | 'responses'>,
  mspIdOf: (name: string) => string,
): readonly Answer[] {
  return [
    ...responses.map((response): Answer => {
      const mspId = mspIdOf(response.connection.name);
      const { status, message } = response.response;
      if (status >= 200 && status < 400) return { mspId, response };
      const byChaincode = response.payload.length > 0;
      return { mspId, failed: byChaincode ? `chaincode response ${status}, ${message}` : message };
    }),
    ...errors.map((error): Answer => ({
      mspId: mspIdOf(error.connection.name),
      failed: error.message,
      cause: error,
    })),
  ];
}

/** @throws PeerError that names every member whose peer did not answer as wanted */
export function requireAll(answers: readonly Answer[]): readonly EndorsementResponse[] {
  const failed = answers.filter((answer) => 'failed' in answer);
  const [first] = failed;
  if (first === undefined) {
    return answers.flatMap((answer) => ('response' in answer ? [answer.response] : []));
  }
  throw new PeerError({
    texts: failed.map(({ failed: text }) => text),
    mspIds: failed.map(({ mspId }) => mspId),
    notSent: failed.every(({ failed: text }) => NOT_CONNECTED.test(text)),
    cause: first.cause,
  });
}
