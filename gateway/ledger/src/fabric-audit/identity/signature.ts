import { verify } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import type { Certificate } from './certificate.js';
import type { Identity, Members } from './members.js';

/** A message, who is said to have signed it, and the signature. */
export interface SignedData {
  readonly message: Uint8Array;
  /** a serialised identity */
  readonly signer: Uint8Array;
  readonly signature: Uint8Array;
}

/** One signature, examined. */
export interface ExaminedSignature {
  /** left out when the identity cannot be read */
  readonly identity?: Identity;
  /** why the signature does not count; left out when it does */
  readonly fault?: string;
}

/** Whether a signature is the certificate's over the message: ECDSA P-256 over SHA-256, with the low S of Fabric. */
function isSignedBy(
  { publicKey }: Certificate,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (publicKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return false;
  try {
    if (p256.Signature.fromBytes(new Uint8Array(signature), 'der').hasHighS()) return false;
  } catch {
    return false;
  }
  return verify('sha256', message, publicKey, signature);
}

/** Verifies one signature by somebody whom the members vouch for. */
export function examineSignature(
  { message, signer, signature }: SignedData,
  members: Members,
): ExaminedSignature {
  const identity = members.identify(signer);
  if (typeof identity === 'string') return { fault: identity };
  if (identity.fault !== undefined) return { identity, fault: identity.fault };
  if (isSignedBy(identity.certificate, message, signature)) return { identity };
  return { identity, fault: `the signature is not its own over what stands in the block` };
}

/** Everybody who signed, each once; signatures that do not hold count for nobody. */
export function signersOf(signed: readonly SignedData[], members: Members): readonly Identity[] {
  const signers = new Map<string, Identity>();
  for (const each of signed) {
    const { identity, fault } = examineSignature(each, members);
    if (identity === undefined || fault !== undefined) continue;
    signers.set(JSON.stringify([identity.mspId, identity.certificate.fingerprint]), identity);
  }
  return [...signers.values()];
}
