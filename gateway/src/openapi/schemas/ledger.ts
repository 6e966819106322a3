import { z } from 'zod';
import type { ChainVerification } from '@veinledger/ledger';
import { exactOptional } from './vocabulary.js';

/** Whether the chain of blocks is intact: then with its height; else with where it is broken first, and why. */
export const chainVerification = z.strictObject({
  intact: z.boolean(),
  height: exactOptional(z.int().min(0)),
  brokenBlock: exactOptional(z.int().min(0)),
  reason: exactOptional(z.string()),
});

/** What any caller is told of a walk: where the chain is broken, and no key, which may name another's patient. */
export function toldOf(verification: ChainVerification): z.output<typeof chainVerification> {
  if (verification.intact) return verification;
  const { brokenBlock, reason } = verification;
  return { intact: false, brokenBlock, reason };
}
