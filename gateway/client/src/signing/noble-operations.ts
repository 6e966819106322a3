import { ed25519 } from '@noble/curves/ed25519.js';
import { ml_dsa65 } from '@noble/post-quantum/ml-dsa.js';
import { type ActorKeys, seedOf } from '../keys/actor-keys.js';
import type { SigningOperations } from './signer.js';

/** Both signatures by noble: Ed25519 (RFC 8032) and ML-DSA-65 (FIPS 204). */
export function nobleOperations(keys: ActorKeys): SigningOperations {
  const ed25519Seed = seedOf(keys, 'ed25519');
  const { secretKey } = ml_dsa65.keygen(seedOf(keys, 'mlDsa65'));
  return {
    ed25519: (message) => ed25519.sign(message, ed25519Seed),
    mlDsa65: (message) => ml_dsa65.sign(message, secretKey),
  };
}
