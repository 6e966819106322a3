import { access, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { NetworkError } from '../errors.js';
import type { CommandOutput } from '../processes/index.js';

/** A peer of one's own: its administrator asks it for a snapshot, which it writes to its own folder. */
export interface SnapshotPeer {
  readonly name: string;
  /** runs Fabric's `peer` command as the administrator of this peer's organisation, against this peer */
  readonly run: (args: readonly string[], accept?: RegExp) => Promise<CommandOutput>;
  /** arguments that name the peer, for those commands that do not read its core.yaml */
  readonly address: readonly string[];
  /** core.yaml's ledger.snapshots.rootDir */
  readonly snapshotsDir: string;
}

/** A state as one peer wrote it out. */
export interface StateSnapshot {
  readonly peer: string;
  /** the folder of Fabric's snapshot files */
  readonly directory: string;
}

/** States of one block. */
interface TakenSnapshots {
  readonly block: number;
  readonly snapshots: StateSnapshot[];
}

const SNAPSHOT_METADATA = '_snapshot_signable_metadata.json';

const metadataSchema = z.object({
  channel_name: z.string(),
  last_block_number: z.int(),
  snapshot_files_raw_hashes: z.record(z.string(), z.string()),
});

export type SnapshotMetadata = z.infer<typeof metadataSchema>;

const POLL_MS = 100;
const LONGEST_WAIT_MS = 60_000;
const ATTEMPTS = 5;
/** On a channel that goes on, a block so far ahead is reached by all before any is asked for one behind it. */
const BLOCKS_AHEAD = 10;
const PASSED = /cannot be less than the last committed block number (\d+)/;
const MADE = /snapshot already generated|duplicate snapshot request/;

/**
 * Has peers write their state as of one block, whether the channel is at rest or goes on.
 * @param lastBlock the number of the last block that any of them holds
 * @throws NetworkError COMMAND_FAILED when they cannot be brought to the same block
 */
export async function takeSnapshots(
  peers: readonly SnapshotPeer[],
  channel: string,
  lastBlock: number,
): Promise<TakenSnapshots> {
  let block = lastBlock;
  let ahead = 0;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const passed = (await Promise.all(peers.map((peer) => request(peer, channel, block)))).filter(
      (number) => number !== undefined,
    );
    if (passed.length === 0 && (await allWritten(peers, channel, block))) {
      return taken(peers, channel, block);
    }
    await Promise.all(peers.map((peer) => cancel(peer, channel, block)));
    // who was passed once may be passed again; a block that does not come is not waited for twice
    if (passed.length === 0) [block, ahead] = [lastBlock, 0];
    else [block, ahead] = [Math.max(...passed) + ahead, ahead + BLOCKS_AHEAD];
  }
  const names = peers.map(({ name }) => name).join(', ');
  throw new NetworkError(
    'COMMAND_FAILED',
    `${names}: no state of the same block of ${channel}, last tried ${block}`,
  );
}

/**
 * Has peers write their state as of a block that members agreed on, and of no other.
 * @param options.longestMs how long to wait for the block
 * @param options.asked is told when every peer has taken note of the block
 * @throws NetworkError COMMAND_FAILED when a peer is beyond the block, or the block does not come in time
 */
export async function takeAgreedSnapshots(
  peers: readonly SnapshotPeer[],
  channel: string,
  block: number,
  options: {
    readonly longestMs: number;
    readonly signal?: AbortSignal | undefined;
    readonly asked: () => void;
  },
): Promise<TakenSnapshots> {
  const last = await Promise.all(peers.map((peer) => request(peer, channel, block)));
  const passed = last.findIndex((each) => each !== undefined);
  if (passed === -1) options.asked();
  if (passed === -1 && (await allWritten(peers, channel, block, options))) {
    return taken(peers, channel, block);
  }
  await Promise.all(peers.map((peer) => cancel(peer, channel, block)));
  options.signal?.throwIfAborted();
  const why =
    passed === -1
      ? `did not come in ${options.longestMs / 1000} s`
      : `has passed: the last one of ${peers[passed]?.name ?? ''} is ${last[passed] ?? ''}`;
  throw new NetworkError('COMMAND_FAILED', `block ${block} of ${channel} ${why}`);
}

/** Removes what {@link takeSnapshots} had peers write. */
export async function removeSnapshots(snapshots: readonly StateSnapshot[]): Promise<void> {
  await Promise.all(
    snapshots.map(({ directory }) => rm(directory, { recursive: true, force: true })),
  );
}

/**
 * Reads what a peer says of its snapshot.
 * @throws NetworkError FILE_MISSING
 */
export async function readSnapshot({ peer, directory }: StateSnapshot): Promise<SnapshotMetadata> {
  const file = join(directory, SNAPSHOT_METADATA);
  try {
    return metadataSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    throw new NetworkError('FILE_MISSING', `the snapshot of ${peer}, ${file}, cannot be read`, {
      cause,
    });
  }
}

/** Asks for a snapshot; gives the peer's last block when it is beyond that block. */
async function request(
  peer: SnapshotPeer,
  channel: string,
  block: number,
): Promise<number | undefined> {
  await rm(folder(peer, channel, block), { recursive: true, force: true });
  const args = command(peer, 'submitrequest', channel, block);
  const { said } = await peer.run(args, new RegExp(`${PASSED.source}|${MADE.source}`));
  const last = PASSED.exec(said)?.[1];
  return last === undefined ? undefined : Number(last);
}

async function cancel(peer: SnapshotPeer, channel: string, block: number): Promise<void> {
  await peer.run(
    command(peer, 'cancelrequest', channel, block),
    /no snapshot request exists|is under processing/,
  );
}

function command(peer: SnapshotPeer, name: string, channel: string, block: number): string[] {
  const number = ['--blockNumber', String(block)];
  return ['snapshot', name, '--channelID', channel, ...number, ...peer.address];
}

/** A snapshot's folder appears in one step, when all of it is written. */
async function allWritten(
  peers: readonly SnapshotPeer[],
  channel: string,
  block: number,
  options: { readonly longestMs: number; readonly signal?: AbortSignal | undefined } = {
    longestMs: LONGEST_WAIT_MS,
  },
): Promise<boolean> {
  const { longestMs, signal } = options;
  const deadline = performance.now() + longestMs;
  for (const peer of peers) {
    while (!(await exists(folder(peer, channel, block)))) {
      if (performance.now() > deadline || signal?.aborted === true) return false;
      await sleep(POLL_MS);
    }
  }
  return true;
}

function taken(peers: readonly SnapshotPeer[], channel: string, block: number): TakenSnapshots {
  const snapshots = peers.map((peer) => ({
    peer: peer.name,
    directory: folder(peer, channel, block),
  }));
  return { block, snapshots };
}

function folder({ snapshotsDir }: SnapshotPeer, channel: string, block: number): string {
  return join(snapshotsDir, 'completed', channel, String(block));
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
