import {
  assembleJws,
  bytesToBase64url,
  JWS_ALGORITHMS,
  type JwsAlgorithm,
  type JwsSignature,
  type JwsType,
  keyIds,
  protectedHeader,
  type PublicKeys,
  signingInput,
  utf8,
} from '@veinledger/domain';

/** Whoever holds an actor's private keys: a file, a device, a browser. */
export interface Signer {
  readonly publicKeys: PublicKeys;
  /**
   * Signs with both keys, or with those of the algorithms that are named.
   * @param payloadText canonical JSON (RFC 8785)
   * @returns a General JWS (RFC 7515 section 7.2.1)
   */
  sign(payloadText: string, typ: JwsType, algorithms?: readonly JwsAlgorithm[]): Promise<string>;
}

type Signature = Uint8Array | Promise<Uint8Array>;

/** The two raw signing operations that a signer is made of. */
export interface SigningOperations {
  ed25519(message: Uint8Array<ArrayBuffer>): Signature;
  /** pure ML-DSA-65 with an empty context (RFC 9964 section 4) */
  mlDsa65(message: Uint8Array<ArrayBuffer>): Signature;
}

/** A signer from its public keys and the two operations with the private ones. */
export function signerOf(publicKeys: PublicKeys, operations: SigningOperations): Signer {
  const kids = keyIds(publicKeys);
  return {
    publicKeys,
    async sign(payloadText, typ, algorithms = JWS_ALGORITHMS) {
      const payload = bytesToBase64url(utf8(payloadText));
      const part = async (
        alg: JwsAlgorithm,
        kid: string,
        operation: (message: Uint8Array<ArrayBuffer>) => Signature,
      ): Promise<JwsSignature> => {
        const header = protectedHeader(alg, kid, typ, algorithms);
        const signed = await operation(new Uint8Array(signingInput(header, payload)));
        return { protected: header, signature: bytesToBase64url(signed) };
      };
      const signatures: JwsSignature[] = [];
      for (const alg of JWS_ALGORITHMS.filter((each) => algorithms.includes(each))) {
        signatures.push(
          alg === 'EdDSA'
            ? await part(alg, kids.ed25519, (message) => operations.ed25519(message))
            : await part(alg, kids.mlDsa65, (message) => operations.mlDsa65(message)),
        );
      }
      return assembleJws(payloadText, signatures);
    },
  };
}
