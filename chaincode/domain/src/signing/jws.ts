import { z } from 'zod';
import { base64urlToBytes, sha256Base64url, utf8ToText } from '../encoding/bytes.js';
import { parseCanonical } from '../encoding/codec.js';
import { VeinledgerError } from '../errors/errors.js';
import { expectationOf, violationOf } from '../errors/expectation.js';
import { namedAlgorithms, requireHeaders } from './jws-header.js';
import {
  JWS_ALGORITHMS,
  type JwsAlgorithm,
  type JwsSignature,
  type JwsType,
  signingInput,
} from './jws-text.js';
import { type KeyIds, type PublicKeys, type ReadKeys, readKeys } from './keys.js';
import { Remembered } from './remembered.js';
import type { SignatureVerdict, Verifier } from './verifier.js';

/** A JWS whose frame is right; its signatures are not verified yet. */
export interface ParsedJws {
  /** canonical JSON, the text that was signed */
  readonly payloadText: string;
  readonly payload: unknown;
  /** SHA-256 of the payload's bytes in base64url: a command's id */
  readonly payloadDigest: string;
  /** by what it is signed, in the order of its signatures */
  readonly parts: readonly JwsPart[];
}

/** One signature of a JWS. */
export interface JwsPart {
  readonly algorithm: JwsAlgorithm;
  /** the key that the protected header names */
  readonly kid: string;
  /** the bytes that the signature covers */
  readonly signingInput: Uint8Array;
  readonly signature: Uint8Array;
}

const envelopeSchema = z.strictObject({
  payload: z.string(),
  signatures: z.array(z.strictObject({ protected: z.string(), signature: z.string() })),
});

/**
 * Reads a General JWS (RFC 7515 section 7.2.1): canonical JSON with a payload that is canonical JSON, signed
 * by each of the algorithms in their order, each protected header holding exactly `alg`, `algs`, `kid`, `typ`.
 * Size, depth and canonical form are judged on the way.
 * @param algorithms by what it has to be signed; `as-named` reads what the JWS itself says, for whoever leaves it to the
 *   ledger to judge that
 * @throws VeinledgerError MALFORMED_JWS, SIGNATURE_MISSING, ALGORITHM_REFUSED, WRONG_TYPE, COMMAND_TOO_LARGE,
 *   TOO_DEEP, DUPLICATE_KEY, NOT_CANONICAL, and SCHEMA_VIOLATION for a payload that is no JSON
 */
export function parseJws(
  jws: string,
  typ: JwsType,
  algorithms: readonly JwsAlgorithm[] | 'as-named' = JWS_ALGORITHMS,
): ParsedJws {
  const { payload, signatures } = parseEnvelope(jws);
  const headers = headersOf(signatures, typ, algorithms);
  const payloadBytes = base64urlToBytes(payload, 'jws.payload');
  const payloadText = utf8ToText(payloadBytes, 'jws.payload');
  return {
    payloadText,
    payload: parseCanonical(payloadText, 'payload'),
    payloadDigest: sha256Base64url(payloadBytes),
    parts: signatures.map(({ protected: header, signature }, index) => ({
      ...partOf(headers, index),
      signingInput: signingInput(header, payload),
      signature: base64urlToBytes(signature, `jws.signatures[${index}].signature`),
    })),
  };
}

/**
 * Verifies every signature under an actor's keys, at the same time where the verifier can.
 * @throws VeinledgerError UNKNOWN_KEY when the JWS names other keys, SIGNATURE_INVALID naming the algorithm
 */
export async function verifyJws(
  parsed: ParsedJws,
  keys: PublicKeys,
  verifier: Verifier,
): Promise<void> {
  const read = readKeys(keys);
  for (const { algorithm, kid } of parsed.parts)
    requireKey(algorithm, idOf(read.ids, algorithm), kid);
  const verdicts = await Promise.all(
    parsed.parts.map((part) => Promise.resolve(verdictOn(part, read, verifier))),
  );
  parsed.parts.forEach(({ algorithm }, index) => {
    if (verdicts[index] !== true) throw invalid(algorithm, index);
  });
}

function verdictOn(
  { algorithm, signingInput: message, signature }: JwsPart,
  { ed25519, mlDsa65 }: ReadKeys,
  verifier: Verifier,
): SignatureVerdict {
  return algorithm === 'EdDSA'
    ? verifier.ed25519(ed25519, message, signature)
    : verifier.mlDsa65(mlDsa65, message, signature);
}

function idOf(ids: KeyIds, algorithm: JwsAlgorithm): string {
  return algorithm === 'EdDSA' ? ids.ed25519 : ids.mlDsa65;
}

function parseEnvelope(jws: string): z.infer<typeof envelopeSchema> {
  const envelope = parseCanonical(jws, 'jws', 'MALFORMED_JWS');
  const result = envelopeSchema.safeParse(envelope, { error: expectationOf });
  if (result.success) return result.data;
  const { place, expected, found } = violationOf(result.error, envelope);
  throw new VeinledgerError('MALFORMED_JWS', 'the envelope has another shape', {
    field: ['jws', ...place].join('.'),
    expected,
    found,
  });
}

/** What the protected headers of a JWS say. */
interface ReadHeaders {
  readonly algorithms: readonly JwsAlgorithm[];
  readonly kids: readonly string[];
}

/** Protected headers as they were read, since an actor's are the same each time. */
const readBefore = new Remembered<unknown>(1024);

/** What is remembered of a header is what it says; what a JWS must say is asked of each one anew. */
function headersOf(
  signatures: readonly JwsSignature[],
  typ: JwsType,
  algorithms: readonly JwsAlgorithm[] | 'as-named',
): ReadHeaders {
  const headers = signatures.map((entry, index) =>
    readBefore.of(entry.protected, (text) => parseHeader(text, index)),
  );
  const required = algorithms === 'as-named' ? namedAlgorithms(headers) : algorithms;
  return { algorithms: required, kids: requireHeaders(headers, typ, required) };
}

function parseHeader(text: string, index: number): unknown {
  const field = `jws.signatures[${index}].protected`;
  return parseCanonical(utf8ToText(base64urlToBytes(text, field), field), field, 'MALFORMED_JWS');
}

function partOf({ algorithms, kids }: ReadHeaders, index: number) {
  const [algorithm, kid] = [algorithms[index], kids[index]];
  if (algorithm && kid !== undefined) return { algorithm, kid };
  throw new Error(`signature ${index} was not judged`);
}

function requireKey(algorithm: JwsAlgorithm, expected: string, found: string): void {
  if (found === expected) return;
  throw new VeinledgerError('UNKNOWN_KEY', `the ${algorithm} key is not the actor's`, {
    field: 'kid',
    expected,
    found,
  });
}

function invalid(algorithm: JwsAlgorithm, index: number): VeinledgerError {
  return new VeinledgerError('SIGNATURE_INVALID', `the ${algorithm} signature does not verify`, {
    field: `jws.signatures[${index}].signature`,
    expected: `a signature by ${algorithm} over this payload`,
  });
}
