import { createPrivateKey, sign } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import { LedgerError, type SubmitterIdentity } from '../port.js';

const ORDER = p256.Point.CURVE().n;

/** Signs a whole message. */
export type LowSSignature = (message: Uint8Array) => Uint8Array;

/**
 * Signs whole messages with ECDSA P-256 over SHA-256, natively. Fabric refuses signatures whose `s` is above half the
 * curve's order.
 * @throws Error when the key is no PEM, PKCS#8, P-256 private key
 */
function signsLowS(privateKeyPem: string): LowSSignature {
  const key = createPrivateKey(privateKeyPem);
  const curve = key.asymmetricKeyDetails?.namedCurve ?? key.asymmetricKeyType;
  if (curve !== 'prime256v1') {
    throw new Error(`privateKey: expected an EC key on P-256, found ${String(curve)}`);
  }
  return (message) => toLowSDer(sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' }));
}

/**
 * As {@link signsLowS}, as a signer of fabric-gateway with its `none` hash.
 * @throws Error as {@link signsLowS}
 */
export function lowSSigner(privateKeyPem: string): (message: Uint8Array) => Promise<Uint8Array> {
  const signature = signsLowS(privateKeyPem);
  return (message) => Promise.resolve(signature(message));
}

/**
 * How a submitter signs.
 * @throws LedgerError `contract` when its private key cannot be used
 */
export function signatureOf(submitter: SubmitterIdentity): LowSSignature {
  try {
    return signsLowS(submitter.privateKey);
  } catch (cause) {
    const message = `ACCESS_DENIED: submitter of ${submitter.mspId}: its private key cannot be used: ${String(cause)}`;
    throw new LedgerError('contract', message, { cause });
  }
}

function toLowSDer(compact: Uint8Array): Uint8Array {
  const { r, s } = p256.Signature.fromBytes(compact, 'compact');
  const lowS = s > ORDER / 2n ? ORDER - s : s;
  return new p256.Signature(r, lowS).toBytes('der');
}
