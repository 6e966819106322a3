import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import { digest } from '@veinledger/domain';
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import type { ExchangeSection } from '../config/exchange-section.js';
import { answerProblems } from '../http/answer-problems.js';
import { answerClientErrors, MAX_HEADER_BYTES } from '../http/client-errors.js';
import { urlOf } from '../http/listener.js';
import { requestLog } from '../http/request-log.js';
import { neverStored } from '../http/security-headers.js';
import { rateLimited } from '../limits/rate-limited.js';
import { TokenBuckets } from '../limits/token-buckets.js';
import { ProblemError } from '../problems/problem.js';
import type { GatewayMetrics } from '../telemetry/metrics.js';
import { fingerprintOf } from '../tls/certificates.js';
import { CertificateReload } from '../tls/reload.js';
import { admitMember } from './admission.js';
import type { AnnexProvider } from './annex-provider.js';
import { LINK, readOwnPair } from './link.js';
import type { ExchangeMembers } from './members.js';

export interface ExchangeListenerParts {
  readonly section: ExchangeSection;
  readonly operator: string;
  readonly members: ExchangeMembers;
  readonly giving: Pick<AnnexProvider, 'give'>;
  readonly metrics: Pick<GatewayMetrics, 'exchanged'>;
  readonly logger: Logger;
}

/** The exchange's listener. */
export interface ExchangeListener {
  readonly url: string;
  /** Reads the certificate again; a broken one is logged and not taken. */
  reload(): Promise<void>;
  /** Takes no new connections and ends those that are open. */
  close(): Promise<void>;
}

const REQUEST_MS = 10_000;
const MAX_CONNECTIONS = 256;
/** What one member may ask for: a whole vault's worth, and not more than the ledger can be asked about. */
const ALLOWANCE = { perMinute: 6000, burst: 1000 };

/**
 * Listens for members' gateways: TLS 1.3 with certificates on both sides, by the pinned key exchange only.
 * @throws Error when the certificate cannot be used, or the address is taken
 */
export async function listenForMembers(parts: ExchangeListenerParts): Promise<ExchangeListener> {
  const { section, operator, members, metrics, logger } = parts;
  const ca = members.authorities;
  const context = async () => ({ ...LINK, ca, ...(await readOwnPair(section, members, operator)) });
  const seen = await fingerprintOf(section.tls);
  const limits = { requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS };
  const server = createServer(
    {
      ...(await context()),
      ...limits,
      requestCert: true,
      rejectUnauthorized: true,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    exchangeApp(parts),
  );
  server.maxConnections = MAX_CONNECTIONS;
  server.on('tlsClientError', (error: NodeJS.ErrnoException) => {
    metrics.exchanged('given', 'unknown', 'untrusted');
    logger.warn({ code: error.code }, 'exchange: a connection was refused');
  });
  answerClientErrors(server, logger);
  server.listen(section.port, section.host);
  await once(server, 'listening');
  const url = urlOf(server, 'https');
  logger.info({ url }, 'exchange listening');
  const certificates = new CertificateReload(server, section.tls, seen, logger, undefined, context);
  return { url, reload: () => certificates.reload(), close: () => closed(server, certificates) };
}

function exchangeApp(parts: ExchangeListenerParts): Express {
  const { giving, logger } = parts;
  const buckets = new TokenBuckets(ALLOWANCE);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(requestLog(logger), neverStored);
  app.get('/annexes/:digest', async (request, response) => {
    const member = await admitMember(request, response, parts);
    const left = buckets.take(member);
    if (!left.allowed) throw rateLimited(left, 'the member asks too often');
    const text = await giving.give(member, readDigest(request.params.digest));
    response.type('application/json').send(text);
  });
  app.use(() => {
    const detail = 'the exchange gives annexes by digest and nothing else';
    throw new ProblemError({ status: 404, code: 'UNKNOWN_ROUTE', detail });
  });
  app.use(answerProblems(logger));
  return app;
}

function readDigest(text: string): string {
  const parsed = digest.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new ProblemError({
    status: 400,
    code: 'INVALID_REQUEST',
    detail: 'the path names no digest',
    field: 'digest',
    expected: 'SHA-256, base64url',
  });
}

async function closed(server: Server, certificates: CertificateReload): Promise<void> {
  await certificates.stop();
  const end = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await end;
}
