import type { Receipt } from '@veinledger/client/wire';

export { problem, type Problem } from '@veinledger/client/wire';

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
