import { sha256Base64url, VeinledgerError } from '@veinledger/domain';
import type { Logger } from 'pino';
import { ProblemError } from '../problems/problem.js';
import { notEntitled } from '../reads/caller-reader.js';
import type { TherapyIndex } from '../reads/therapy-index.js';
import type { GatewayMetrics } from '../telemetry/metrics.js';
import type { AnnexOrigin, AnnexVault, VaultReader } from '../vault/annex-vault.js';
import type { AnnexIndex } from './annex-index.js';
import { AskFailure } from './ask-failure.js';
import type { MemberLink } from './ask-member.js';
import type { EntitledMembers } from './entitled-members.js';

export interface ExchangeParts {
  /** MSP id of the member whose gateway this is */
  readonly operator: string;
  readonly vault: AnnexVault;
  readonly index: Pick<AnnexIndex, 'origins' | 'digests'>;
  readonly parties: Pick<EntitledMembers, 'entitled'>;
  /** who takes part in a therapy, as the blocks say */
  readonly therapies: Pick<TherapyIndex, 'parties'>;
  /** the other members' gateways, as they are now */
  readonly links: () => Promise<readonly Pick<MemberLink, 'member' | 'ask'>[]>;
  readonly metrics: Pick<GatewayMetrics, 'exchanged'>;
  readonly logger: Logger;
}

/** How long a member that could not be reached is not asked again, milliseconds. */
const REST_MS = 5000;

/** Asks other members' gateways for annexes that this gateway's vault should hold and does not. */
export class AnnexExchange implements VaultReader {
  readonly #parts: ExchangeParts;
  readonly #underWay = new Map<string, Promise<string>>();
  readonly #restingUntil = new Map<string, number>();

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
  }

  /** The committed commands that commit to an annex; none where nobody's does. */
  origins(digest: string): Promise<readonly AnnexOrigin[]> {
    return this.#parts.index.origins(digest);
  }

  /** The digests of every annex that a committed command commits to. */
  digests(): Promise<readonly string[]> {
    return this.#parts.index.digests();
  }

  /**
   * Whether an annex is of therapies only in which this gateway's member takes no part now; it may later, and then gets what
   * came before.
   */
  async isForeign(digest: string): Promise<boolean> {
    const { index, operator, therapies } = this.#parts;
    const origins = await index.origins(digest);
    for (const { coi } of origins) {
      const parties = coi === undefined ? undefined : await therapies.parties(coi);
      if (parties === undefined || parties.includes(operator)) return false;
    }
    return origins.length > 0;
  }

  /** From the vault, else from another member; undefined where this gateway's member is no party, or nobody gives it. */
  async get(digest: string): Promise<string | undefined> {
    try {
      return await this.hold(digest);
    } catch (error) {
      if (error instanceof ProblemError || error instanceof VeinledgerError) return undefined;
      throw error;
    }
  }

  /**
   * The annex of a digest, from the vault or fetched into it.
   * @throws as {@link fetch}
   */
  async hold(digest: string, signal?: AbortSignal): Promise<string> {
    const kept = await this.#parts.vault.findWhole(digest);
    return kept?.text ?? (await this.fetch(digest, signal));
  }

  /**
   * Fetches an annex from the members that are its parties, the command's own organisation first, holds it against its
   * digest and stores it. Whoever asks for the same meanwhile waits for the same.
   * @throws VeinledgerError NOT_FOUND where no committed command commits to it, NOT_ENTITLED where this gateway's member
   *   is no party
   * @throws ProblemError ANNEX_UNAVAILABLE, telling what each member answered: 503 where asking again may help, else 502
   * @throws LedgerError when the ledger cannot answer
   */
  fetch(digest: string, signal?: AbortSignal): Promise<string> {
    const underWay =
      this.#underWay.get(digest) ??
      this.#fetch(digest, signal).finally(() => this.#underWay.delete(digest));
    this.#underWay.set(digest, underWay);
    return underWay;
  }

  /**
   * The annex of a digest from one of these members, held against it and not stored: for somebody who may read it here for a
   * time, while this gateway's member is no party.
   * @throws ProblemError ANNEX_UNAVAILABLE as {@link fetch}
   */
  borrow(digest: string, holders: readonly string[]): Promise<string> {
    return this.#askAll([...new Set(holders)], digest, undefined);
  }

  async #fetch(digest: string, signal?: AbortSignal): Promise<string> {
    const { operator, index, vault, parties } = this.#parts;
    const origins = await index.origins(digest);
    if (origins.length === 0) throw nowhere(digest);
    const own: AnnexOrigin[] = [];
    const holders = new Set<string>();
    for (const origin of origins) {
      const entitled = await parties.entitled(origin.commandId, digest);
      if (!entitled.includes(operator)) continue;
      own.push(origin);
      for (const member of [origin.organisation, ...entitled]) holders.add(member);
    }
    if (own.length === 0) {
      throw notEntitled("this gateway's member is no party of the annex's therapy", 'digest');
    }
    const text = await this.#askAll([...holders], digest, signal);
    for (const origin of own) await vault.put(digest, text, origin);
    await vault.confirm(digest);
    return text;
  }

  async #askAll(
    holders: readonly string[],
    digest: string,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const links = await this.#parts.links();
    const failures: AskFailure[] = [];
    for (const member of holders) {
      const link = links.find((each) => each.member === member);
      if (link === undefined) continue;
      try {
        return await this.#ask(link, digest, signal);
      } catch (error) {
        if (!(error instanceof AskFailure)) throw error;
        failures.push(error);
      }
    }
    throw unavailable(holders, failures);
  }

  /** @throws AskFailure */
  async #ask(
    link: Pick<MemberLink, 'member' | 'ask'>,
    digest: string,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const { metrics, logger } = this.#parts;
    const { member } = link;
    if ((this.#restingUntil.get(member) ?? 0) > Date.now()) {
      throw new AskFailure(member, 'unreachable');
    }
    try {
      const text = await link.ask(digest, signal);
      requireDigest(member, digest, text);
      metrics.exchanged('fetched', member, 'ok');
      logger.info({ member, digest }, 'annex fetched');
      return text;
    } catch (error) {
      if (!(error instanceof AskFailure)) throw error;
      const { fault, cause } = error;
      const reason = fault === 'revoked' && cause instanceof Error ? { reason: cause.message } : {};
      if (error.passing) this.#restingUntil.set(member, Date.now() + REST_MS);
      metrics.exchanged('fetched', member, fault);
      logger.warn({ member, digest, result: fault, ...reason }, 'annex not fetched');
      throw error;
    }
  }
}

/** @throws AskFailure for what is no annex, and for another one */
function requireDigest(member: string, digest: string, text: string): void {
  if (sha256Base64url(text) === digest) return;
  throw new AskFailure(member, isAnnex(text) ? 'another-annex' : 'garbage');
}

function isAnnex(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'salt' in value && 'content' in value;
  } catch {
    return false;
  }
}

function nowhere(digest: string): VeinledgerError {
  return new VeinledgerError('NOT_FOUND', 'no committed command commits to such an annex', {
    field: 'digest',
    found: digest,
  });
}

function unavailable(holders: readonly string[], failures: readonly AskFailure[]): ProblemError {
  return new ProblemError({
    status: failures.some(({ passing }) => passing) ? 503 : 502,
    code: 'ANNEX_UNAVAILABLE',
    detail: 'the vault does not hold the annex, and no member gave it',
    field: 'digest',
    expected: `the annex from one of ${holders.join()}`,
    found: failures.map(({ message }) => message).join('; ') || 'no member of these to ask',
  });
}
