import { base64urlToBytes, bytesToBase64url } from '@veinledger/domain';
import { argon2id } from 'hash-wasm';
import { z } from 'zod';
import { KEY_BYTES, randomBytes } from './cipher.js';
import { DeviceError } from './device-error.js';

/** What NIST SP 800-63B-4 asks of a passphrase that stands alone is 15 characters. */
export const MIN_PASSPHRASE = 15;
const SALT_BYTES = 16;

/** Bounds of what a file may ask a device to do: a forged one must not stop it. */
const MAX_MEMORY_KIB = 1_048_576;
const MAX_PASSES = 64;
const MAX_LANES = 16;

/** What Argon2id (RFC 9106) costs. */
const costSchema = z.strictObject({
  memoryKiB: z.int().min(8).max(MAX_MEMORY_KIB),
  passes: z.int().min(1).max(MAX_PASSES),
  lanes: z.int().min(1).max(MAX_LANES),
});

export type Argon2Cost = Readonly<z.infer<typeof costSchema>>;

/** RFC 9106, section 4, second recommendation: for devices with little memory. */
export const PASSPHRASE_COST: Argon2Cost = { memoryKiB: 65_536, passes: 3, lanes: 4 };

export const passphraseLockSchema = z.strictObject({
  kind: z.literal('passphrase'),
  kdf: z.literal('argon2id'),
  cost: costSchema,
  salt: z.base64url(),
  /** the box's key, under the key from the passphrase */
  wrapped: z.base64url(),
});

type Derivation = Omit<z.infer<typeof passphraseLockSchema>, 'wrapped'>;

/** A fresh salt, and what a passphrase will cost under it. */
export function passphraseDerivation(cost: Argon2Cost = PASSPHRASE_COST): Derivation {
  const salt = bytesToBase64url(randomBytes(SALT_BYTES));
  return { kind: 'passphrase', kdf: 'argon2id', cost, salt };
}

/** The key from a passphrase, the same from every keyboard (Unicode Standard Annex 15). */
export async function keyOfPassphrase(
  passphrase: string,
  { cost, salt }: Pick<Derivation, 'cost' | 'salt'>,
): Promise<Uint8Array<ArrayBuffer>> {
  const hashed = await argon2id({
    password: passphrase.normalize('NFKC'),
    salt: base64urlToBytes(salt, 'salt'),
    memorySize: cost.memoryKiB,
    iterations: cost.passes,
    parallelism: cost.lanes,
    hashLength: KEY_BYTES,
    outputType: 'binary',
  });
  return new Uint8Array(hashed);
}

/**
 * Asks for a passphrase of some length when keys are locked, and never when they are opened.
 * @throws DeviceError PASSPHRASE_TOO_SHORT
 */
export function requirePassphrase(passphrase: string): void {
  const { length } = Array.from(passphrase.normalize('NFKC'));
  if (length >= MIN_PASSPHRASE) return;
  throw new DeviceError(
    'PASSPHRASE_TOO_SHORT',
    `at least ${MIN_PASSPHRASE} characters, found ${length}`,
  );
}
