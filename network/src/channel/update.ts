import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fabric } from '../binaries/index.js';
import { NetworkError } from '../errors.js';
import {
  channelCommand,
  ordererArguments,
  type Administrator,
  type Target,
} from './administrator.js';
import type { ChannelConfig } from './config.js';
import { NOT_ORDERED } from './not-ordered.js';
import { Translator } from './translate.js';

/** A channel whose configuration is read or changed, and through which ordering node. */
export interface ChannelAccess {
  readonly fabric: Pick<Fabric, 'binDir'>;
  readonly channel: string;
  readonly orderer: Target;
}

/**
 * Reads the present configuration of a channel from an ordering node.
 * @throws NetworkError COMMAND_FAILED
 */
export async function fetchConfig(
  access: ChannelAccess,
  administrator: Administrator,
): Promise<ChannelConfig> {
  return inFolder((dir) => fetchInto(dir, access, administrator));
}

/**
 * Writes an update that leads from the present configuration to what an edit makes of it, for the
 * organisations' administrators to sign, each on its own machine.
 * @param edit a pure function
 * @returns whether there is anything to change: else no file is written
 * @throws NetworkError COMMAND_FAILED
 */
export async function prepareUpdate(
  access: ChannelAccess,
  administrator: Administrator,
  edit: (config: ChannelConfig) => ChannelConfig,
  file: string,
): Promise<boolean> {
  return inFolder(async (dir) => {
    const config = await fetchInto(dir, access, administrator);
    const translator = new Translator(access.fabric, dir);
    const envelope = await translator.updateEnvelope(access.channel, config, edit(config));
    if (envelope === undefined) return false;
    await copyFile(envelope, file);
    return true;
  });
}

/**
 * Adds an administrator's signature to an update.
 * @throws NetworkError COMMAND_FAILED
 */
export async function signUpdate(
  fabric: Pick<Fabric, 'binDir'>,
  administrator: Administrator,
  file: string,
): Promise<void> {
  await inFolder((dir) =>
    channelCommand(fabric, administrator, dir, ['signconfigtx', '--file', file]),
  );
}

/**
 * Sends an update to the ordering nodes, with one more signature: that of who sends it.
 * @throws NetworkError COMMAND_FAILED when signatures are missing, or the configuration has changed since
 */
export async function submitUpdate(
  { fabric, channel, orderer }: ChannelAccess,
  administrator: Administrator,
  file: string,
): Promise<void> {
  const args = ['update', '--channelID', channel, '--file', file, ...ordererArguments(orderer)];
  await inFolder((dir) => channelCommand(fabric, administrator, dir, args));
}

const POLL_MS = 100;
/** Beyond it a peer is taken for one that is away. */
const LONGEST_WAIT_MS = 60_000;

/**
 * Waits until peers have a configuration at least as new as a sequence.
 * @returns the endpoints of those that have not after a minute, or do not answer
 */
export async function waitForSequence(
  access: ChannelAccess,
  administrator: Administrator,
  peers: readonly Target[],
  sequence: number,
): Promise<string[]> {
  const deadline = performance.now() + LONGEST_WAIT_MS;
  const waits = peers.map((peer) =>
    inFolder(async (dir) => {
      while (performance.now() < deadline) {
        const found = await peerSequence(dir, access, administrator, peer);
        if (found !== undefined && found >= sequence) return [];
        await sleep(POLL_MS);
      }
      return [peer.endpoint];
    }),
  );
  return (await Promise.all(waits)).flat();
}

/** How often a peer has seen the configuration change; undefined when it does not answer. */
async function peerSequence(
  dir: string,
  { fabric, channel }: ChannelAccess,
  administrator: Administrator,
  peer: Target,
): Promise<number | undefined> {
  const block = join(dir, 'peer.block');
  const args = ['fetch', 'config', block, '--channelID', channel];
  try {
    await channelCommand(fabric, administrator, dir, args, peer);
  } catch (error) {
    if (error instanceof NetworkError && error.code === 'COMMAND_FAILED') return undefined;
    throw error;
  }
  return Number((await new Translator(fabric, dir).configOfBlock(block)).sequence);
}

/** What became of a change. */
export interface ConfigChange {
  /** whether there was anything to change */
  readonly changed: boolean;
  /** endpoints of the peers that do not have it yet */
  readonly behind: readonly string[];
}

/** How a leader refuses what it takes once it has seen enough of the others. */
const QUORUM_LOSS = /configuration will result in quorum loss/;
const ASK_AGAIN_MS = 500;
/** Raft elects within 10 s on a quiet machine; every node has heard 2 to 4 s later who is active. */
const LONGEST_REFUSAL_MS = 120_000;

/**
 * Changes a channel's configuration with the signatures of administrators that are all at hand, and waits
 * until the peers have it. Ordering nodes that have no leader, or too few active nodes, are asked again for two minutes.
 * @param administrators whose signatures the change needs; the first sends it
 * @throws NetworkError COMMAND_FAILED, NODE_FAILED when no peer gets it: ordering nodes refuse some changes only
 * after they accepted them
 */
export async function changeConfig(
  access: ChannelAccess,
  administrators: readonly [Administrator, ...Administrator[]],
  peers: readonly Target[],
  edit: (config: ChannelConfig) => ChannelConfig,
): Promise<ConfigChange> {
  const [first] = administrators;
  const wanted = await untilTaken(() => sendChange(access, administrators, edit));
  if (wanted === undefined) return { changed: false, behind: [] };
  const behind = await waitForSequence(access, first, peers, wanted);
  if (peers.length > 0 && behind.length === peers.length) {
    const what = `${access.channel}: no peer has the change after ${LONGEST_WAIT_MS / 1000} s`;
    throw new NetworkError('NODE_FAILED', `${what}; the ordering nodes' logs say why`);
  }
  return { changed: true, behind };
}

/** @returns the sequence of the configuration that is to come; undefined when there is nothing to change */
async function sendChange(
  access: ChannelAccess,
  [first, ...others]: readonly [Administrator, ...Administrator[]],
  edit: (config: ChannelConfig) => ChannelConfig,
): Promise<number | undefined> {
  return inFolder(async (dir) => {
    const file = join(dir, 'signed.pb');
    const { sequence } = await fetchConfig(access, first);
    if (!(await prepareUpdate(access, first, edit, file))) return undefined;
    for (const administrator of others) await signUpdate(access.fabric, administrator, file);
    await submitUpdate(access, first, file);
    return Number(sequence) + 1;
  });
}

async function untilTaken<T>(send: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + LONGEST_REFUSAL_MS;
  for (;;) {
    try {
      return await send();
    } catch (error) {
      const refused = error instanceof NetworkError && isNotYet(error.message);
      if (!refused || performance.now() >= deadline) throw error;
    }
    await sleep(ASK_AGAIN_MS);
  }
}

const isNotYet = (message: string) =>
  [NOT_ORDERED, QUORUM_LOSS].some((words) => words.test(message));

async function fetchInto(
  dir: string,
  { fabric, channel, orderer }: ChannelAccess,
  administrator: Administrator,
): Promise<ChannelConfig> {
  const block = join(dir, 'config.block');
  const from = ['--channelID', channel, ...ordererArguments(orderer)];
  await channelCommand(fabric, administrator, dir, ['fetch', 'config', block, ...from]);
  return new Translator(fabric, dir).configOfBlock(block);
}

async function inFolder<T>(work: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'veinledger-channel-'));
  try {
    return await work(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
