import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Logger } from 'pino';
import type { GatewayApp } from './app.js';
import type { GatewayConfig } from './config/config.js';
import type { ExchangeListener } from './exchange/listener.js';
import { closeServer } from './http/close-server.js';
import { type Listener, listen, urlOf } from './http/listener.js';

/** What one process serves: one application, or several below paths of their own. */
export interface Serving {
  readonly config: Pick<
    GatewayConfig,
    'host' | 'port' | 'tls' | 'requestSeconds' | 'shutdownSeconds' | 'management'
  >;
  /** by name */
  readonly apps: ReadonlyMap<string, GatewayApp>;
  readonly handler: RequestListener;
  readonly management: RequestListener;
  readonly logger: Logger;
}

/** A process that listens. */
export interface Served {
  readonly url: string;
  readonly managementUrl?: string;
  /** where each application's members ask for annexes, by the application's name */
  readonly exchangeUrls: ReadonlyMap<string, string>;
  reloadCertificate(): Promise<void>;
  /** @returns how many requests were cut off */
  close(): Promise<number>;
}

/** What listens. */
interface Listeners {
  readonly listener: Listener;
  readonly management: Server | undefined;
  readonly exchanges: ReadonlyMap<string, ExchangeListener>;
}

/**
 * Listens for callers, for other members' gateways and for those who run the process. The applications are closed when
 * that fails.
 * @throws Error when a certificate cannot be used, or an address is taken
 */
export async function serve(serving: Serving): Promise<Served> {
  const { config, apps, handler, logger } = serving;
  const exchanges = new Map<string, ExchangeListener>();
  let management: Server | undefined;
  let listener: Listener;
  try {
    management = await listenForManagement(serving);
    for (const [name, app] of apps) {
      const exchange = await app.listenForMembers?.();
      if (exchange) exchanges.set(name, exchange);
    }
    listener = await listen(config, handler, logger);
  } catch (error) {
    management?.close();
    for (const exchange of exchanges.values()) await exchange.close();
    for (const app of apps.values()) await app.close();
    throw error;
  }
  logger.info({ url: listener.url }, 'listening');
  return servedBy(serving, { listener, management, exchanges });
}

function servedBy(serving: Serving, listeners: Listeners): Served {
  let closing: Promise<number> | undefined;
  const { listener, management, exchanges } = listeners;
  return {
    url: listener.url,
    ...(management === undefined ? {} : { managementUrl: urlOf(management, 'http') }),
    exchangeUrls: new Map([...exchanges].map(([name, { url }]) => [name, url])),
    reloadCertificate: async () => {
      await listener.certificates?.reload();
      for (const exchange of exchanges.values()) await exchange.reload();
    },
    close: () => (closing ??= closeAll(serving, listeners)),
  };
}

async function closeAll(
  { config, apps, logger }: Serving,
  { listener, management, exchanges }: Listeners,
): Promise<number> {
  const { server, certificates } = listener;
  await certificates?.stop();
  for (const exchange of exchanges.values()) await exchange.close();
  const all = [...apps.values()];
  // streams say first that they end, and from where to go on
  for (const app of all) app.endStreams();
  const requests = {
    close: () => {
      for (const { lifecycle } of all) lifecycle.close();
    },
    get underWay() {
      return all.reduce((sum, { lifecycle }) => sum + lifecycle.underWay, 0);
    },
  };
  const cutOff = await closeServer(server, requests, config.shutdownSeconds * 1000);
  if (cutOff > 0) logger.error({ cutOff }, 'requests were cut off');
  for (const app of all) await app.close();
  management?.close();
  management?.closeAllConnections();
  logger.info('closed');
  return cutOff;
}

async function listenForManagement({
  config: { management },
  management: handler,
  logger,
}: Serving): Promise<Server | undefined> {
  if (management === undefined) return undefined;
  const server = createServer(handler);
  server.listen(management.port, management.host);
  await once(server, 'listening');
  logger.info({ url: urlOf(server, 'http') }, 'management listening');
  return server;
}
