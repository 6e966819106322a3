import { bytesToBase64url, canonicalise } from '@veinledger/domain';

const NONCE_BYTES = 16;

/** What an actor wants to say; see the ledger's description of each type for its body. */
export interface CommandDraft {
  /** network id of the consortium root */
  readonly network: string;
  /** `contract:Transaction`, for instance `custody:ReleaseItem` */
  readonly type: string;
  /** the actor's id */
  readonly actor: string;
  readonly body: unknown;
  /** digests of sealed annexes by name */
  readonly annex?: Readonly<Record<string, string>>;
  /** when the thing happened; now when left out */
  readonly at?: Date | string;
  /** code of the reason for entering it late */
  readonly lateReason?: string;
}

/** The payload of a command as canonical JSON, with a fresh nonce; a signer's `sign` takes it. */
export function buildCommand(draft: CommandDraft): string {
  const { at = new Date(), ...rest } = draft;
  return canonicalise({
    v: 1,
    ...rest,
    at: typeof at === 'string' ? at : at.toISOString(),
    nonce: bytesToBase64url(crypto.getRandomValues(new Uint8Array(NONCE_BYTES))),
  });
}
