import express, { type Express, type Request } from 'express';
import type { Logger } from 'pino';
import { kindOf } from '@veinledger/domain';
import { z } from 'zod';
import type { BackupService } from '../backup/backup-service.js';
import { notReady } from '../health/not-ready.js';
import type { Readiness } from '../health/readiness.js';
import { answerProblems } from '../http/answer-problems.js';
import { jsonBody } from '../http/json-body.js';
import { requestLog } from '../http/request-log.js';
import { neverStored } from '../http/security-headers.js';
import { addressKey } from '../limits/address-key.js';
import { ProblemError } from '../problems/problem.js';
import type { GatewayMetrics } from '../telemetry/metrics.js';

export interface ManagementParts {
  readonly metrics: GatewayMetrics;
  readonly readiness: Pick<Readiness, 'missing'>;
  /** left out where no folder for backups is configured */
  readonly backups?: BackupService | undefined;
  readonly logger: Logger;
}

const backupRequest = z.strictObject({ directory: z.string() });

const LOOPBACK = /^127\.|^0000000000000000$/;
/** a page that was led here by its own name's address says that name */
const LOOPBACK_NAMES = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/** What those who run a gateway ask it: metrics, health, and to back itself up. */
export function managementApp({ metrics, readiness, backups, logger }: ManagementParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(requestLog(logger), neverStored);
  app.get('/metrics', async (_request, response) => {
    const { mediaType, text } = await metrics.text();
    response.set('content-type', mediaType).end(text);
  });
  app.get('/health/live', (_request, response) => void response.json({ status: 'live' }));
  app.get('/health/ready', async (_request, response) => {
    const missing = await readiness.missing();
    if (missing.length > 0) throw notReady(missing);
    response.json({ status: 'ready' });
  });
  app.post('/backups', jsonBody(), async (request, response) => {
    requireLoopback(request);
    if (backups === undefined) throw noBackups();
    const { directory } = readRequest(request.body);
    const { begun, ledger, key, files } = await backups.make(directory);
    response.status(201).json({ directory, begun, ledger, key, files: files.length });
  });
  app.use(() => {
    throw unknownRoute('the management listener has no such route');
  });
  app.use(answerProblems(logger));
  return app;
}

/** Backups are asked for on the gateway's own machine, by something else than a page in a browser. */
function requireLoopback(request: Request): void {
  const local = LOOPBACK.test(addressKey(request.socket.remoteAddress));
  if (local && LOOPBACK_NAMES.test(request.headers.host ?? '')) return;
  const detail = 'backups are asked for from the same machine, by its loopback address';
  throw new ProblemError({ status: 403, code: 'LOOPBACK_ONLY', detail });
}

function readRequest(body: unknown): z.output<typeof backupRequest> {
  const parsed = backupRequest.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ProblemError({
    status: 400,
    code: 'INVALID_REQUEST',
    detail: 'the body is not what the route takes',
    field: 'body',
    expected: 'application/json {"directory": NAME}',
    found: kindOf(body),
  });
}

function noBackups(): ProblemError {
  return unknownRoute('backups.folder is not configured');
}

function unknownRoute(detail: string): ProblemError {
  return new ProblemError({ status: 404, code: 'UNKNOWN_ROUTE', detail });
}
