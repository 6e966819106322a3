import { type JwsAlgorithm, parseJws } from '@veinledger/domain';
import type { Signer } from '../signing/signer.js';
import { sealAnnex } from './annex.js';
import { buildCommand } from './command.js';

/** What an actor says, with the contents that only a therapy's parties may see. */
export interface Statement {
  /** `contract:Transaction`, for instance `custody:ReleaseItem` */
  readonly type: string;
  readonly body: unknown;
  /** contents by the annex's name; each is sealed with a fresh salt */
  readonly annexes?: Readonly<Record<string, unknown>>;
  /** when the thing happened; now when left out */
  readonly at?: Date | string;
  /** code of the reason for entering it late */
  readonly lateReason?: string;
}

/** Who says it, on which network. */
export interface Author {
  /** network id of the consortium root */
  readonly network: string;
  /** the actor's id */
  readonly actor: string;
  readonly signer: Signer;
  /** by what to sign, where members require other algorithms than both */
  readonly algorithms?: readonly JwsAlgorithm[];
}

/** A command signed by its actor, with the annexes that travel beside it. */
export interface SignedCommand {
  /** SHA-256 of the payload, base64url */
  readonly id: string;
  readonly type: string;
  readonly jws: string;
  /** texts by the annex's name */
  readonly annexes: Readonly<Record<string, string>>;
}

/** Builds a command, seals its annexes and signs it with the actor's keys. */
export async function signCommand(author: Author, statement: Statement): Promise<SignedCommand> {
  const { annexes = {}, type, ...rest } = statement;
  const sealed = Object.entries(annexes).map(
    ([name, content]) => [name, sealAnnex(content)] as const,
  );
  const payload = buildCommand({
    network: author.network,
    actor: author.actor,
    type,
    ...rest,
    ...(sealed.length === 0
      ? {}
      : { annex: Object.fromEntries(sealed.map(([name, { digest }]) => [name, digest])) }),
  });
  const jws = await author.signer.sign(payload, 'vnd.veinledger.command+jws', author.algorithms);
  return {
    id: commandIdOf(jws),
    type,
    jws,
    annexes: Object.fromEntries(sealed.map(([name, { text }]) => [name, text])),
  };
}

/**
 * The id of a signed command: SHA-256 of its payload in base64url.
 * @throws VeinledgerError MALFORMED_JWS and the like when the text is no signed command
 */
export function commandIdOf(jws: string): string {
  return parseJws(jws, 'vnd.veinledger.command+jws', 'as-named').payloadDigest;
}
