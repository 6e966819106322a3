import { bytesToBase64url, utf8 } from '../encoding/bytes.js';
import { canonicalise } from '../encoding/codec.js';

/** What a JWS may be: a command, the proof that a new actor holds its keys, or a dose pass. */
export const JWS_TYPES = [
  'vnd.veinledger.command+jws',
  'vnd.veinledger.possession+jws',
  'vnd.veinledger.pass+jws',
] as const;

export type JwsType = (typeof JWS_TYPES)[number];

/** The algorithms of a JWS's signatures, in their order; all are required until members decide otherwise. */
export const JWS_ALGORITHMS = ['EdDSA', 'ML-DSA-65'] as const;

export type JwsAlgorithm = (typeof JWS_ALGORITHMS)[number];

/** One signature of a General JWS, both members in base64url. */
export interface JwsSignature {
  readonly protected: string;
  readonly signature: string;
}

/**
 * The protected header of one signature, in base64url. It names every algorithm of the JWS, so that no
 * signature can be taken away unseen.
 * @param kid RFC 7638 thumbprint of the signing key
 * @param algs by what the JWS is signed, in the order of {@link JWS_ALGORITHMS}
 */
export function protectedHeader(
  alg: JwsAlgorithm,
  kid: string,
  typ: JwsType,
  algs: readonly JwsAlgorithm[] = JWS_ALGORITHMS,
): string {
  return bytesToBase64url(utf8(canonicalise({ alg, algs, kid, typ })));
}

/** The bytes a signature covers (RFC 7515 section 5.1). */
export function signingInput(protectedText: string, payload: string): Uint8Array {
  return utf8(`${protectedText}.${payload}`);
}

/**
 * The General JWS JSON serialisation (RFC 7515 section 7.2.1) in canonical form.
 * @param payloadText canonical JSON
 * @param signatures in the order of {@link JWS_ALGORITHMS}: the EdDSA signature, then the ML-DSA-65 signature
 */
export function assembleJws(payloadText: string, signatures: readonly JwsSignature[]): string {
  return canonicalise({
    payload: bytesToBase64url(utf8(payloadText)),
    signatures: signatures.map(({ protected: header, signature }) => ({
      protected: header,
      signature,
    })),
  });
}
