import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type GatewayApp, type GatewayDependencies, initApp } from './app.js';
import { type GatewaySettings, readGatewayConfig } from './config/config.js';
import type { VaultReader } from './vault/annex-vault.js';

/** A gateway that listens. */
export interface Gateway {
  /** `http://host:port` */
  readonly url: string;
  readonly vault: VaultReader;
  /** Takes no new requests, finishes those it accepted, and lets go of its files; the ledger stays open. */
  close(): Promise<void>;
}

/** How often idle connections are looked for while the last requests finish, milliseconds. */
const IDLE_CHECK_MS = 50;
/** The longest that a client may take to send a request, milliseconds. */
const REQUEST_TIMEOUT_MS = 60_000;

/**
 * Starts a gateway.
 * @throws Error when a setting does not fit, a file cannot be opened, or the address is taken
 */
export async function startGateway(
  settings: GatewaySettings,
  dependencies: GatewayDependencies,
): Promise<Gateway> {
  const config = readGatewayConfig(settings);
  let url = '';
  const app = await initApp(config, dependencies, () => config.audience ?? url);
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, app.handler);
  try {
    server.listen(config.port, config.host);
    await once(server, 'listening');
  } catch (error) {
    await app.close();
    throw error;
  }
  url = urlOf(server);
  app.logger.info({ url }, 'listening');
  let closing: Promise<void> | undefined;
  return { url, vault: app.vault, close: () => (closing ??= closeAll(server, app)) };
}

async function closeAll(server: Server, app: GatewayApp): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  app.endStreams();
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  server.closeIdleConnections();
  await closed;
  clearInterval(idle);
  await app.close();
  app.logger.info('closed');
}

function urlOf(server: Server): string {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no address');
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
