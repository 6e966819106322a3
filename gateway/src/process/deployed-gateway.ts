import { pino } from 'pino';
import type { DeploymentConfig } from '../config/config.js';
import { type Gateway, startGateway } from '../server.js';
import { GatewayMetrics } from '../telemetry/metrics.js';
import { openLedger } from './open-ledger.js';
import { readRoot } from './read-root.js';

/** A gateway that opened its own ledger. */
export interface DeployedGateway extends Gateway {
  /** as {@link Gateway.close}, and closes the ledger after it */
  close(): Promise<number>;
}

/**
 * Opens root and ledger as the settings say, and starts a gateway on them.
 * @throws Error naming what cannot be read, opened or listened at
 */
export async function startDeployedGateway(config: DeploymentConfig): Promise<DeployedGateway> {
  const { root: rootFile, ledger: section, ...settings } = config;
  const root = await readRoot(rootFile);
  const metrics = new GatewayMetrics();
  const logger = pino({ level: config.logLevel });
  const { ledger, endorsement } = await openLedger(section, {
    root,
    wallet: config.wallet,
    metrics,
    logger,
  });
  try {
    const gateway = await startGateway(settings, { ledger, root, endorsement, metrics, logger });
    const close = async () => {
      const cutOff = await gateway.close();
      await ledger.close();
      return cutOff;
    };
    return { ...gateway, close };
  } catch (error) {
    await ledger.close();
    throw error;
  }
}
