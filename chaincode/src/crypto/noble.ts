import { ed25519 } from '@noble/curves/ed25519.js';
import { ml_dsa65 } from '@noble/post-quantum/ml-dsa.js';
import type { Verifier } from '@veinledger/domain';
import { isPrimeSubgroupPoint, isSoundEd25519Key } from './ed25519-point.js';

const ED25519_SIGNATURE_BYTES = 64;

/** Verification without native code: the second opinion, and the one that browsers use. */
export const nobleVerifier: Verifier = {
  ed25519(publicKey, message, signature) {
    // noble checks the cofactored equation and OpenSSL the cofactorless one: they agree where both points
    // lie in the prime-order subgroup, and OpenSSL accepts no other R under such a key
    return (
      signature.length === ED25519_SIGNATURE_BYTES &&
      isSoundEd25519Key(publicKey) &&
      isPrimeSubgroupPoint(signature.subarray(0, ED25519_SIGNATURE_BYTES / 2)) &&
      ed25519.verify(signature, message, publicKey, { zip215: false })
    );
  },

  mlDsa65(publicKey, message, signature) {
    return (
      publicKey.length === ml_dsa65.lengths.publicKey &&
      signature.length === ml_dsa65.lengths.signature &&
      ml_dsa65.verify(signature, message, publicKey)
    );
  },

  ed25519KeyIsSound: isSoundEd25519Key,
};
