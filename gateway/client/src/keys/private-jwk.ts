import { toJwks, type Ed25519Jwk, type MlDsa65Jwk } from '@veinledger/domain';
import type { ActorKeys } from './actor-keys.js';

/** An actor's private keys as JSON Web Keys: RFC 8037 section 2 and RFC 9964 section 3. */
export function toPrivateJwks(keys: ActorKeys): {
  ed25519: Ed25519Jwk & { readonly d: string };
  mlDsa65: MlDsa65Jwk & { readonly priv: string };
} {
  const jwks = toJwks(keys.public);
  return {
    ed25519: { ...jwks.ed25519, d: keys.private.ed25519 },
    mlDsa65: { ...jwks.mlDsa65, priv: keys.private.mlDsa65 },
  };
}
