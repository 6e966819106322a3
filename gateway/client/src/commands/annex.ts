import { bytesToBase64url, canonicalise, sha256Base64url } from '@veinledger/domain';

const SALT_BYTES = 32;

/** Content that only a therapy's parties may see, and what the signed command says of it. */
export interface SealedAnnex {
  /** canonical JSON of `v`, `salt` and `content`: travels in the transient data */
  readonly text: string;
  /** SHA-256 of the text in base64url: stands in the command */
  readonly digest: string;
}

/** Commits to content with a fresh salt, so that a digest tells nothing about guessable content. */
export function sealAnnex(content: unknown): SealedAnnex {
  const salt = bytesToBase64url(crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
  const text = canonicalise({ v: 1, salt, content });
  return { text, digest: sha256Base64url(text) };
}
