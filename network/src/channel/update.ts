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
const LONGEST_WAIT_MS = 30_000;

/**
 * Waits until peers have a configuration at least as new as a sequence.
 * @throws NetworkError NODE_FAILED naming a peer that has not within half a minute
 */
export async function waitForSequence(
  { fabric, channel }: ChannelAccess,
  administrator: Administrator,
  peers: readonly Target[],
  sequence: number,
): Promise<void> {
  const deadline = performance.now() + LONGEST_WAIT_MS;
  await inFolder((dir) =>
    Promise.all(
      peers.map(async (peer, index) => {
        const block = join(dir, `peer-${index}.block`);
        const args = ['fetch', 'config', block, '--channelID', channel];
        for (;;) {
          await channelCommand(fabric, administrator, dir, args, peer);
          const config = await new Translator(fabric, dir).configOfBlock(block);
          if (Number(config.sequence) >= sequence) return;
          if (performance.now() > deadline) {
            const found = `expected at least ${sequence}, found ${config.sequence}`;
            const what = `${peer.endpoint}: configuration of ${channel}`;
            throw new NetworkError('NODE_FAILED', `${what}: ${found} after half a minute`);
          }
          await sleep(POLL_MS);
        }
      }),
    ),
  );
}

/**
 * Changes a channel's configuration with the signatures of administrators that are all at hand, and waits
 * until the peers have it.
 * @param administrators whose signatures the change needs; the first sends it
 * @returns whether there was anything to change
 * @throws NetworkError COMMAND_FAILED, NODE_FAILED
 */
export async function changeConfig(
  access: ChannelAccess,
  administrators: readonly [Administrator, ...Administrator[]],
  peers: readonly Target[],
  edit: (config: ChannelConfig) => ChannelConfig,
): Promise<boolean> {
  const [first, ...others] = administrators;
  return inFolder(async (dir) => {
    const file = join(dir, 'signed.pb');
    const { sequence } = await fetchConfig(access, first);
    if (!(await prepareUpdate(access, first, edit, file))) return false;
    for (const administrator of others) await signUpdate(access.fabric, administrator, file);
    await submitUpdate(access, first, file);
    await waitForSequence(access, first, peers, Number(sequence) + 1);
    return true;
  });
}

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
