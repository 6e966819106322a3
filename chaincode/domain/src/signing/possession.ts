import { z } from 'zod';
import { base64urlToBytes } from '../encoding/bytes.js';
import { canonicalise } from '../encoding/codec.js';
import { VeinledgerError } from '../errors/errors.js';
import { actorId, digest } from '../values/identifiers.js';
import { parseJws, verifyJws } from './jws.js';
import type { PublicKeys } from './keys.js';
import { parseClosed } from '../errors/schema.js';
import type { Verifier } from './verifier.js';

const statement = z.strictObject({ v: z.literal(1), network: digest, actor: actorId });

/** A General JWS by the new keys over network and actor id. */
export const possessionProof = z
  .string()
  .regex(/^\{[A-Za-z0-9_":,.{}[\]-]+\}$/, 'a General JWS by both new keys (RFC 7515 section 7.2.1)')
  .max(16_384);

/** What a new actor signs with both keys to show that it holds them: canonical JSON. */
export function possessionStatement(network: string, actor: string): string {
  return canonicalise({ v: 1, network, actor });
}

/**
 * Checks that the new actor holds both keys: its JWS over network and actor id verifies under them.
 * @throws VeinledgerError WEAK_KEY for an Ed25519 key of small order, POSSESSION_NOT_PROVED, and the errors of
 *   {@link parseJws}
 */
export async function requirePossession(
  proof: string,
  expected: { readonly network: string; readonly actor: string; readonly keys: PublicKeys },
  verifier: Verifier,
): Promise<void> {
  if (!verifier.ed25519KeyIsSound(base64urlToBytes(expected.keys.ed25519, 'keys.ed25519'))) {
    throw new VeinledgerError('WEAK_KEY', 'the Ed25519 key is no point of full order', {
      field: 'keys.ed25519',
      expected: 'a point of full order',
      found: expected.keys.ed25519,
    });
  }
  const parsed = parseJws(proof, 'vnd.veinledger.possession+jws');
  const stated = parseClosed(statement, parsed.payload, 'proof');
  if (stated.network !== expected.network || stated.actor !== expected.actor) {
    throw new VeinledgerError(
      'POSSESSION_NOT_PROVED',
      'the proof is for another actor or network',
      {
        field: 'proof',
        expected: `${expected.actor} in ${expected.network}`,
        found: `${stated.actor} in ${stated.network}`,
      },
    );
  }
  await verifyJws(parsed, expected.keys, verifier);
}
