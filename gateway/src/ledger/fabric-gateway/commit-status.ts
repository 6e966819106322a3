import { gateway, msp } from '@hyperledger/fabric-protos';
import type { LedgerTransaction } from '@veinledger/chaincode/replay';
import type { SubmitterIdentity } from '../port.js';
import type { Channel } from './channel.js';
import type { Search } from './peers.js';
import { readFailure } from './failure.js';

/** How long one peer may be silent before another one is asked, milliseconds: its orderer may have died. */
const PATIENCE = 10_000;

/** What the validators made of a transaction. */
export type Validated = Pick<LedgerTransaction, 'block' | 'validationCode'>;

/** How long to wait, milliseconds, and at which peer first. */
export type CommitWait = Pick<Search, 'within' | 'prefer'>;

/**
 * Waits until a peer has committed a transaction; undefined when none has within the time.
 * A peer that dies or stays silent meanwhile is replaced by another one.
 */
export async function awaitCommit(
  channel: Channel,
  transactionId: string,
  submitter: SubmitterIdentity,
  wait: CommitWait,
): Promise<Validated | undefined> {
  const request = commitRequest(channel.name, transactionId, submitter);
  const until = Date.now() + wait.within;
  for await (const peer of channel.peers.search({ mspId: submitter.mspId, ...wait })) {
    const deadline = Math.min(until, Date.now() + PATIENCE);
    try {
      const commit = peer.gateway(submitter).newCommit(request);
      const { code, blockNumber } = await commit.getStatus({ deadline });
      const block = Number(blockNumber);
      channel.peers.sawBlock(peer, block);
      return { block, validationCode: code };
    } catch (error) {
      if (readFailure(error) === undefined) throw error;
      if (Date.now() < until) peer.failed();
    }
  }
  return undefined;
}

function commitRequest(
  channel: string,
  transactionId: string,
  { mspId, certificate }: SubmitterIdentity,
): Uint8Array {
  const identity = new msp.SerializedIdentity();
  identity.setMspid(mspId);
  identity.setIdBytes(Buffer.from(certificate));
  const request = new gateway.CommitStatusRequest();
  request.setChannelId(channel);
  request.setTransactionId(transactionId);
  request.setIdentity(identity.serializeBinary());
  const unsigned = new gateway.SignedCommitStatusRequest();
  unsigned.setRequest(request.serializeBinary());
  return unsigned.serializeBinary();
}
