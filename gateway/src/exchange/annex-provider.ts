import type { Logger } from 'pino';
import { LedgerError } from '@veinledger/ledger';
import { ProblemError } from '../problems/problem.js';
import type { GatewayMetrics } from '../telemetry/metrics.js';
import type { AnnexVault } from '../vault/annex-vault.js';
import type { EntitledMembers } from './entitled-members.js';

export interface GivingParts {
  readonly vault: Pick<AnnexVault, 'findWhole'>;
  readonly parties: Pick<EntitledMembers, 'givenNow'>;
  readonly metrics: Pick<GatewayMetrics, 'exchanged'>;
  readonly logger: Logger;
}

/**
 * Gives annexes to members that are parties of their therapy, or have a physician whom emergency access admits to it, and have
 * not left, and to nobody else. Every question is logged.
 */
export class AnnexProvider {
  readonly #parts: GivingParts;

  constructor(parts: GivingParts) {
    this.#parts = parts;
  }

  /**
   * The annex of a digest, for a member that proved who it is.
   * @throws ProblemError 404 NOT_FOUND, 403 NOT_ENTITLED
   * @throws LedgerError when the ledger cannot tell who is a party
   */
  async give(member: string, digest: string): Promise<string> {
    const { metrics, logger } = this.#parts;
    try {
      const text = await this.#find(member, digest);
      metrics.exchanged('given', member, 'ok');
      logger.info({ member, digest }, 'annex given');
      return text;
    } catch (error) {
      const result = resultOf(error);
      metrics.exchanged('given', member, result);
      logger.warn({ member, digest, result }, 'annex not given');
      throw error;
    }
  }

  async #find(member: string, digest: string): Promise<string> {
    const { vault, parties } = this.#parts;
    const annex = await vault.findWhole(digest);
    if (annex === undefined) throw refusal(404, 'NOT_FOUND', 'the vault holds no such annex');
    for (const { commandId } of annex.origins) {
      if ((await parties.givenNow(commandId, digest)).includes(member)) return annex.text;
    }
    throw refusal(403, 'NOT_ENTITLED', "annexes are given to their therapy's parties only");
  }
}

function refusal(status: number, code: string, detail: string): ProblemError {
  return new ProblemError({ status, code, detail, field: 'digest' });
}

function resultOf(error: unknown): string {
  if (error instanceof ProblemError) return error.details.code;
  return error instanceof LedgerError ? error.kind : 'error';
}
