import type { Request, Response } from 'express';

/** What became of a request: nothing of what it said, and nothing of who sent it. */
export interface Answered {
  readonly method: string;
  /** as the OpenAPI document writes it; `none` where the document has no such route */
  readonly route: string;
  /** `aborted` when the caller went before it was answered */
  readonly status: number | 'aborted';
  /** the code of the problem that was answered */
  readonly code?: string;
  readonly seconds: number;
  /** whether the answer was a stream of events, which lasts as long as its listener */
  readonly events: boolean;
}

/** What the OpenAPI validator leaves on a request that it knows. */
interface Matched {
  readonly openapi?: { readonly openApiRoute?: string };
}

/** The route that a request meets, as the OpenAPI document writes it; undefined where it has none. */
function routeOf(request: Request): string | undefined {
  return (request as Matched).openapi?.openApiRoute;
}

/** Calls back once, when a request was answered or its caller is gone. */
export function whenAnswered(
  request: Request,
  response: Response,
  tell: (answered: Answered) => void,
): void {
  const started = performance.now();
  response.once('close', () => {
    const { code } = response.locals;
    const type = response.getHeader('content-type');
    tell({
      method: request.method,
      route: routeOf(request) ?? 'none',
      status: response.writableFinished ? response.statusCode : 'aborted',
      ...(code === undefined ? {} : { code }),
      seconds: (performance.now() - started) / 1000,
      events: typeof type === 'string' && type.startsWith('text/event-stream'),
    });
  });
}
