import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { problemBody } from '../problems/answer.js';
import { problemOf } from '../problems/from-error.js';

/** Answers every error as problem+json. What nobody foresaw is logged by its class and place, not by its message. */
export function answerProblems(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const details = problemOf(error);
    const { requestId } = response.locals;
    response.locals.code = details.code;
    if (details.status === 500) logger.error({ requestId, ...placeOf(error) }, 'unforeseen error');
    response
      .status(details.status)
      .set({ ...details.headers })
      .type('application/problem+json')
      .json(problemBody(details, requestId));
  };
}

/** A message may quote what somebody sent; the frames of the stack do not. */
function placeOf(error: unknown): { error: string; frames: readonly string[] } {
  if (!(error instanceof Error)) return { error: typeof error, frames: [] };
  const lines = (error.stack ?? '').split('\n').map((line) => line.trim());
  return { error: error.name, frames: lines.filter((line) => line.startsWith('at ')).slice(0, 8) };
}
