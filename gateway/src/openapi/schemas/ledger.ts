import { z } from 'zod';
import type { ChainVerification } from '../../ledger/port.js';

/** Whether the chain of blocks is intact, or where it is broken first. */
export const chainVerification = z.discriminatedUnion('intact', [
  z.strictObject({ intact: z.literal(true), height: z.int().min(0) }),
  z.strictObject({ intact: z.literal(false), brokenBlock: z.int().min(0), reason: z.string() }),
]) satisfies z.ZodType<ChainVerification>;
