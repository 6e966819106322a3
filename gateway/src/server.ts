import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type GatewayApp, type GatewayDependencies, initApp } from './app.js';
import { type GatewayConfig, type GatewaySettings, readGatewayConfig } from './config/config.js';
import type { ExchangeListener } from './exchange/listener.js';
import { closeServer } from './http/close-server.js';
import { type Listener, listen, urlOf } from './http/listener.js';
import { managementApp } from './management/management-app.js';
import type { VaultReader } from './vault/annex-vault.js';

/** A gateway that listens. */
export interface Gateway {
  /** `http://host:port`, or `https:` */
  readonly url: string;
  /** where metrics, health and backups are; left out where no such listener is configured */
  readonly managementUrl?: string;
  /** where other members' gateways ask for annexes; left out where annexes do not travel */
  readonly exchangeUrl?: string;
  /** reads annexes from the gateway's vault, and from other members where they travel */
  readonly vault: VaultReader;
  /** Reads the listener's certificate again, where TLS is its own; a broken one is logged and not taken. */
  reloadCertificate(): Promise<void>;
  /**
   * Takes no new requests, finishes those it accepted, and lets go of its files; the ledger stays open. What is not
   * finished within `shutdownSeconds` is cut off.
   * @returns how many requests were cut off
   */
  close(): Promise<number>;
}

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
  const app = await initApp(config, dependencies, () => url);
  let listener: Listener | undefined;
  let management: Server | undefined;
  let exchange: ExchangeListener | undefined;
  try {
    management = await listenForManagement(config, app);
    exchange = await app.listenForMembers?.();
    listener = await listen(config, app.handler, app.logger);
  } catch (error) {
    management?.close();
    await exchange?.close();
    await app.close();
    throw error;
  }
  url = listener.url;
  app.logger.info({ url }, 'listening');
  return gatewayOf(config, app, { listener, management, exchange });
}

/** What listens for one gateway. */
interface Listeners {
  readonly listener: Listener;
  readonly management: Server | undefined;
  readonly exchange: ExchangeListener | undefined;
}

function gatewayOf(config: GatewayConfig, app: GatewayApp, listeners: Listeners): Gateway {
  let closing: Promise<number> | undefined;
  const { listener, management, exchange } = listeners;
  const { url, certificates } = listener;
  return {
    url,
    ...(management === undefined ? {} : { managementUrl: urlOf(management, 'http') }),
    ...(exchange === undefined ? {} : { exchangeUrl: exchange.url }),
    vault: app.annexes,
    reloadCertificate: async () => {
      await certificates?.reload();
      await exchange?.reload();
    },
    close: () => (closing ??= closeAll(config, app, listeners)),
  };
}

async function closeAll(
  { shutdownSeconds }: GatewayConfig,
  app: GatewayApp,
  { listener, management, exchange }: Listeners,
): Promise<number> {
  const { server, certificates } = listener;
  await certificates?.stop();
  await exchange?.close();
  // streams say first that they end, and from where to go on
  app.endStreams();
  const cutOff = await closeServer(server, app.lifecycle, shutdownSeconds * 1000);
  if (cutOff > 0) app.logger.error({ cutOff }, 'requests were cut off');
  await app.close();
  management?.close();
  management?.closeAllConnections();
  app.logger.info('closed');
  return cutOff;
}

async function listenForManagement(
  { management }: GatewayConfig,
  app: GatewayApp,
): Promise<Server | undefined> {
  if (management === undefined) return undefined;
  const server = createServer(managementApp(app));
  server.listen(management.port, management.host);
  await once(server, 'listening');
  app.logger.info({ url: urlOf(server, 'http') }, 'management listening');
  return server;
}
