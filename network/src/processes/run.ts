import { spawn, type ChildProcess } from 'node:child_process';
import { basename } from 'node:path';
import { NetworkError } from '../errors.js';
import { LONGEST_WAIT_MS } from './patience.js';

export interface CommandOptions {
  /** the whole environment */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly timeoutMs?: number;
  /** output that means success although the command failed */
  readonly accept?: RegExp;
}

/** What a tool wrote. */
export interface CommandOutput {
  /** its standard output alone: where a tool logs too, its answer is not to be sought among its lines */
  readonly answer: string;
  /** its standard output and error together, in the order in which they came */
  readonly said: string;
}

/**
 * Runs a tool to its end.
 * @throws NetworkError COMMAND_FAILED with the last lines it wrote
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandOutput> {
  const { env, cwd, timeoutMs = LONGEST_WAIT_MS, accept } = options;
  const child = spawn(command, args, {
    env,
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let answer = '';
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    answer += text;
    said += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const end = await endOf(child, timeoutMs);
  if (end === 'exit 0' || accept?.test(said) === true) return { answer, said };
  // Fabric's programs append all their options to some errors
  const [words = ''] = said.split(/^Usage:$/m);
  const tail = words.trimEnd().split('\n').slice(-6).join('\n');
  const called = [basename(command), ...args.slice(0, 3)].join(' ');
  throw new NetworkError('COMMAND_FAILED', `${called} (${end})\n${tail}`);
}

/**
 * Waits for a process that was just spawned and kills it when it takes too long.
 * @returns `exit 0` or another code, or `signal SIGKILL` and the like
 * @throws Error when it cannot be run
 */
export async function endOf(child: ChildProcess, timeoutMs: number): Promise<string> {
  // not spawn's own timeout: its timer outlives a command that cannot be run
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  try {
    return await new Promise<string>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) =>
        resolve(code === null ? `signal ${String(signal)}` : `exit ${code}`),
      );
    });
  } finally {
    clearTimeout(timer);
  }
}
