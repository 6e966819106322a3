import { base64urlToBytes, type PublicKeys, publicKeysSchema } from '@veinledger/domain';
import { z } from 'zod';

/** Length of an Ed25519 private key (RFC 8032) and of an ML-DSA-65 seed (FIPS 204, algorithm 6). */
export const SEED_BYTES = 32;

const seedSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/u, 'expected 32 bytes in base64url');

/** Both key pairs of one actor; private keys are seeds in base64url. */
export const actorKeysSchema = z.strictObject({
  public: publicKeysSchema,
  private: z.strictObject({ ed25519: seedSchema, mlDsa65: seedSchema }),
});

export interface ActorKeys {
  readonly public: PublicKeys;
  readonly private: { readonly ed25519: string; readonly mlDsa65: string };
}

/** A private key's seed as bytes. */
export function seedOf(keys: ActorKeys, key: keyof ActorKeys['private']): Uint8Array {
  return base64urlToBytes(keys.private[key], `private.${key}`);
}
