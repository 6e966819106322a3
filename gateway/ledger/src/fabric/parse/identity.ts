import { msp } from '@hyperledger/fabric-protos';
import { readText } from './text.js';

/** Who signed, as blocks show it. */
export interface BlockIdentity {
  readonly mspId: string;
  /** PEM */
  readonly certificate: string;
}

/** Reads a `SerializedIdentity`: a creator or an endorser. */
export function readIdentity(bytes: Uint8Array): BlockIdentity {
  const identity = msp.SerializedIdentity.deserializeBinary(bytes);
  return { mspId: identity.getMspid(), certificate: readText(identity.getIdBytes_asU8()) };
}
