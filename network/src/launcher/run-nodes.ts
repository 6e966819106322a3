import { neededPorts, type MemberPlan, type Plan } from '../plan/index.js';
import { ProcessRecords, requireFreePorts } from '../processes/index.js';
import {
  endSupervisor,
  ensureSupervisor,
  SupervisedProcesses,
  supervisorOf,
} from '../supervisor/index.js';
import { bringUp } from './bring-up.js';
import { memberProcesses, type Software } from './nodes.js';
import { stopAll } from './stop.js';
import type { RunningNode } from './wait.js';

/** Whose nodes to run, and with what. */
export interface RunRequest {
  readonly plan: Plan;
  readonly members: readonly MemberPlan[];
  readonly software: Software;
  /** how long to wait for members on other hosts */
  readonly patienceMs: number;
  readonly log: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Has a supervisor run members' nodes and leads them to channels on which the chaincode answers. A node that
 * was stopped stays so. When it fails, the nodes that were not running before are gone.
 * @throws NetworkError PORT_TAKEN, NODE_FAILED, COMMAND_FAILED
 */
export async function runNodes(request: RunRequest): Promise<void> {
  const { plan, members, software, patienceMs, log, signal } = request;
  const { home } = plan.files;
  const wanted = members.flatMap((member) => {
    const records = new ProcessRecords(member.files.records);
    const processes = new SupervisedProcesses(member.files);
    return memberProcesses(plan, member, software).map((each) => ({ ...each, records, processes }));
  });
  const nameOf = ({ spec }: (typeof wanted)[number]) => spec.name;
  const ran = wanted.filter(({ spec, records }) => records.living(spec.name) !== undefined);
  const stopped = wanted
    .filter(({ spec, processes }) => processes.find(spec.name)?.wanted === 'stopped')
    .map(nameOf);
  const quiet = new Set([...ran.map(nameOf), ...stopped]);
  const toStart = wanted.map(nameOf).filter((name) => !quiet.has(name));
  await requireFreePorts(neededPorts(members).filter(({ node }) => toStart.includes(node)));
  signal?.throwIfAborted();

  const supervised = supervisorOf(home) !== undefined;
  try {
    for (const { spec, chaincode, processes } of wanted) processes.write({ spec, chaincode });
    forgetOthers(members, wanted.map(nameOf));
    await ensureSupervisor(home);
    log(`${toStart.length} processes to start, ${ran.length} run already`);
    if (stopped.length > 0) log(`stopped before, and left so: ${stopped.join(', ')}`);
    const nodes = new Map(
      wanted
        .filter((each) => !stopped.includes(nameOf(each)))
        .map(({ spec, processes }): [string, RunningNode] => [spec.name, { spec, processes }]),
    );
    await bringUp({ plan, members, software, nodes, patienceMs, signal, log });
  } catch (error) {
    // what an earlier start left to a supervisor that lives goes on, so that another start can go on with it
    if (supervised) throw error;
    await endSupervisor(home);
    const added = wanted.filter((each) => !ran.includes(each));
    await Promise.all(
      added.map(({ spec, records }) =>
        stopAll(
          records,
          [records.find(spec.name)].flatMap((record) => record ?? []),
        ),
      ),
    );
    throw error;
  }
}

/** Forgets processes that members no longer have, of a chaincode that was upgraded. */
function forgetOthers(members: readonly MemberPlan[], wanted: readonly string[]): void {
  for (const processes of members.map(({ files }) => new SupervisedProcesses(files))) {
    const names = processes.all().map(({ spec }) => spec.name);
    for (const name of names.filter((each) => !wanted.includes(each))) processes.remove(name);
  }
}
