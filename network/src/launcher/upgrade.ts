import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { requireFabric, requireFabricCa, type Fabric } from '../binaries/index.js';
import { createChaincodeLink, hasChaincodeLink, writeService } from '../code/index.js';
import { NetworkError } from '../errors.js';
import type { ChaincodePlan, PeerPlan, Plan } from '../plan/index.js';
import { requireFreePorts } from '../processes/index.js';
import { ensureSupervisor, SupervisedProcesses } from '../supervisor/index.js';
import { writeConnections } from './connection.js';
import { writeJson } from './json.js';
import {
  answers,
  approve,
  commit,
  install,
  isCommitted,
  notApproved,
  type Definition,
} from './lifecycle.js';
import { withLock } from './lock.js';
import { planOf, requireManifest, type ChannelManifest, type Manifest } from './manifest.js';
import { noteNextCode, withChannel, type WantedCode } from './next-code.js';
import { stopSupervised } from './node-control.js';
import { memberProcesses, softwareOf, type Software } from './nodes.js';
import { channelSoftware } from './prepare.js';
import { isListening, waitFor } from './wait.js';

export interface UpgradeOptions extends WantedCode {
  readonly home: string;
  /** needed where the network has several */
  readonly channel?: string | undefined;
  /** the id of the member that one stands for; every member of this home when left out */
  readonly member?: string | undefined;
  /** MSP ids whose approval is not waited for; their peers do not endorse until they approve */
  readonly without?: readonly string[];
  /** how long to wait for members elsewhere to approve; not at all when left out */
  readonly patienceMs?: number;
  readonly fabric?: Fabric;
  readonly fabricCa?: Fabric;
  readonly log?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** How far an upgrade came. */
export interface UpgradeOutcome {
  readonly channel: string;
  readonly version: string;
  readonly sequence: number;
  readonly packageId: string;
  /** whether the channel runs it; else members are missing */
  readonly committed: boolean;
  /** MSP ids of members that have not approved it */
  readonly missing: readonly string[];
}

/** A peer here, its new chaincode process and the one before. */
interface Upgrading extends Definition {
  readonly fresh: ChaincodePlan;
  readonly former: ChaincodePlan | undefined;
  readonly processes: SupervisedProcesses;
}

/** What peers began with the former process may take so long; nothing new reaches it. */
const DRAIN_MS = 5000;
const ASK_AGAIN_MS = 500;

/**
 * Moves a channel to new chaincode while it goes on: the new processes run beside the old ones before anybody
 * approves, and the old ones end when every peer here answers with the new ones. Every step may have been done
 * before. On several hosts each member does this for itself; the last one commits, and the others end their
 * old process the next time.
 * @throws NetworkError CODE_NOT_APPROVED, NETWORK_DIFFERS, FILE_MISSING, NODE_FAILED, COMMAND_FAILED
 */
export async function upgradeNetwork(options: UpgradeOptions): Promise<UpgradeOutcome> {
  const { log = () => undefined } = options;
  const home = resolve(options.home);
  return withLock(home, async () => {
    const made = await requireManifest(home);
    const channel = channelOf(made, options.channel);
    peersHere(planOf(made, home), home, channel.name, options);
    const manifest = await noteNextCode(home, made, channel, options);
    const fabric = options.fabric ?? (await requireFabric({ log }));
    const fabricCa = options.fabricCa ?? (await requireFabricCa({ log }));
    const software = { fabric, fabricCa, channels: await channelSoftware(manifest) };
    const next = channelOf(manifest, channel.name).next;
    const { version, sequence, packageId } = softwareOf(software, channel.name, next?.sequence);
    const outcome = { channel: channel.name, version, sequence, packageId };
    if (next === undefined) {
      log(`${channel.name} runs ${packageId} already`);
      return { ...outcome, committed: true, missing: [] };
    }
    log(`${channel.name}: to version ${version}, sequence ${sequence}, package ${packageId}`);
    const here = upgradingHere(manifest, home, channel.name, software, options);
    await startFresh(home, here, software, options.signal);
    await Promise.all(here.map((each) => install(each)));
    await Promise.all(here.map((each) => approve(each)));
    log(`${channel.name}: approved by ${here.map(({ peer }) => peer.member.mspId).join(', ')}`);
    const missing = await commitWhenApproved(here, options);
    if (missing.length > 0) return { ...outcome, committed: false, missing };
    await Promise.all(here.map((each) => waitForFresh(each, options.signal)));
    log(`${channel.name}: ${here.length} peers answer with the new chaincode`);
    await sleep(DRAIN_MS, undefined, { signal: options.signal });
    await Promise.all(here.map((each) => endFormer(home, each)));
    if (!formerLeft(manifest, home, channel.name)) await settle(home, manifest, channel, software);
    return { ...outcome, committed: true, missing: [] };
  });
}

function channelOf({ channels }: Manifest, name: string | undefined): ChannelManifest {
  const found = channels.filter((each) => name === undefined || each.name === name);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const names = channels.map((each) => each.name).join(', ');
  throw new NetworkError(
    'PROFILE_INVALID',
    `expected one channel of ${names}, found ${name ?? 'none'}`,
  );
}

function upgradingHere(
  manifest: Manifest,
  home: string,
  name: string,
  software: Software,
  options: UpgradeOptions,
): readonly [Upgrading, ...Upgrading[]] {
  const plan = planOf(manifest, home);
  const channel = plan.channels.find((each) => each.name === name);
  const here = peersHere(plan, home, name, options).flatMap((peer) => {
    const own = peer.chaincodes.filter((each) => each.channel === name);
    const [former, fresh] = own;
    if (channel === undefined || fresh === undefined) return [];
    const processes = new SupervisedProcesses(peer.files);
    const { sequence } = fresh;
    return [{ plan, software, channel, peer, sequence, fresh, former, processes }];
  });
  const [first, ...rest] = here;
  if (first !== undefined) return [first, ...rest];
  throw new Error(`expected ${name} with new chaincode, found none`);
}

function peersHere(
  plan: Plan,
  home: string,
  name: string,
  { member, without = [] }: UpgradeOptions,
): readonly PeerPlan[] {
  const channel = plan.channels.find((each) => each.name === name);
  const here = (channel?.peers ?? []).filter(
    ({ member: { id, mspId }, files }) =>
      (member === undefined || id === member) && !without.includes(mspId) && existsSync(files.dir),
  );
  if (here.length > 0) return here;
  throw new NetworkError(
    'FILE_MISSING',
    `${home}: expected a peer of ${member ?? 'a member'} in ${name}, found none`,
  );
}

/** Starts the new process beside the old one; the supervisor checks that it is what the package stands for. */
async function startFresh(
  home: string,
  here: readonly Upgrading[],
  software: Software,
  signal?: AbortSignal,
): Promise<void> {
  const nodes = [];
  for (const { plan, peer, fresh, processes, channel } of here) {
    if (!hasChaincodeLink(peer, fresh)) await createChaincodeLink(peer, fresh);
    await writeService(peer, fresh, softwareOf(software, channel.name, fresh.sequence).code);
    const member = plan.members.find((each) => each.peer === peer);
    const wanted = (member ? memberProcesses(plan, member, software) : []).find(
      ({ spec }) => spec.name === fresh.name,
    );
    if (wanted === undefined) throw new Error(`expected ${fresh.name} among the processes`);
    const { host } = peer;
    if (processes.find(fresh.name) === undefined) {
      await requireFreePorts([{ host, port: fresh.port, purpose: fresh.name }]);
    }
    processes.write(wanted);
    nodes.push({ spec: wanted.spec, processes, listens: () => isListening(host, fresh.port) });
  }
  await ensureSupervisor(home);
  for (const node of nodes) await waitFor(node, 'listening', node.listens, { signal });
}

/** @returns MSP ids of those that have not approved; none when it is committed */
async function commitWhenApproved(
  [first]: readonly [Upgrading, ...Upgrading[]],
  { without = [], patienceMs = 0, log = () => undefined, signal }: UpgradeOptions,
): Promise<string[]> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    signal?.throwIfAborted();
    if (await isCommitted(first)) return [];
    const missing = (await notApproved(first)).filter((mspId) => !without.includes(mspId));
    if (missing.length === 0) break;
    if (performance.now() >= deadline) return missing;
    await sleep(ASK_AGAIN_MS);
  }
  try {
    await commit(first, without);
    log(`${first.channel.name}: committed`);
  } catch (error) {
    // another member was first
    if (!(await isCommitted(first))) throw error;
  }
  return [];
}

