import { createPrivateKey, sign } from 'node:crypto';
import type { Signer } from '@hyperledger/fabric-gateway';
import { p256 } from '@noble/curves/nist.js';

const ORDER = p256.Point.CURVE().n;

/**
 * Signs whole messages (to be used with the `none` hash) with ECDSA P-256 over SHA-256, natively. Fabric
 * refuses signatures whose `s` is above half the curve's order.
 * Throws an Error when the key is no PEM, PKCS#8, P-256 private key.
 */
export function lowSSigner(privateKeyPem: string): Signer {
  const key = createPrivateKey(privateKeyPem);
  const curve = key.asymmetricKeyDetails?.namedCurve ?? key.asymmetricKeyType;
  if (curve !== 'prime256v1') {
    throw new Error(`privateKey: expected an EC key on P-256, found ${String(curve)}`);
  }
  return (message) => {
    const signature = sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' });
    return Promise.resolve(toLowSDer(signature));
  };
}

function toLowSDer(compact: Uint8Array): Uint8Array {
  const { r, s } = p256.Signature.fromBytes(compact, 'compact');
  const lowS = s > ORDER / 2n ? ORDER - s : s;
  return new p256.Signature(r, lowS).toBytes('der');
}
