import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import type { Verifier } from '@veinledger/domain';

/** How often each signature was verified. */
export interface VerificationCount {
  ed25519: number;
  mlDsa65: number;
}

/**
 * Counts from now on what this whole process verifies by `node:crypto`, whoever asks for it. Callers' tokens are not
 * among it: they are verified by WebCrypto.
 */
export function countInProcess(): VerificationCount {
  const count: VerificationCount = { ed25519: 0, mlDsa65: 0 };
  const { verify } = crypto;
  const counting = new Proxy(verify, {
    apply(target, receiver, args: Parameters<typeof verify>) {
      const [, , key] = args;
      const type = key instanceof crypto.KeyObject ? key.asymmetricKeyType : undefined;
      if (type === 'ed25519') count.ed25519 += 1;
      if (type === 'ml-dsa-65') count.mlDsa65 += 1;
      const result: unknown = Reflect.apply<unknown, Parameters<typeof verify>, unknown>(
        target,
        receiver,
        args,
      );
      return result;
    },
  });
  Object.assign(crypto, { verify: counting });
  syncBuiltinESMExports();
  return count;
}

/** The verifier, and how often it was asked. */
export function countingVerifier(verifier: Verifier): {
  readonly verifier: Verifier;
  readonly count: VerificationCount;
} {
  const count: VerificationCount = { ed25519: 0, mlDsa65: 0 };
  return {
    count,
    verifier: {
      ...verifier,
      ed25519(...args) {
        count.ed25519 += 1;
        return verifier.ed25519(...args);
      },
      mlDsa65(...args) {
        count.mlDsa65 += 1;
        return verifier.mlDsa65(...args);
      },
    },
  };
}
