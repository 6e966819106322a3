import { createHash } from 'node:crypto';
import { common, peer } from '@hyperledger/fabric-protos';
import type { SignedData } from '../identity/signature.js';
import { InvalidTransaction, orInvalid } from './invalid.js';

const { TxValidationCode } = peer;

/** An envelope of a block: who sent what, and the signature over it. */
export interface SentEnvelope {
  readonly channelHeader: common.ChannelHeader;
  /** the serialised `ChannelHeader`, as it was signed */
  readonly channelHeaderBytes: Uint8Array;
  readonly nonce: Uint8Array;
  readonly creator: SignedData;
  readonly data: Uint8Array;
}

/**
 * Takes an envelope apart, as a peer's validator does.
 * Throws an {@link InvalidTransaction} for what no peer accepts.
 */
export function readSentEnvelope(bytes: Uint8Array): SentEnvelope {
  const envelope = orInvalid(TxValidationCode.INVALID_OTHER_REASON, () =>
    common.Envelope.deserializeBinary(bytes),
  );
  const message = envelope.getPayload_asU8();
  const payload = orInvalid(TxValidationCode.BAD_PAYLOAD, () =>
    common.Payload.deserializeBinary(message),
  );
  return orInvalid(TxValidationCode.BAD_COMMON_HEADER, () => {
    const header = payload.getHeader();
    if (header === undefined) throw new Error('header: expected one, found none');
    const channelHeaderBytes = header.getChannelHeader_asU8();
    const channelHeader = common.ChannelHeader.deserializeBinary(channelHeaderBytes);
    const { nonce, signer } = readSignatureHeader(header.getSignatureHeader_asU8());
    if (channelHeader.getEpoch() !== 0) {
      throw new Error(`epoch: expected 0, found ${channelHeader.getEpoch()}`);
    }
    return {
      channelHeader,
      channelHeaderBytes,
      nonce,
      creator: { message, signer, signature: envelope.getSignature_asU8() },
      data: payload.getData_asU8(),
    };
  });
}

/** Throws an Error unless creator and nonce stand in a serialised `SignatureHeader`. */
export function readSignatureHeader(bytes: Uint8Array): {
  readonly nonce: Uint8Array;
  readonly signer: Uint8Array;
} {
  const header = common.SignatureHeader.deserializeBinary(bytes);
  const [nonce, signer] = [header.getNonce_asU8(), header.getCreator_asU8()];
  if (nonce.length === 0) throw new Error('nonce: expected one, found none');
  if (signer.length === 0) throw new Error('creator: expected one, found none');
  return { nonce, signer };
}

/** A transaction's id is made of its nonce and its creator, so that nobody else can take it. */
export function checkTransactionId({ channelHeader, nonce, creator }: SentEnvelope): void {
  const expected = createHash('sha256').update(nonce).update(creator.signer).digest('hex');
  const found = channelHeader.getTxId();
  if (expected === found) return;
  const message = `transaction id: expected ${expected}, found ${found}`;
  throw new InvalidTransaction(TxValidationCode.BAD_PROPOSAL_TXID, message);
}
