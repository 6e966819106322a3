import { ed25519 } from '@noble/curves/ed25519.js';
import { ml_dsa65 } from '@noble/post-quantum/ml-dsa.js';
import { type ActorKeys, seedOf } from './actor-keys.js';
import { type Signer, signerOf } from './signer.js';

/** Signs without native code, for instance in a browser. */
export function nobleSigner(keys: ActorKeys): Signer {
  const ed25519Seed = seedOf(keys, 'ed25519');
  const { secretKey } = ml_dsa65.keygen(seedOf(keys, 'mlDsa65'));
  return signerOf(keys.public, {
    ed25519: (message) => ed25519.sign(message, ed25519Seed),
    mlDsa65: (message) => ml_dsa65.sign(message, secretKey),
  });
}
