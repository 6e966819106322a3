import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { requireFabric, requireFabricCa, type Fabric } from '../binaries/index.js';
import { NetworkError } from '../errors.js';
import type { ChannelPlan, PeerPlan, Plan } from '../plan/index.js';
import { LONGEST_WAIT_MS } from '../processes/index.js';
import { SupervisedProcesses } from '../supervisor/index.js';
import { commitOnce } from './commit-once.js';
import { writeConnections } from './connection.js';
import { writeJson } from './json.js';
import {
  approve,
  commit,
  latestDefinition,
  install,
  isCommitted,
  notApproved,
} from './lifecycle.js';
import { withLock } from './lock.js';
import { planOf, requireManifest, type ChannelManifest, type Manifest } from './manifest.js';
import { noteNextCode, withChannel, type WantedCode } from './next-code.js';
import { softwareOf, type Software } from './nodes.js';
import type { Sending } from './ordering.js';
import { channelSoftware } from './prepare.js';
import {
  endFormer,
  formerOf,
  runningOf,
  startFresh,
  waitForBlocks,
  waitForFresh,
  type Upgrading,
} from './upgrading.js';
import { whenOrdered } from './when-ordered.js';

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
export interface UpgradeResult {
  readonly channel: string;
  readonly version: string;
  readonly sequence: number;
  readonly packageId: string;
  /** whether the channel runs it; else members are missing */
  readonly committed: boolean;
  /** MSP ids of members that have not approved it */
  readonly missing: readonly string[];
}

/** What peers began with the former process may take so long; nothing new reaches it. */
const DRAIN_MS = 5000;

/**
 * Moves a channel to new chaincode while it goes on: the new processes run beside the old ones before anybody
 * approves, and the old ones end when every peer here answers with the new ones. Every step may have been done
 * before. On several hosts each member does this for itself; the last one commits, and the others end their
 * old process the next time.
 * @throws NetworkError CODE_NOT_APPROVED, NETWORK_DIFFERS, FILE_MISSING, NODE_FAILED, COMMAND_FAILED
 */
export async function upgradeNetwork(options: UpgradeOptions): Promise<UpgradeResult> {
  const { log = () => undefined } = options;
  const home = resolve(options.home);
  return withLock(home, async () => {
    const made = await requireManifest(home);
    const channel = channelOf(made, options.channel);
    const plan = planOf(made, home);
    const { channel: planned, peers } = peersHere(plan, home, channel.name, options);
    const fabric = options.fabric ?? (await requireFabric({ log }));
    const fabricCa = options.fabricCa ?? (await requireFabricCa({ log }));
    const committed = await latestDefinition(fabric, plan, planned, peers[0]);
    const manifest = await noteNextCode(home, made, channel, options, committed);
    const software = { fabric, fabricCa, channels: await channelSoftware(manifest) };
    const next = channelOf(manifest, channel.name).next;
    const { version, sequence, packageId } = softwareOf(software, channel.name, next?.sequence);
    const result = { channel: channel.name, version, sequence, packageId };
    if (next === undefined) {
      log(`${channel.name} runs ${packageId} already`);
      return { ...result, committed: true, missing: [] };
    }
    log(`${channel.name}: to version ${version}, sequence ${sequence}, package ${packageId}`);
    const here = upgradingHere(manifest, home, channel.name, software, options);
    await startFresh(home, here, committed, options.signal);
    await Promise.all(here.map((each) => install(each)));
    await Promise.all(here.map((each) => waitForBlocks(each, committed, options.signal)));
    await Promise.all(
      here.map((each) => {
        const what = `the approval of ${each.peer.name}`;
        return order(each, what, options, (refused) => approve(each, refused));
      }),
    );
    log(`${channel.name}: approved by ${here.map(({ peer }) => peer.member.mspId).join(', ')}`);
    const missing = await commitWhenApproved(here, options);
    if (missing.length > 0) return { ...result, committed: false, missing };
    await Promise.all(here.map((each) => waitForFresh(each, options.signal)));
    log(`${channel.name}: ${here.length} peers answer with the new chaincode`);
    await sleep(DRAIN_MS, undefined, { signal: options.signal });
    await Promise.all(here.map((each) => endFormer(home, each)));
    // another member of this home ends its old process for itself
    const left = here[0].channel.peers.flatMap((peer) => formerOf(here[0].channel, peer));
    if (left.length === 0) await settle(home, manifest, channel, software);
    return { ...result, committed: true, missing: [] };
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
  const { channel, peers } = peersHere(plan, home, name, options);
  const here = peers.flatMap((peer) => {
    const [, fresh] = peer.chaincodes.filter((each) => each.channel === name);
    if (fresh === undefined) return [];
    const processes = new SupervisedProcesses(peer.files);
    const { sequence } = fresh;
    return [{ plan, software, channel, peer, sequence, fresh, processes }];
  });
  const [first, ...rest] = here;
  if (first !== undefined) return [first, ...rest];
  throw new Error(`expected ${name} with new chaincode, found none`);
}

interface PeersHere {
  readonly channel: ChannelPlan;
  readonly peers: readonly [PeerPlan, ...PeerPlan[]];
}

function peersHere(
  plan: Plan,
  home: string,
  name: string,
  { member, without = [] }: UpgradeOptions,
): PeersHere {
  const channel = plan.channels.find((each) => each.name === name);
  const [first, ...rest] = (channel?.peers ?? []).filter(
    ({ member: { id, mspId }, files }) =>
      (member === undefined || id === member) && !without.includes(mspId) && existsSync(files.dir),
  );
  if (channel !== undefined && first !== undefined) return { channel, peers: [first, ...rest] };
  throw new NetworkError(
    'FILE_MISSING',
    `${home}: expected a peer of ${member ?? 'a member'} in ${name}, found none`,
  );
}

/** Ordering nodes may be about to elect who leads. */
function order(
  each: Upgrading,
  what: string,
  { log = () => undefined, signal }: Pick<UpgradeOptions, 'log' | 'signal'>,
  send: (refused: Sending['refused']) => Promise<void>,
): Promise<void> {
  const node = runningOf(each, each.peer.name);
  const task = { what: `${each.channel.name}: ${what}`, node, send, signal, log };
  return whenOrdered({ ...task, patienceMs: LONGEST_WAIT_MS });
}

/** @returns MSP ids of those that have not approved; none when it is committed */
async function commitWhenApproved(
  [first]: readonly [Upgrading, ...Upgrading[]],
  options: UpgradeOptions,
): Promise<string[]> {
  const { without = [], patienceMs = 0, log = () => undefined, signal } = options;
  const task = {
    isCommitted: () => isCommitted(first),
    missing: async () => (await notApproved(first)).filter((mspId) => !without.includes(mspId)),
    commit: async () => {
      await order(first, 'the commit of the chaincode', options, (refused) =>
        commit(first, without, refused),
      );
      log(`${first.channel.name}: committed`);
    },
  };
  return commitOnce(task, patienceMs, signal);
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
