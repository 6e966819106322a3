import { neededPorts, type MemberPlan, type Plan } from '../plan/index.js';
import {
  ProcessRecords,
  requireFreePorts,
  startProcess,
  type ProcessRecord,
} from '../processes/index.js';
import { bringUp } from './bring-up.js';
import { memberProcesses, type Software } from './nodes.js';
import { stopAll } from './stop.js';
import type { RunningNode } from './wait.js';

/**
 * Starts the nodes that do not run and leads all of them to a channel on which the chaincode answers. When
 * that fails, the nodes that it started are gone.
 * @throws NetworkError PORT_TAKEN, NODE_FAILED, COMMAND_FAILED
 */
export async function runNodes(
  plan: Plan,
  members: readonly MemberPlan[],
  software: Software,
  log: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const nodes = new Map<string, RunningNode>();
  const wanted = members.flatMap((member) => {
    const records = new ProcessRecords(member.files.records);
    return memberProcesses(plan, member, software).map((spec) => ({ spec, records }));
  });
  for (const { spec, records } of wanted) {
    const record = records.living(spec.name);
    if (record !== undefined) nodes.set(spec.name, { spec, record });
  }
  await requireFreePorts(neededPorts(members).filter(({ node }) => !nodes.has(node)));

  const started: [ProcessRecords, ProcessRecord][] = [];
  try {
    for (const { spec, records } of wanted.filter(({ spec }) => !nodes.has(spec.name))) {
      signal?.throwIfAborted();
      const record = await startProcess(spec);
      started.push([records, record]);
      records.write(record);
      nodes.set(spec.name, { spec, record });
    }
    log(`${started.length} processes started, ${wanted.length - started.length} ran already`);
    await bringUp({ plan, members, software, nodes, signal, log });
  } catch (error) {
    await Promise.all(started.map(([records, record]) => stopAll(records, [record])));
    throw error;
  }
}
