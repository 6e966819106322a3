import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NetworkError } from '../errors.js';
import { HomeFiles, neededPorts, type MemberFiles } from '../plan/index.js';
import { LONGEST_WAIT_MS, ProcessRecords, requireFreePorts } from '../processes/index.js';
import { ensureSupervisor, notifySupervisor, SupervisedProcesses } from '../supervisor/index.js';
import { withLock } from './lock.js';
import { planOf, requireManifest } from './manifest.js';
import { membersIn, stopAll } from './stop.js';
import { isListening, waitFor } from './wait.js';

const POLL_MS = 25;

/**
 * Stops a node; it stays stopped until somebody starts it, whoever else starts the network.
 * @returns whether it ran
 * @throws NetworkError NODE_UNKNOWN naming those that there are, HOME_LOCKED, NODE_FAILED
 */
export async function stopNode(homeDir: string, name: string): Promise<boolean> {
  const home = resolve(homeDir);
  return withLock(home, async () => stopSupervised(home, await ownerOf(home, name), name));
}

/**
 * Stops a process of a member, with a supervisor or without, while the home is locked.
 * @returns whether it ran
 * @throws NetworkError NODE_FAILED
 */
export async function stopSupervised(
  home: string,
  files: MemberFiles,
  name: string,
): Promise<boolean> {
  const records = new ProcessRecords(files.records);
  const ran = records.living(name) !== undefined;
  new SupervisedProcesses(files).want(name, 'stopped');
  if (!notifySupervisor(home)) {
    await stopAll(
      records,
      [records.find(name)].flatMap((record) => record ?? []),
    );
    return ran;
  }
  const deadline = performance.now() + LONGEST_WAIT_MS;
  while (records.living(name) !== undefined) {
    if (performance.now() > deadline) throw new NetworkError('NODE_FAILED', `${name} lives on`);
    await sleep(POLL_MS);
  }
  return ran;
}

/**
 * Starts a node that was stopped, and everything else that is to run when no supervisor lives; returns when the
 * node listens.
 * @throws NetworkError NODE_UNKNOWN naming those that there are, HOME_LOCKED, PORT_TAKEN, NODE_FAILED
 */
export async function startNode(homeDir: string, name: string): Promise<void> {
  const home = resolve(homeDir);
  await withLock(home, async () => {
    const files = await ownerOf(home, name);
    const processes = new SupervisedProcesses(files);
    const plan = planOf(await requireManifest(home), home);
    const ports = neededPorts(plan.members).filter(({ node }) => node === name);
    if (new ProcessRecords(files.records).living(name) === undefined) await requireFreePorts(ports);
    processes.want(name, 'running');
    await ensureSupervisor(home);
    const spec = processes.find(name)?.spec;
    if (spec === undefined) return;
    await waitFor({ spec, processes }, 'listening', async () => {
      const listening = ports.map(({ host, port }) => isListening(host, port));
      return (await Promise.all(listening)).every(Boolean);
    });
  });
}

/**
 * The log file of a node.
 * @throws NetworkError NODE_UNKNOWN naming those that there are
 */
export async function logFileOf(homeDir: string, name: string): Promise<string> {
  const home = resolve(homeDir);
  if (name === 'supervisor') return new HomeFiles(home).supervisor.log;
  return (await ownerOf(home, name)).log(name);
}

async function ownerOf(home: string, name: string): Promise<MemberFiles> {
  const known: string[] = [];
  for (const id of await membersIn(home)) {
    const files = new HomeFiles(home).member(id);
    const names = new SupervisedProcesses(files).all().map(({ spec }) => spec.name);
    if (names.includes(name)) return files;
    known.push(...names);
  }
  const there = known.length === 0 ? `none: ${home} has no network` : known.join(', ');
  throw new NetworkError('NODE_UNKNOWN', `expected one of ${there}; found '${name}'`);
}
