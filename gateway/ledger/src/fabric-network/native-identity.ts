import { verify, X509Certificate } from 'node:crypto';
import { msp } from '@hyperledger/fabric-protos';
import { type IIdentity, type ISigningIdentity, User } from 'fabric-common';
import { signatureOf, type LowSSignature } from '../fabric/x509-signer.js';
import type { SubmitterIdentity } from '../port.js';

/**
 * An identity that signs and verifies natively: of the library's own signing, elliptic is known to leak keys through
 * faulty signatures and has no release without that.
 */
class NativeIdentity implements IIdentity, ISigningIdentity {
  readonly #submitter: SubmitterIdentity;
  readonly #sign: LowSSignature;

  constructor(submitter: SubmitterIdentity) {
    this.#submitter = submitter;
    this.#sign = signatureOf(submitter);
  }

  serialize(): Buffer {
    const identity = new msp.SerializedIdentity();
    identity.setMspid(this.#submitter.mspId);
    identity.setIdBytes(Buffer.from(this.#submitter.certificate));
    return Buffer.from(identity.serializeBinary());
  }

  getMSPId(): string {
    return this.#submitter.mspId;
  }

  isValid(): boolean {
    const { validFromDate, validToDate } = new X509Certificate(this.#submitter.certificate);
    const now = new Date();
    return validFromDate <= now && now < validToDate;
  }

  getOrganizationUnits(): string {
    const { subject } = new X509Certificate(this.#submitter.certificate).toLegacyObject();
    return [subject.OU].flat().join();
  }

  sign(message: Buffer): Buffer {
    return Buffer.from(this.#sign(message));
  }

  verify(message: Buffer, signature: Buffer): boolean {
    const { publicKey } = new X509Certificate(this.#submitter.certificate);
    return verify('sha256', message, publicKey, signature);
  }
}

/** A user of the library whose identity signs natively. */
export class NativeUser extends User {
  readonly #mspId: string;

  /** @throws LedgerError `contract` when the private key cannot be used */
  constructor(name: string, submitter: SubmitterIdentity) {
    super(name);
    this.#mspId = submitter.mspId;
    this.setSigningIdentity(new NativeIdentity(submitter));
  }

  override getMspid(): string {
    return this.#mspId;
  }
}
