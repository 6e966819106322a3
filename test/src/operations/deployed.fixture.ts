import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { foundHome, type Home, homeAt, readAuthorities } from '#scripts';
import { readWallet } from '@veinledger/network/identities';
import { loadProfile } from '@veinledger/network/profile';
import { type EmbeddedOptions } from '../support/embedded.js';

const GATEWAY = dirname(createRequire(import.meta.url).resolve('@veinledger/gateway/package.json'));

/** A gateway in a process of its own, as it is run in production. */
export interface DeployedProcess {
  readonly url: string;
  readonly managementUrl: string;
  readonly child: ChildProcess;
  /** what it printed on its standard error */
  errors(): string;
  /** Ends it by a signal; its exit code, null when the signal killed it. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

/** Founds a consortium in a folder, and says how its embedded ledger is opened directly. */
export async function foundDeployment(
  folder: string,
): Promise<{ readonly home: Home; readonly options: EmbeddedOptions }> {
  const { members } = await loadProfile();
  const home = homeAt(folder);
  const consortium = await foundHome(home, members);
  const { entries } = await readWallet(home.wallet);
  const authorities = { certificates: await readAuthorities(home), wallet: entries };
  return { home, options: { directory: home.ledger, consortium, authorities } };
}

/** Settings of a gateway on files of a home, relative to it. */
export function settingsIn(home: Home): Readonly<Record<string, unknown>> {
  return {
    environment: 'development',
    port: 0,
    logLevel: 'warn',
    management: { port: 0 },
    root: 'consortium/root.json',
    wallet: home.wallet,
    vault: 'vault',
    ledger: {
      kind: 'embedded',
      directory: 'ledger',
      organisation: 'HospitalMSP',
      authorities: home.authorities,
    },
  };
}

const running = new Set<ChildProcess>();

/** Kills what a test left running. */
export function killLeft(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Starts `gateway/dist/main.js` with a configuration file in a folder. */
export async function startDeployed(
  folder: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<DeployedProcess> {
  const file = join(folder, 'gateway.json');
  await writeFile(file, JSON.stringify(settings));
  return startDeployedFrom(file);
}

/** How the gateway's program is called. */
export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

const BUILT: Launch = { program: process.execPath, args: [join(GATEWAY, 'dist', 'main.js')] };

/** Starts a gateway, `gateway/dist/main.js` where nothing else is said, with a configuration file that is there. */
export async function startDeployedFrom(
  file: string,
  { program, args, ...options }: Launch = BUILT,
): Promise<DeployedProcess> {
  const child = spawn(program, [...args, '--config', file], {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = once(child, 'exit');
  const found = new Map<string, string>();
  for await (const line of createInterface({ input: child.stdout })) {
    const [, name = '', url = ''] = /^(gateway|management) at (http\S+)$/.exec(line) ?? [];
    found.set(name, url);
    if (name === 'management') break;
  }
  child.stdout.resume();
  const url = found.get('gateway');
  if (url === undefined) throw new Error(`the gateway did not start: ${errors}`);
  return {
    url,
    managementUrl: found.get('management') ?? '',
    child,
    errors: () => errors,
    stop: async (signal) => {
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}
