import type { RequestHandler } from 'express';
import type { LedgerObserver } from './observed-ledger.js';

/** Spans of requests and of their calls of the ledger. They hold routes, codes and durations, nothing personal. */
export interface Tracing extends LedgerObserver {
  /** Opens a span for each request, within the trace that its `traceparent` names (W3C Trace Context). */
  readonly requests: RequestHandler;
  /** Sends what is left. */
  close(): Promise<void>;
}
