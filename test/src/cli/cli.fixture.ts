import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { runCommandLine } from '#scripts';

/** The program `veinledger`, as npm links it. */
export const PROGRAM = createRequire(import.meta.url).resolve('@veinledger/cli/bin');

/** How a command line ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A program's own environment: what the machine's says of veinledger is left out. */
function environment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !name.startsWith('VEINLEDGER_'));
  return Object.fromEntries(entries);
}

/** The command line by itself, in a folder that has nothing to do with it. */
export async function veinledger(...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(),
  });
  const closed = once(child, 'close');
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { code: child.exitCode, out, err };
}

/** The command line within this process. */
export async function here(...words: readonly string[]): Promise<Ended> {
  const lines = { out: '', err: '' };
  const code = await runCommandLine(words, {
    out: (line) => (lines.out += `${line}\n`),
    error: (line) => (lines.err += `${line}\n`),
  });
  return { code, ...lines };
}

/** A home in a folder of its own, and the gateway's process that serves it. */
export interface CliBench {
  readonly folder: string;
  readonly home: string;
  readonly url: string;
  /** Runs the command line on this home and gateway: a command's first time in a process of its own, then here. */
  cli(...args: readonly string[]): Promise<Ended>;
  /** Carries a command out that a story needs, within this process; throws Error when it fails. */
  readonly tell: (...args: readonly string[]) => Promise<Ended>;
  /** Stops the gateway; the ledger can be opened then. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

/** Founds a consortium with a clinic of its own, starts a gateway process and writes the root. */
export async function cliBench(organisation: string): Promise<CliBench> {
  const folder = await mkdtemp(join(tmpdir(), 'veinledger-cli-'));
  const home = join(folder, 'home');
  await requireDone(here('init', '--home', home, '--organisation', organisation));
  const gateway = spawn(process.execPath, [PROGRAM, 'start', '--home', home, '--port', '0'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: environment(),
  });
  const url = await addressOf(gateway);
  const stop = async () => {
    if (gateway.exitCode !== null) return;
    const ended = once(gateway, 'close');
    gateway.kill('SIGTERM');
    await ended;
  };
  const own = ['--home', home, '--gateway', url];
  const seen = new Set<string | undefined>();
  const cli = (...args: readonly string[]) => {
    const run = seen.has(args[0]) ? here : veinledger;
    seen.add(args[0]);
    return run(...args, ...own);
  };
  const tell = (...args: readonly string[]) => requireDone(here(...args, ...own));
  await requireDone(cli('bootstrap'));
  return {
    folder,
    home,
    url,
    cli,
    tell,
    stop,
    close: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Where a gateway that was started says that it listens. */
export async function addressOf(gateway: ChildProcess): Promise<string> {
  if (!gateway.stdout) throw new Error('the gateway has no output');
  let printed = '';
  for await (const chunk of gateway.stdout) {
    printed += String(chunk);
    const url = /^ {2}gateway +(http:\S+)$/mu.exec(printed)?.[1];
    if (url !== undefined) {
      // what follows is its log, which would fill the pipe
      gateway.stdout.resume();
      return url;
    }
  }
  throw new Error(`the gateway did not start:\n${printed}`);
}

/** @throws Error with what was printed, when the command line failed */
export async function requireDone(ended: Promise<Ended>): Promise<Ended> {
  const { code, out, err } = await ended;
  if (code === 0) return { code, out, err };
  throw new Error(`expected exit code 0, found ${code}:\n${out}\n${err}`);
}
