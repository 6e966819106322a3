import { digest } from '@veinledger/domain';
import { z } from 'zod';
import type { AnnexExchange } from '../../exchange/exchange.js';
import { gather } from '../../exchange/gather.js';
import { notEntitled } from '../../reads/caller-reader.js';
import type { AnnexVault } from '../../vault/annex-vault.js';
import { type AnyJobKind, jobKind } from '../job-kind.js';

/** How many lacking annexes a result names; of the others it tells the number. */
const MAX_NAMED = 200;

const count = z.int().min(0);

const summary = z.strictObject({
  held: count,
  fetched: count,
  /** annexes of therapies in which the gateway's member takes no part */
  foreign: count,
  lacking: count,
  /** the first of those that no member gave, and what each answered */
  named: z.array(z.strictObject({ digest, reason: z.string() })),
});

/** Fetches what the vault lacks of its member's therapies; for registrars of the member that runs the gateway. */
export function fetchAnnexesJob(
  vault: Pick<AnnexVault, 'findWhole'>,
  exchange: AnnexExchange,
  operator: string | undefined,
): AnyJobKind {
  return jobKind({
    name: 'fetch-annexes',
    summary: 'Fetches annexes that the vault lacks; for registrars of the member that runs it',
    unit: 'annexes',
    input: z.strictObject({}),
    result: summary,
    authorise: ({ roles, organisation }) => {
      if (roles.includes('registrar') && organisation === operator) return;
      throw notEntitled('it is for registrars of the member that runs the gateway', 'kind');
    },
    run: async (_, { signal, report }) => {
      const { lacking, ...rest } = await gather(vault, exchange, { signal, onProgress: report });
      return { ...rest, lacking: lacking.length, named: lacking.slice(0, MAX_NAMED) };
    },
  });
}
