import type { RequestListener } from 'node:http';
import type { Logger } from 'pino';
import { type GatewayApp, type GatewayDependencies, initApp } from '../app.js';
import type { GatewayConfig } from '../config/config.js';
import type { SharedConfig } from '../config/programmes.js';
import { managementApp } from '../management/management-app.js';
import { type Served, serve } from '../serving.js';
import type { VaultReader } from '../vault/annex-vault.js';
import { baseOf, byProgramme } from './by-programme.js';
import { processApp, processManagementApp } from './process-app.js';

/** A programme that a process is to serve: its settings, whole, and its own ledger and root. */
export interface Programme {
  readonly config: GatewayConfig;
  readonly dependencies: Omit<GatewayDependencies, 'base' | 'logger'>;
}

/** A programme that is served. */
export interface ServedProgramme {
  /** `http://host:port/programmes/<name>` */
  readonly url: string;
  readonly exchangeUrl?: string;
  /** reads annexes from the programme's vault, and from other members where they travel */
  readonly vault: VaultReader;
}

/** One process that serves several programmes. */
export interface ProgrammesGateway extends Omit<Served, 'exchangeUrls'> {
  /** by name */
  readonly programmes: ReadonlyMap<string, ServedProgramme>;
}

/**
 * Starts a gateway for several programmes, each an application of its own on its own ledger, root, vault, keystore,
 * state and journal: nothing of one can be reached from another.
 * @throws Error when two programmes have one network, a file cannot be opened, or an address is taken
 */
export async function startProgrammes(
  config: SharedConfig,
  programmes: ReadonlyMap<string, Programme>,
  logger: Logger,
): Promise<ProgrammesGateway> {
  requireNetworks(programmes);
  let url = '';
  const apps = new Map<string, GatewayApp>();
  try {
    for (const [name, programme] of programmes) {
      const base = baseOf(name);
      const own = { ...programme.dependencies, base, logger: logger.child({ programme: name }) };
      apps.set(name, await initApp(programme.config, own, () => `${url}${base}`));
    }
  } catch (error) {
    for (const app of apps.values()) await app.close();
    throw error;
  }
  const parts = { config, apps, logger };
  const served = await serve({
    config,
    apps,
    handler: byProgramme(
      mapped(apps, ({ handler }) => handler),
      processApp(parts),
    ),
    management: byProgramme(mapped(apps, managementApp), processManagementApp(parts)),
    logger,
  });
  url = served.url;
  const { exchangeUrls, ...rest } = served;
  const ofProgramme = (name: string, { annexes }: GatewayApp): ServedProgramme => {
    const exchangeUrl = exchangeUrls.get(name);
    return {
      url: `${url}${baseOf(name)}`,
      ...(exchangeUrl === undefined ? {} : { exchangeUrl }),
      vault: annexes,
    };
  };
  return {
    ...rest,
    programmes: new Map([...apps].map(([name, app]) => [name, ofProgramme(name, app)])),
  };
}

function mapped(
  apps: ReadonlyMap<string, GatewayApp>,
  handlerOf: (app: GatewayApp) => RequestListener,
): ReadonlyMap<string, RequestListener> {
  return new Map([...apps].map(([name, app]) => [name, handlerOf(app)]));
}

/** What is signed for one network is accepted by it alone: two programmes with one network would be one. */
function requireNetworks(programmes: ReadonlyMap<string, Programme>): void {
  const seen = new Map<string, string>();
  for (const [name, { dependencies }] of programmes) {
    const { network } = dependencies.root;
    const other = seen.get(network);
    if (other !== undefined) {
      throw new Error(`programmes.${name}.root: expected a network of its own, found ${other}'s`);
    }
    seen.set(network, name);
  }
}
