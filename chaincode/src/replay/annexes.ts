import { z } from 'zod';
import type { DeliveredAnnexes } from '../commands/index.js';
import type { Verdict } from '../domain/manufacturing/step-record.js';

/** Where annexes are kept; gives the text of which a digest was signed. */
export interface AnnexVault {
  /** @param digest SHA-256 of the annex's text, base64url */
  get(digest: string): Promise<string | undefined>;
}

const receipt = z.object({
  verdicts: z.array(
    z.strictObject({
      check: z.string(),
      verdict: z.enum(['pass', 'fail', 'missing', 'unexpected']),
    }),
  ),
});

/**
 * A command's annexes when the vault has them all. Otherwise what the endorsers made of them: the verdicts in the
 * receipt, and none where the command carries no results.
 * @param committed the command's `annex`: digests by name
 * @param response what the transaction returned
 */
export async function annexesFrom(
  vault: AnnexVault | undefined,
  committed: Readonly<Record<string, string>>,
  response: string,
): Promise<DeliveredAnnexes> {
  const texts = new Map<string, string>();
  for (const [name, digest] of Object.entries(committed)) {
    const text = await vault?.get(digest);
    if (text === undefined) {
      const judged = 'results' in committed;
      return { from: 'endorsement', verdicts: judged ? recordedVerdicts(response) : [] };
    }
    texts.set(name, text);
  }
  return { from: 'annex', texts };
}

/** A response that is no receipt has no verdicts; that it is none shows when the receipts are compared. */
function recordedVerdicts(response: string): readonly Verdict[] {
  return receipt.safeParse(parsed(response)).data?.verdicts ?? [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
