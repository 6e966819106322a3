import type { ActorKeys } from '../keys/actor-keys.js';
import { nobleOperations } from './noble-operations.js';
import { type Signer, signerOf } from './signer.js';

/** Signs without native code, wherever JavaScript runs. */
export function nobleSigner(keys: ActorKeys): Signer {
  return signerOf(keys.public, nobleOperations(keys));
}
