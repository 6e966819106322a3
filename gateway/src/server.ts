import { type GatewayDependencies, initApp } from './app.js';
import { type GatewaySettings, readGatewayConfig } from './config/config.js';
import { managementApp } from './management/management-app.js';
import { serve } from './serving.js';
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
  /** Reads the listeners' certificates again, where TLS is its own; a broken one is logged and not taken. */
  reloadCertificate(): Promise<void>;
  /**
   * Takes no new requests, finishes those it accepted, and lets go of its files; the ledger stays open. What is not
   * finished within `shutdownSeconds` is cut off.
   * @returns how many requests were cut off
   */
  close(): Promise<number>;
}

/** What the one application of a process is called inside it. */
const ALONE = 'gateway';

/**
 * Starts a gateway.
 * @throws Error when a setting does not fit, a file cannot be opened, or the address is taken
 */
export async function startGateway(
  settings: GatewaySettings,
  dependencies: GatewayDependencies,
): Promise<Gateway> {
  const config = readGatewayConfig(settings);
  let address = '';
  const app = await initApp(config, dependencies, () => address);
  const { handler, logger, annexes: vault } = app;
  const apps = new Map([[ALONE, app]]);
  const served = await serve({ config, apps, handler, management: managementApp(app), logger });
  const { exchangeUrls, ...rest } = served;
  address = served.url;
  const exchangeUrl = exchangeUrls.get(ALONE);
  return { ...rest, ...(exchangeUrl === undefined ? {} : { exchangeUrl }), vault };
}
