import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { ProblemError } from '../problems/problem.js';

/** when a client may find another instance, or this one again; seconds */
const RETRY_AFTER = '5';

/** The requests that a gateway accepted and has not answered, and the streams that it holds open. */
export class Lifecycle {
  readonly #underWay = new Set<Response>();
  readonly #streams = new Set<Response>();
  #closing = false;

  /** Whether the gateway takes no new requests any more. */
  get closing(): boolean {
    return this.#closing;
  }

  /** Requests that are not answered yet, streams of events left out. */
  get underWay(): number {
    return this.#underWay.size - this.#streams.size;
  }

  /** Streams of events that somebody listens to. */
  get listeners(): number {
    return this.#streams.size;
  }

  /** From now on requests are refused. */
  close(): void {
    this.#closing = true;
  }

  /** Keeps count of a request; one that comes while the gateway closes is told to go elsewhere. */
  readonly requests: RequestHandler = (
    request: Request,
    response: Response,
    next: NextFunction,
  ): void => {
    if (this.#closing) {
      response.set('connection', 'close');
      if (!request.path.startsWith('/health/')) throw shuttingDown();
    }
    this.#underWay.add(response);
    response.once('close', () => {
      this.#underWay.delete(response);
      this.#streams.delete(response);
    });
    next();
  };

  /** Counts a response as a stream of events from now on: whoever writes it ends it when the gateway closes. */
  stream(response: Response): void {
    if (!response.closed) this.#streams.add(response);
  }
}

function shuttingDown(): ProblemError {
  return new ProblemError({
    status: 503,
    code: 'SHUTTING_DOWN',
    detail: 'the gateway is stopping; nothing was done',
    headers: { 'retry-after': RETRY_AFTER },
  });
}
