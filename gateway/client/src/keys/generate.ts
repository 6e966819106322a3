import { ed25519 } from '@noble/curves/ed25519.js';
import { ml_dsa65 } from '@noble/post-quantum/ml-dsa.js';
import { bytesToBase64url } from '@veinledger/domain';
import { type ActorKeys, SEED_BYTES } from './actor-keys.js';

/** New keys for one actor: Ed25519 and ML-DSA-65, without native code. */
export function generateActorKeys(): ActorKeys {
  const seeds = {
    ed25519: crypto.getRandomValues(new Uint8Array(SEED_BYTES)),
    mlDsa65: crypto.getRandomValues(new Uint8Array(SEED_BYTES)),
  };
  return {
    public: {
      ed25519: bytesToBase64url(ed25519.getPublicKey(seeds.ed25519)),
      mlDsa65: bytesToBase64url(ml_dsa65.keygen(seeds.mlDsa65).publicKey),
    },
    private: {
      ed25519: bytesToBase64url(seeds.ed25519),
      mlDsa65: bytesToBase64url(seeds.mlDsa65),
    },
  };
}
