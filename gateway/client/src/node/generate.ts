import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type ActorKeys, actorKeysSchema } from '../keys/actor-keys.js';

/** New keys for one actor: Ed25519 and ML-DSA-65. */
export function generateActorKeys(): ActorKeys {
  const ed25519 = privateJwk(generateKeyPairSync('ed25519').privateKey);
  const mlDsa65 = privateJwk(generateKeyPairSync('ml-dsa-65').privateKey);
  return actorKeysSchema.parse({
    public: { ed25519: ed25519['x'], mlDsa65: mlDsa65['pub'] },
    private: { ed25519: ed25519['d'], mlDsa65: mlDsa65['priv'] },
  });
}

function privateJwk(key: KeyObject): Record<string, unknown> {
  return { ...key.export({ format: 'jwk' }) };
}
