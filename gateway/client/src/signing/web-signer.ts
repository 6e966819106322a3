import type { ActorKeys } from '../keys/actor-keys.js';
import { toPrivateJwks } from '../keys/private-jwk.js';
import { nobleOperations } from './noble-operations.js';
import { type Signer, signerOf, type SigningOperations } from './signer.js';

/** Who computes a signature: the runtime's SubtleCrypto, or noble where it lacks the algorithm. */
export type Provider = 'webcrypto' | 'noble';

/** A signer that says which of its signatures the runtime's own cryptography makes. */
export interface WebSigner extends Signer {
  readonly providers: Readonly<Record<keyof SigningOperations, Provider>>;
}

/** What is used of SubtleCrypto, which a page without TLS does not have. */
interface MaybeSubtle {
  readonly subtle?: typeof globalThis.crypto.subtle;
}
type Operation = SigningOperations[keyof SigningOperations];

/** Signs by SubtleCrypto as far as the runtime has Ed25519 and ML-DSA-65 there, and by noble otherwise. */
export async function webSigner(keys: ActorKeys): Promise<WebSigner> {
  const jwks = toPrivateJwks(keys);
  const noble = nobleOperations(keys);
  const subtleEd25519 = await subtleOperation('Ed25519', jwks.ed25519);
  const subtleMlDsa65 = await subtleOperation('ML-DSA-65', jwks.mlDsa65);
  const signer = signerOf(keys.public, {
    ed25519: subtleEd25519 ?? ((message) => noble.ed25519(message)),
    mlDsa65: subtleMlDsa65 ?? ((message) => noble.mlDsa65(message)),
  });
  const providers = {
    ed25519: providerOf(subtleEd25519),
    mlDsa65: providerOf(subtleMlDsa65),
  };
  return { ...signer, providers };
}

/** Undefined where the runtime does not know the algorithm, or has no SubtleCrypto. */
async function subtleOperation(name: string, jwk: object): Promise<Operation | undefined> {
  const subtle = subtleOf(globalThis.crypto);
  if (subtle === undefined) return undefined;
  try {
    const key = await subtle.importKey('jwk', { ...jwk }, { name }, false, ['sign']);
    return async (message) => new Uint8Array(await subtle.sign({ name }, key, message));
  } catch (error) {
    if (error instanceof Error && error.name === 'NotSupportedError') return undefined;
    throw error;
  }
}

function subtleOf({ subtle }: MaybeSubtle): MaybeSubtle['subtle'] {
  return subtle;
}

function providerOf(operation: Operation | undefined): Provider {
  return operation === undefined ? 'noble' : 'webcrypto';
}
