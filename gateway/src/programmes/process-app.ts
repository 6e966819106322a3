import express, { type Express } from 'express';
import type { Logger } from 'pino';
import type { GatewayApp } from '../app.js';
import type { GatewayConfig } from '../config/config.js';
import { notReady } from '../health/not-ready.js';
import { answerProblems } from '../http/answer-problems.js';
import { requestLog } from '../http/request-log.js';
import { neverStored, securityHeaders } from '../http/security-headers.js';
import { ProblemError } from '../problems/problem.js';
import { GatewayMetrics } from '../telemetry/metrics.js';
import { PROGRAMMES_PATH } from './by-programme.js';

export interface ProcessParts {
  readonly config: Pick<GatewayConfig, 'environment'>;
  /** by programme */
  readonly apps: ReadonlyMap<string, Pick<GatewayApp, 'readiness' | 'metrics'>>;
  readonly logger: Logger;
}

/** What callers find outside every programme: whether the process answers, and whether all of it can serve. */
export function processApp(parts: ProcessParts): Express {
  return processRoutes(parts, () => undefined);
}

/** What those who run the process find outside every programme: the same, and everybody's metrics in one text. */
export function processManagementApp(parts: ProcessParts): Express {
  const own = new GatewayMetrics();
  return processRoutes(parts, (app) => {
    app.get('/metrics', async (_request, response) => {
      const all = [own, ...[...parts.apps.values()].map(({ metrics }) => metrics)];
      const { mediaType, text } = await GatewayMetrics.textOf(all);
      response.set('content-type', mediaType).end(text);
    });
  });
}

function processRoutes(
  { config, apps, logger }: ProcessParts,
  more: (app: Express) => void,
): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(requestLog(logger), securityHeaders(config.environment), neverStored);
  app.get('/health/live', (_request, response) => void response.json({ status: 'live' }));
  app.get('/health/ready', async (_request, response) => {
    const found = [...apps].map(async ([name, { readiness }]) => ({
      name,
      missing: await readiness.missing(),
    }));
    const missing = (await Promise.all(found)).filter((each) => each.missing.length > 0);
    if (missing.length > 0) throw notAllReady(missing);
    response.json({ status: 'ready' });
  });
  more(app);
  app.use(() => {
    throw new ProblemError({
      status: 404,
      code: 'UNKNOWN_ROUTE',
      detail: 'this gateway serves several programmes, each below a path of its own',
      field: 'path',
      expected: `${PROGRAMMES_PATH}/{programme}/…`,
    });
  });
  app.use(answerProblems(logger));
  return app;
}

interface NotReady {
  readonly name: string;
  readonly missing: Parameters<typeof notReady>[0];
}

function notAllReady(programmes: readonly NotReady[]): ProblemError {
  const told = programmes.map(({ name, missing }) => ({ name, ...notReady(missing).details }));
  return new ProblemError({
    status: 503,
    code: 'NOT_READY',
    detail: told.map(({ name, detail }) => `${name}: ${detail}`).join('; '),
    field: programmes
      .flatMap(({ name, missing }) => missing.map((part) => `${name}.${part}`))
      .join(),
  });
}
