import type { Reason } from '@veinledger/chaincode/domain';
import { z } from 'zod';
import { reason, type Receipt, receipt } from '../openapi/schemas/record.js';
import { exactOptional } from '../openapi/schemas/vocabulary.js';

/** What a reader needs to mend a request. */
export interface ProblemDetails {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly field?: string;
  readonly expected?: string;
  readonly found?: string;
  /** the transaction whose outcome is not known, or that members endorsed differently */
  readonly transactionId?: string;
  /** the committed refusal */
  readonly receipt?: Receipt;
  /** headers that the answer carries besides, such as WWW-Authenticate */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Why a request was not answered as asked; the gateway answers it as problem+json. */
export class ProblemError extends Error {
  readonly details: ProblemDetails;

  constructor(details: ProblemDetails, options?: ErrorOptions) {
    super(`${details.code}: ${details.detail}`, options);
    this.name = 'ProblemError';
    this.details = details;
  }
}

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
  readonly reasons?: readonly Reason[];
  readonly receipt?: Receipt;
}

export const problem = z.strictObject({
  type: z.string().regex(/^urn:veinledger:problem:[A-Z0-9_]+$/),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string(),
  code: z.string().regex(/^[A-Z0-9_]+$/),
  instance: z.string(),
  field: exactOptional(z.string()),
  expected: exactOptional(z.string()),
  found: exactOptional(z.string()),
  transactionId: exactOptional(z.string()),
  reasons: exactOptional(z.array(reason)),
  receipt: exactOptional(receipt),
}) satisfies z.ZodType<Problem>;
