import { isJudged } from '@veinledger/domain';
import { z } from 'zod';
import type { DeliveredAnnexes } from '../commands/index.js';
import type { Verdict } from '@veinledger/domain';
import type { Difference } from './finding.js';

/** Where annexes are kept; gives the text of which a digest was signed. */
export interface AnnexVault {
  /**
   * @param digest SHA-256 of the annex's text, base64url
   * @throws Error when it holds something else under the digest, or nothing that can be read
   */
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

/** A command's annexes, and which of them the vault holds damaged. */
export interface FoundAnnexes {
  readonly annexes: DeliveredAnnexes;
  readonly damaged: readonly Difference[];
}

/**
 * A command's annexes when the vault has them all, whole. Otherwise what the endorsers made of them: the verdicts in the
 * receipt, and none where the command carries nothing that is judged.
 * @param committed the command's `annex`: digests by name
 * @param response what the transaction returned
 */
export async function annexesFrom(
  vault: AnnexVault | undefined,
  committed: Readonly<Record<string, string>>,
  response: string,
): Promise<FoundAnnexes> {
  const texts = new Map<string, string>();
  const damaged: Difference[] = [];
  for (const [name, digest] of Object.entries(committed)) {
    try {
      const text = await vault?.get(digest);
      if (text !== undefined) texts.set(name, text);
    } catch (error) {
      damaged.push({ kind: 'annex', subject: name, expected: digest, found: messageOf(error) });
    }
  }
  if (texts.size === Object.keys(committed).length) {
    return { annexes: { from: 'annex', texts }, damaged };
  }
  const verdicts = isJudged(committed) ? recordedVerdicts(response) : [];
  return { annexes: { from: 'endorsement', verdicts }, damaged };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
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
