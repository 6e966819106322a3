import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Logger } from 'pino';
import type { GatewayConfig } from '../config/config.js';
import { fingerprintOf, readSecureContext } from '../tls/certificates.js';
import { CertificateReload } from '../tls/reload.js';
import { answerClientErrors, MAX_HEADER_BYTES } from './client-errors.js';
import { byPath } from './origin-form.js';

/** How often connections are looked at for requests that do not come to an end: so many times in a request's time. */
const CHECKS = 4;

/** What a server bears of its clients. */
function limitsOf(requestSeconds: number): ServerOptions {
  const requestTimeout = requestSeconds * 1000;
  return {
    requestTimeout,
    headersTimeout: requestTimeout,
    connectionsCheckingInterval: requestTimeout / CHECKS,
    maxHeaderSize: MAX_HEADER_BYTES,
  };
}

/** A server that listens for the gateway's callers. */
export interface Listener {
  readonly server: Server;
  /** `http://host:port` or `https://host:port` */
  readonly url: string;
  /** where TLS is the gateway's own */
  readonly certificates?: CertificateReload;
}

type ListenerConfig = Pick<GatewayConfig, 'host' | 'port' | 'tls' | 'requestSeconds'>;

/**
 * Listens, with TLS where the settings say so.
 * @throws Error when a certificate cannot be used, or the address is taken
 */
export async function listen(
  { host, port, tls, requestSeconds }: ListenerConfig,
  handler: RequestListener,
  logger: Logger,
): Promise<Listener> {
  const limits = limitsOf(requestSeconds);
  if (tls === undefined) {
    const server = createServer(limits, byPath(handler));
    return { server, url: await started(server, 'http', host, port, logger) };
  }
  const seen = await fingerprintOf(tls);
  const secured = { ...limits, ...(await readSecureContext(tls)) };
  const secure = createSecureServer(secured, byPath(handler));
  const url = await started(secure, 'https', host, port, logger);
  return { server: secure, url, certificates: new CertificateReload(secure, tls, seen, logger) };
}

async function started(
  server: Server,
  scheme: string,
  host: string,
  port: number,
  logger: Logger,
): Promise<string> {
  answerClientErrors(server, logger);
  server.listen(port, host);
  await once(server, 'listening');
  return urlOf(server, scheme);
}

/** The URL of a server that listens. */
export function urlOf(server: Server, scheme: string): string {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no address');
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `${scheme}://${host}:${address.port}`;
}
