import { type KeyObject, createPublicKey, verify } from 'node:crypto';
import {
  ED25519_PUBLIC_KEY_BYTES,
  type Ed25519Jwk,
  ed25519Jwk,
  ML_DSA_65_PUBLIC_KEY_BYTES,
  type MlDsa65Jwk,
  mlDsa65Jwk,
  type SignatureVerdict,
  type Verifier,
} from '@veinledger/domain';
import { Remembered } from '@veinledger/domain/execution';
import { isSoundEd25519Key } from './ed25519-point.js';

const ED25519_SIGNATURE_BYTES = 64;
const ML_DSA_65_SIGNATURE_BYTES = 3309;
const CACHED_KEYS = 512;

/** Imported keys by their base64url text; undefined for a key that nothing verifies under. */
const ed25519Keys = new Remembered<KeyObject | undefined>(CACHED_KEYS);
const mlDsa65Keys = new Remembered<KeyObject>(CACHED_KEYS);

function ed25519Key(publicKey: Uint8Array): KeyObject | undefined {
  return ed25519Keys.of(textOf(publicKey), (text) =>
    isSoundEd25519Key(publicKey) ? importKey(ed25519Jwk(text)) : undefined,
  );
}

function mlDsa65Key(publicKey: Uint8Array): KeyObject {
  return mlDsa65Keys.of(textOf(publicKey), (text) => importKey(mlDsa65Jwk(text)));
}

function textOf(publicKey: Uint8Array): string {
  return Buffer.from(publicKey).toString('base64url');
}

/** Checks a signature by a key that has been read. */
type Check = (message: Uint8Array, key: KeyObject, signature: Uint8Array) => SignatureVerdict;

/**
 * Verification by the OpenSSL that Node carries, in libuv's thread pool: for a process that verifies more than one
 * thread can.
 */
export const nativeVerifier = verifierBy(
  (message, key, signature) =>
    new Promise<boolean>((done, failed) => {
      verify(null, message, key, signature, (error, valid) => {
        if (error) failed(error);
        else done(valid);
      });
    }),
);

/**
 * The same in the thread that asks: for a process to whom one thread is enough, since handing a signature to another
 * costs a third of verifying it.
 */
export const inThreadVerifier = verifierBy((message, key, signature) =>
  verify(null, message, key, signature),
);

function verifierBy(check: Check): Verifier {
  return {
    ed25519(publicKey, message, signature) {
      if (publicKey.length !== ED25519_PUBLIC_KEY_BYTES) return false;
      if (signature.length !== ED25519_SIGNATURE_BYTES) return false;
      const key = ed25519Key(publicKey);
      return key !== undefined && check(message, key, signature);
    },

    mlDsa65(publicKey, message, signature) {
      if (publicKey.length !== ML_DSA_65_PUBLIC_KEY_BYTES) return false;
      if (signature.length !== ML_DSA_65_SIGNATURE_BYTES) return false;
      return check(message, mlDsa65Key(publicKey), signature);
    },

    ed25519KeyIsSound: isSoundEd25519Key,
  };
}

/**
 * Makes sure that this Node verifies ML-DSA-65 natively.
 * @throws Error naming this Node and its OpenSSL when it does not
 */
export function assertNativeMlDsa(): void {
  try {
    const zeroKey = Buffer.alloc(ML_DSA_65_PUBLIC_KEY_BYTES).toString('base64url');
    const key = importKey(mlDsa65Jwk(zeroKey));
    verify(null, Buffer.alloc(0), key, Buffer.alloc(ML_DSA_65_SIGNATURE_BYTES));
  } catch (cause) {
    throw new Error(
      `Node ${process.versions.node} with OpenSSL ${process.versions.openssl} has no native ML-DSA-65: ` +
        'veinledger needs Node 24.6 or later with OpenSSL 3.5. npm installs one: run veinledger, or this by npm (npm start, npm run …), ' +
        'or as node_modules/.bin/node FILE',
      { cause },
    );
  }
}

function importKey(jwk: Ed25519Jwk | MlDsa65Jwk): KeyObject {
  return createPublicKey({ key: { ...jwk }, format: 'jwk' });
}
