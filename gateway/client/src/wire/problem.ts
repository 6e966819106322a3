import { reasonSchema, type StatedReason } from '@veinledger/domain';
import { z } from 'zod';
import { type Receipt, receipt } from './record.js';

/** An answer that tells a problem (RFC 9457). */
export interface Problem {
  /** `urn:veinledger:problem:` and the code */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  /** the request's id, as in x-request-id and in the gateway's log */
  readonly instance: string;
  readonly field?: string;
  readonly expected?: string;
  readonly found?: string;
  readonly transactionId?: string;
  readonly reasons?: readonly StatedReason[];
  readonly receipt?: Receipt;
}

export const problem = z.strictObject({
  type: z.string().regex(/^urn:veinledger:problem:[A-Z0-9_]+$/),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string(),
  code: z.string().regex(/^[A-Z0-9_]+$/),
  instance: z.string(),
  field: z.exactOptional(z.string()),
  expected: z.exactOptional(z.string()),
  found: z.exactOptional(z.string()),
  transactionId: z.exactOptional(z.string()),
  reasons: z.exactOptional(z.array(reasonSchema)),
  receipt: z.exactOptional(receipt),
}) satisfies z.ZodType<Problem>;

/** What a problem of some codes carries for certain, besides what every problem may. */
interface Certain {
  readonly REFUSED: { readonly receipt: Receipt; readonly reasons: readonly StatedReason[] };
}

/** A problem of one code, with the members that this code always brings. */
export type ProblemOf<Code extends string> = Problem & {
  readonly code: Code;
} & (Code extends keyof Certain ? Certain[Code] : unknown);
