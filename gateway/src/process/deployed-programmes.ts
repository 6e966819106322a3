import { pino } from 'pino';
import type { ProgrammesConfig } from '../config/programmes.js';
import type { Ledger } from '@veinledger/ledger';
import {
  type Programme,
  type ProgrammesGateway,
  startProgrammes,
} from '../programmes/start-programmes.js';
import { GatewayMetrics } from '../telemetry/metrics.js';
import { openLedger } from './open-ledger.js';
import { readRoot } from './read-root.js';

/**
 * Opens each programme's root and ledger as the settings say, and starts one gateway for all of them. Closing it closes
 * the ledgers too.
 * @throws Error naming the programme, and what cannot be read, opened or listened at
 */
export async function startDeployedProgrammes({
  shared,
  programmes,
}: ProgrammesConfig): Promise<ProgrammesGateway> {
  const logger = pino({ level: shared.logLevel });
  const ledgers: Ledger[] = [];
  const closeLedgers = async () => {
    for (const ledger of ledgers) await ledger.close();
  };
  try {
    const opened = new Map<string, Programme>();
    for (const [name, { root: rootFile, ledger: section, ...config }] of Object.entries(
      programmes,
    )) {
      const root = await readRoot(rootFile);
      const metrics = new GatewayMetrics(name);
      const { wallet } = config;
      const own = logger.child({ programme: name });
      const found = await openLedger(section, { root, wallet, metrics, logger: own });
      ledgers.push(found.ledger);
      opened.set(name, { config, dependencies: { root, metrics, ...found } });
    }
    const gateway = await startProgrammes(shared, opened, logger);
    const close = async () => {
      const cutOff = await gateway.close();
      await closeLedgers();
      return cutOff;
    };
    return { ...gateway, close };
  } catch (error) {
    await closeLedgers();
    throw error;
  }
}