async function waitForFresh(each: Upgrading, signal?: AbortSignal): Promise<void> {
  const { fresh, processes } = each;
  const spec = processes.find(fresh.name)?.spec;
  if (spec === undefined) throw new Error(`expected ${fresh.name} among the processes`);
  const answersNow = async () => (await isCommitted(each)) && (await answers(each));
  await waitFor({ spec, processes }, 'answering', answersNow, { signal });
}

async function endFormer(home: string, { former, peer, processes }: Upgrading): Promise<void> {
  if (former === undefined) return;
  await stopSupervised(home, peer.files, former.name);
  processes.remove(former.name);
}

/** Whether another member of this home still has its old process, which it ends for itself. */
function formerLeft(manifest: Manifest, home: string, name: string): boolean {
  return planOf(manifest, home).peers.some(({ chaincodes, files }) => {
    const [former] = chaincodes.filter(({ channel }) => channel === name);
    const processes = new SupervisedProcesses(files);
    return former !== undefined && processes.find(former.name) !== undefined;
  });
}

/** Notes that what was next is what the channel runs, and tells clients. */
async function settle(
  home: string,
  manifest: Manifest,
  channel: ChannelManifest,
  software: Software,
): Promise<void> {
  const { next } = channelOf(manifest, channel.name);
  if (next === undefined) return;
  const settled = withChannel(manifest, { name: channel.name, ...next });
  const plan = planOf(settled, home);
  await writeJson(plan.files.shared.manifest, settled);
  const here = plan.members.filter(({ files }) => existsSync(files.dir));
  await writeConnections(plan, { ...software, channels: await channelSoftware(settled) }, here);
}
