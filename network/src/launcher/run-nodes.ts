import { neededPorts, type Plan } from '../plan/index.js';
import {
  ProcessRecords,
  requireFreePorts,
  startProcess,
  type ProcessRecord,
} from '../processes/index.js';
import { bringUp } from './bring-up.js';
import { nodeProcesses, type Software } from './nodes.js';
import { stopAll } from './stop.js';
import type { RunningNode } from './wait.js';

/**
 * Starts the nodes that do not run and leads all of them to a channel on which the chaincode answers. When
 * that fails, the nodes that it started are gone.
 * @throws NetworkError PORT_TAKEN, NODE_FAILED, COMMAND_FAILED
 */
export async function runNodes(
  plan: Plan,
  software: Software,
  log: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const records = new ProcessRecords(plan.files.records);
  const specs = nodeProcesses(plan, software);
  const nodes = new Map<string, RunningNode>();
  for (const spec of specs) {
    const record = records.living(spec.name);
    if (record !== undefined) nodes.set(spec.name, { spec, record });
  }
  const needed = neededPorts(plan).filter(({ node }) => !nodes.has(node));
  await requireFreePorts(plan.profile.host, needed);

  const started: ProcessRecord[] = [];
  try {
    for (const spec of specs.filter(({ name }) => !nodes.has(name))) {
      signal?.throwIfAborted();
      const record = await startProcess(spec);
      started.push(record);
      records.write(record);
      nodes.set(spec.name, { spec, record });
    }
    log(`${started.length} processes started, ${specs.length - started.length} ran already`);
    await bringUp({
      plan,
      fabric: software.fabric,
      packageId: software.packageId,
      nodes,
      signal,
      log,
    });
  } catch (error) {
    await stopAll(records, started);
    throw error;
  }
}
