import {
  assembleJws,
  bytesToBase64url,
  canonicalise,
  JWS_ALGORITHMS,
  keyIds,
  protectedHeader,
  type PublicKeys,
  sha256Base64url,
} from '@veinledger/domain';
import type { SignedMessage } from '#scripts';

const TYPE = 'vnd.veinledger.command+jws';
/** lengths of Ed25519 (RFC 8032) and ML-DSA-65 (FIPS 204) signatures */
const BLANK = { EdDSA: blank(64), 'ML-DSA-65': blank(3309) } as const;

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

/** A command as a client makes it, but with blank signatures: for a ledger that asks for none. */
export function enclose(letter: Letter, keys: PublicKeys): SignedMessage {
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
  const kids = kidsOf(keys);
  const signatures = JWS_ALGORITHMS.map((alg) => ({
    protected: protectedHeader(
      alg,
      alg === 'EdDSA' ? kids.ed25519 : kids.mlDsa65,
      TYPE,
      JWS_ALGORITHMS,
    ),
    signature: BLANK[alg],
  }));
  return {
    type: letter.type,
    jws: assembleJws(payload, signatures),
    annexes: Object.fromEntries(sealed.map(([name, { text }]) => [name, text])),
  };
}

/** An annex whose salt its content gives, so that the same content has the same digest. */
export function seal(name: string, content: unknown): { text: string; digest: string } {
  const salt = sha256Base64url(canonicalise([name, content]));
  const text = canonicalise({ v: 1, salt, content });
  return { text, digest: sha256Base64url(text) };
}

const KIDS = new WeakMap<PublicKeys, ReturnType<typeof keyIds>>();

function kidsOf(keys: PublicKeys): ReturnType<typeof keyIds> {
  const known = KIDS.get(keys) ?? keyIds(keys);
  KIDS.set(keys, known);
  return known;
}

function blank(bytes: number): string {
  return bytesToBase64url(new Uint8Array(bytes));
}
