import { parseArgs } from 'node:util';
import { assertNativeMlDsa } from '@veinledger/chaincode/crypto';
import { readConfigFile } from '../config/config-file.js';
import { type DeploymentConfig, deploymentFrom } from '../config/config.js';
import type { Environment } from '../config/variables.js';
import { namesProgrammes, type ProgrammesConfig, programmesFrom } from '../config/programmes.js';
import { keepFilesPrivate } from '@veinledger/ledger/storage';
import { faultsOfFiles } from './named-files.js';
import { type Served, untilStopped } from './until-stopped.js';

const HELP = `veinledger-gateway [--config FILE]

Serves a gateway as its settings say: those in the file, and over them environment variables (VEINLEDGER_PORT, …).
docs/operations.md lists them; docs/gateway.example.json is a file to begin with, and for several programmes
docs/gateway-programmes.example.json.

  --config FILE   the settings, JSON (default: VEINLEDGER_CONFIG; without either, variables alone)
  --check         reads the settings and the files that they name, and starts nothing
  --help

SIGTERM and SIGINT finish what was accepted and stop; SIGHUP reads the TLS certificate again.
Exit codes: 0 stopped, or --check found no fault; 1 a fault, or requests were cut off.
`;

/**
 * The gateway's settings from a file, where one is named, and the environment.
 * @throws Error naming each fault
 */
export async function readDeployment(
  file: string | undefined,
  environment: Environment,
): Promise<DeploymentConfig> {
  return deploymentFrom(file === undefined ? {} : await readConfigFile(file), environment);
}

/**
 * A process's settings, of one programme or of several, from a file, where one is named, and the environment.
 * @throws Error naming each fault
 */
export async function readProcessSettings(
  file: string | undefined,
  environment: Environment,
): Promise<DeploymentConfig | ProgrammesConfig> {
  const given = file === undefined ? {} : await readConfigFile(file);
  return namesProgrammes(given)
    ? programmesFrom(given, environment)
    : deploymentFrom(given, environment);
}

/** Runs a gateway as this process; sets the exit code, and tells a fault in one line. */
export async function runAsProcess(
  args: readonly string[],
  environment: Environment,
): Promise<void> {
  keepFilesPrivate();
  try {
    assertNativeMlDsa();
    process.exitCode = await run(args, environment);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}

async function run(args: readonly string[], environment: Environment): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      config: { type: 'string' },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const config = await readProcessSettings(
    values.config ?? environment['VEINLEDGER_CONFIG'],
    environment,
  );
  if (values.check) {
    const faults = await faultsOfFiles(config);
    for (const fault of faults) console.error(fault);
    if (faults.length > 0) return 1;
    console.log('the settings hold, and so do the files that they name');
    return 0;
  }
  return serveUntilStopped(config);
}

/**
 * Serves what the settings say, one programme or several, until the process is told to stop.
 * @returns the exit code
 * @throws Error naming what cannot be read, opened or listened at
 */
export async function serveUntilStopped(
  config: DeploymentConfig | ProgrammesConfig,
): Promise<number> {
  const { shutdownSeconds } = 'programmes' in config ? config.shared : config;
  return untilStopped(await startAndTell(config), shutdownSeconds);
}

/** What serves is loaded by who serves: settings are checked without it. */
async function startAndTell(config: DeploymentConfig | ProgrammesConfig): Promise<Served> {
  if (!('programmes' in config)) {
    const { startDeployedGateway } = await import('./deployed-gateway.js');
    const gateway = await startDeployedGateway(config);
    tell(gateway);
    return gateway;
  }
  const { startDeployedProgrammes } = await import('./deployed-programmes.js');
  const gateway = await startDeployedProgrammes(config);
  for (const [name, { url }] of gateway.programmes) console.log(`programme ${name} at ${url}`);
  tell(gateway);
  return gateway;
}

function tell({ url, managementUrl }: { url: string; managementUrl?: string }): void {
  console.log(`gateway at ${url}`);
  if (managementUrl !== undefined) console.log(`management at ${managementUrl}`);
}
