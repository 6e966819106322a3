import { type Signer, signerOf } from '@veinledger/client';
import { canonicalise, type PublicKeys, sha256Base64url } from '@veinledger/domain';
import type { SignedMessage } from '#scripts';

const TYPE = 'vnd.veinledger.command+jws';

export interface Letter {
  readonly network: string;
  readonly type: string;
  readonly actor: string;
  readonly body: unknown;
  /** RFC 3339 */
  readonly at: string;
  readonly lateReason?: string;
  /** contents by name */
  readonly annexes: Readonly<Record<string, unknown>>;
  /** tells this command from others */
  readonly serial: string;
}

/** A command as a client makes it, but with salts and a nonce that its content gives. */
export async function enclose(letter: Letter, signer: Signer): Promise<SignedMessage> {
  const { annexes, serial, ...rest } = letter;
  const sealed = Object.entries(annexes).map(
    ([name, content]) => [name, seal(name, content)] as const,
  );
  const payload = canonicalise({
    v: 1,
    ...rest,
    nonce: sha256Base64url(serial).slice(0, 21) + 'A',
    ...(sealed.length === 0
      ? {}
      : { annex: Object.fromEntries(sealed.map(([name, { digest }]) => [name, digest])) }),
  });
  return {
    type: letter.type,
    jws: await signer.sign(payload, TYPE),
    annexes: Object.fromEntries(sealed.map(([name, { text }]) => [name, text])),
  };
}

/** An annex whose salt its content gives, so that the same content has the same digest. */
export function seal(name: string, content: unknown): { text: string; digest: string } {
  const salt = sha256Base64url(canonicalise([name, content]));
  const text = canonicalise({ v: 1, salt, content });
  return { text, digest: sha256Base64url(text) };
}

const BLANKS = new WeakMap<PublicKeys, Signer>();

/** Leaves signatures blank: for a ledger that asks for none. */
export function blankSigner(keys: PublicKeys): Signer {
  const known = BLANKS.get(keys) ?? signerOf(keys, BLANK);
  BLANKS.set(keys, known);
  return known;
}

/** of the lengths of Ed25519 (RFC 8032) and ML-DSA-65 (FIPS 204) signatures */
const BLANK = { ed25519: () => new Uint8Array(64), mlDsa65: () => new Uint8Array(3309) };
