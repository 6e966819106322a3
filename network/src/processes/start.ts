import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { NetworkError } from '../errors.js';
import { processStart } from './identity.js';
import type { ProcessRecord } from './record.js';

/** A process to run in the background: all that a supervisor needs to start it again. */
export interface ProcessSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** the whole environment: nothing is inherited, since a stray CORE_ or ORDERER_ would change a node */
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
}

/**
 * Starts a process that outlives this one; its output goes to its log file.
 * @throws NetworkError NODE_FAILED when the command cannot be run
 */
export async function startProcess(spec: ProcessSpec): Promise<ProcessRecord> {
  mkdirSync(dirname(spec.logFile), { recursive: true });
  const log = openSync(spec.logFile, 'a');
  try {
    const child = spawn(spec.command, spec.args, {
      env: spec.env,
      detached: true,
      stdio: ['ignore', log, log],
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.unref();
    const pid = child.pid ?? 0;
    const start = processStart(pid);
    if (start === undefined) throw new Error(`it ended at once, see ${spec.logFile}`);
    const { name, command, args } = spec;
    return { name, pid, start, command, args: [...args] };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NetworkError('NODE_FAILED', `${spec.name} did not start: ${why}`, { cause });
  } finally {
    closeSync(log);
  }
}
