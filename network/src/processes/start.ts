import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { NetworkError } from '../errors.js';
import { processStart } from './identity.js';
import type { ProcessRecord, ProcessRecords } from './record.js';

/** A process to run in the background: all that a supervisor needs to start it again. */
export const processSpecSchema = z
  .strictObject({
    name: z.string(),
    command: z.string(),
    args: z.array(z.string()).readonly(),
    /** the whole environment: nothing is inherited, since a stray CORE_ or ORDERER_ would change a node */
    env: z.record(z.string(), z.string()).readonly(),
    logFile: z.string(),
  })
  .readonly();

export type ProcessSpec = z.infer<typeof processSpecSchema>;

/**
 * Starts a process that outlives this one; its output goes to its log file.
 * @param records where it is written down at once, so that it is found again whatever becomes of this one
 * @throws NetworkError NODE_FAILED when the command cannot be run
 */
export async function startProcess(
  spec: ProcessSpec,
  records?: ProcessRecords,
): Promise<ProcessRecord> {
  mkdirSync(dirname(spec.logFile), { recursive: true });
  const log = openSync(spec.logFile, 'a');
  try {
    const child = spawn(spec.command, spec.args, {
      env: spec.env,
      detached: true,
      stdio: ['ignore', log, log],
    });
    const record = recordOf(spec, child.pid);
    if (record !== undefined) records?.write(record);
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.unref();
    if (record === undefined) throw new Error(`it ended at once, see ${spec.logFile}`);
    return record;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NetworkError('NODE_FAILED', `${spec.name} did not start: ${why}`, { cause });
  } finally {
    closeSync(log);
  }
}

function recordOf({ name, command, args }: ProcessSpec, pid = 0): ProcessRecord | undefined {
  const start = processStart(pid);
  return start === undefined ? undefined : { name, pid, start, command, args: [...args] };
}
