/** Whether a signature is right, now or when another thread has looked. */
export type SignatureVerdict = boolean | Promise<boolean>;

/**
 * Verification of the two signatures that every command carries. Implemented natively for the chaincode and
 * with noble as the second opinion; both give the same verdict on the same input.
 */
export interface Verifier {
  /**
   * Ed25519 (RFC 8032, cofactorless, no small-order keys).
   * @param publicKey 32 bytes
   * @param message the signed bytes
   * @param signature 64 bytes; any other length gives false
   */
  ed25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): SignatureVerdict;

  /**
   * ML-DSA-65 (FIPS 204) with an empty context, as RFC 9964 requires.
   * @param publicKey 1952 bytes
   * @param message the signed bytes
   * @param signature 3309 bytes; any other length gives false
   */
  mlDsa65(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): SignatureVerdict;

  /**
   * Whether an Ed25519 public key is one an actor may hold: 32 bytes, the canonical encoding of a point in
   * the prime-order subgroup other than the identity. Under any other key a signature can verify for several
   * messages, or for one verifier and not for another. {@link Verifier.ed25519} accepts nothing by such a key.
   */
  ed25519KeyIsSound(publicKey: Uint8Array): boolean;
}
