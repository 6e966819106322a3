import { z } from 'zod';
import { base64urlToBytes, sha256Base64url, utf8ToText } from './bytes.js';
import { parseCanonical } from './codec.js';
import { VeinledgerError } from './errors.js';
import { requireHeaders } from './jws-header.js';
import { type JwsAlgorithm, type JwsSignature, type JwsType, signingInput } from './jws-text.js';
import { type KeyIds, type PublicKeys, readKeys } from './keys.js';
import type { Verifier } from './verifier.js';

/** A JWS whose frame is right; its signatures are not verified yet. */
export interface ParsedJws {
  /** canonical JSON, the text that was signed */
  readonly payloadText: string;
  readonly payload: unknown;
  /** SHA-256 of the payload's bytes in base64url: a command's id */
  readonly payloadDigest: string;
  /** the keys that the protected headers name */
  readonly kids: KeyIds;
  /** the bytes that the EdDSA and the ML-DSA-65 signature cover */
  readonly signingInputs: readonly [Uint8Array, Uint8Array];
  /** the EdDSA and the ML-DSA-65 signature */
  readonly signatures: readonly [Uint8Array, Uint8Array];
}

const envelopeSchema = z.strictObject({
  payload: z.string(),
  signatures: z.array(z.strictObject({ protected: z.string(), signature: z.string() })),
});

/**
 * Reads a General JWS (RFC 7515 section 7.2.1): canonical JSON with a payload that is canonical JSON, signed
 * by EdDSA and ML-DSA-65 in this order, each protected header holding exactly `alg`, `algs`, `kid`, `typ`.
 * Size, depth and canonical form are judged on the way.
 * @throws VeinledgerError MALFORMED_JWS, SIGNATURE_MISSING, ALGORITHM_REFUSED, WRONG_TYPE, COMMAND_TOO_LARGE,
 *   TOO_DEEP, DUPLICATE_KEY, NOT_CANONICAL, and SCHEMA_VIOLATION for a payload that is no JSON
 */
export function parseJws(jws: string, typ: JwsType): ParsedJws {
  const { payload, signatures } = parseEnvelope(jws);
  const [ed25519, mlDsa65] = kidsOf(signatures, typ);
  const payloadBytes = base64urlToBytes(payload, 'jws.payload');
  const payloadText = utf8ToText(payloadBytes, 'jws.payload');
  return {
    payloadText,
    payload: parseCanonical(payloadText, 'payload'),
    payloadDigest: sha256Base64url(payloadBytes),
    kids: { ed25519, mlDsa65 },
    signingInputs: [input(signatures, 0, payload), input(signatures, 1, payload)],
    signatures: [signatureOf(signatures, 0), signatureOf(signatures, 1)],
  };
}

/**
 * Verifies both signatures under an actor's keys, at the same time where the verifier can.
 * @throws VeinledgerError UNKNOWN_KEY when the JWS names other keys, SIGNATURE_INVALID naming the algorithm
 */
export async function verifyJws(
  parsed: ParsedJws,
  keys: PublicKeys,
  verifier: Verifier,
): Promise<void> {
  const { ids, ed25519, mlDsa65 } = readKeys(keys);
  requireKey('EdDSA', ids.ed25519, parsed.kids.ed25519);
  requireKey('ML-DSA-65', ids.mlDsa65, parsed.kids.mlDsa65);
  const { signingInputs, signatures } = parsed;
  const [classical, postQuantum] = await Promise.all([
    verifier.ed25519(ed25519, signingInputs[0], signatures[0]),
    verifier.mlDsa65(mlDsa65, signingInputs[1], signatures[1]),
  ]);
  if (!classical) throw invalid('EdDSA', 0);
  if (!postQuantum) throw invalid('ML-DSA-65', 1);
}

function parseEnvelope(jws: string): z.infer<typeof envelopeSchema> {
  const result = envelopeSchema.safeParse(parseCanonical(jws, 'jws', 'MALFORMED_JWS'));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new VeinledgerError('MALFORMED_JWS', 'the envelope has another shape', {
    field: ['jws', ...(issue?.path ?? []).map(String)].join('.'),
    expected:
      '{"payload":…,"signatures":[{"protected":…,"signature":…},…]} (RFC 7515 section 7.2.1)',
    found: issue?.message ?? 'another shape',
  });
}

/** An actor's headers are the same each time: the key ids that some named are remembered, by their exact text. */
const rememberedKids = new Map<string, readonly [string, string]>();
const REMEMBERED_KIDS = 1024;

function kidsOf(signatures: readonly JwsSignature[], typ: JwsType): readonly [string, string] {
  const texts = signatures.map((entry) => entry.protected);
  const name = `${typ} ${texts.join(' ')}`;
  const known = rememberedKids.get(name);
  if (known) return known;
  const kids = requireHeaders(texts.map(parseHeader), typ);
  const oldest = rememberedKids.keys().next();
  if (rememberedKids.size === REMEMBERED_KIDS && oldest.done !== true) {
    rememberedKids.delete(oldest.value);
  }
  rememberedKids.set(name, kids);
  return kids;
}

function parseHeader(text: string, index: number): unknown {
  const field = `jws.signatures[${index}].protected`;
  return parseCanonical(utf8ToText(base64urlToBytes(text, field), field), field, 'MALFORMED_JWS');
}

function input(signatures: readonly JwsSignature[], index: 0 | 1, payload: string): Uint8Array {
  return signingInput(signatures[index]?.protected ?? '', payload);
}

function signatureOf(signatures: readonly JwsSignature[], index: 0 | 1): Uint8Array {
  const field = `jws.signatures[${index}].signature`;
  return base64urlToBytes(signatures[index]?.signature ?? '', field);
}

function requireKey(algorithm: JwsAlgorithm, expected: string, found: string): void {
  if (found === expected) return;
  throw new VeinledgerError('UNKNOWN_KEY', `the ${algorithm} key is not the actor's`, {
    field: 'kid',
    expected,
    found,
  });
}

function invalid(algorithm: JwsAlgorithm, index: 0 | 1): VeinledgerError {
  return new VeinledgerError('SIGNATURE_INVALID', `the ${algorithm} signature does not verify`, {
    field: `jws.signatures[${index}].signature`,
    expected: `a signature by ${algorithm} over this payload`,
  });
}
