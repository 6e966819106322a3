import { createPrivateKey, sign } from 'node:crypto';
import type { ActorKeys } from '../keys/actor-keys.js';
import { toPrivateJwks } from '../keys/private-jwk.js';
import { type Signer, signerOf } from '../signing/signer.js';

/** Signs by the OpenSSL that Node carries. */
export function nativeSigner(keys: ActorKeys): Signer {
  const jwks = toPrivateJwks(keys);
  const ed25519 = createPrivateKey({ key: { ...jwks.ed25519 }, format: 'jwk' });
  const mlDsa65 = createPrivateKey({ key: { ...jwks.mlDsa65 }, format: 'jwk' });
  return signerOf(keys.public, {
    ed25519: (message) => sign(null, message, ed25519),
    mlDsa65: (message) => sign(null, message, mlDsa65),
  });
}
