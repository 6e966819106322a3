import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BlockSource, type ComparedPeer, type LedgerReader } from './block-source.js';
import { compareBlocks, type BlockComparison } from './blocks.js';
import {
  committedDefinition,
  memberCode,
  oddCode,
  type AskedPeer,
  type Committed,
  type MemberCode,
} from './code.js';
import {
  removeSnapshots,
  takeSnapshots,
  type SnapshotPeer,
  type StateSnapshot,
} from './snapshot.js';
import { compareStates, type StateComparison } from './state.js';

/** A channel whose members' ledgers are compared, from where one or several members stand. */
export interface Verification {
  readonly channel: string;
  readonly chaincode: string;
  /** every peer of the channel: blocks are served to each member */
  readonly peers: readonly ComparedPeer[];
  readonly reader: LedgerReader;
  /** peers whose administrator is at hand: a state and an installed package are told to nobody else */
  readonly own: readonly (AskedPeer & SnapshotPeer)[];
  /** the path of Fabric's ledgerutil */
  readonly ledgerutil: string;
  /** the block as of which states are written; the last when left out */
  readonly block?: number | undefined;
  /** where states are left for other members, a folder for each peer */
  readonly keepStates?: string | undefined;
  /** instead of own states: a folder of states that members left, one for each peer */
  readonly states?: string | undefined;
  readonly log?: (line: string) => void;
}

/** What a comparison found. */
export interface VerificationReport {
  readonly channel: string;
  readonly blocks: BlockComparison;
  /** undefined when fewer than two states were at hand */
  readonly state: StateComparison | undefined;
  readonly code: {
    readonly committed: Committed | undefined;
    readonly members: readonly MemberCode[];
    /** who runs other code than most; undefined when no code is run by more than half */
    readonly odd: readonly string[] | undefined;
  };
  /** whether nothing differs among what was at hand */
  readonly same: boolean;
}

/**
 * Compares members' ledgers: every peer's blocks, the states that are at hand, and the code of members whose
 * administrator is.
 * @throws NetworkError when a peer cannot write its state
 */
export async function verifyLedgers(task: Verification): Promise<VerificationReport> {
  const { channel, log = () => undefined } = task;
  log(`${channel}: comparing the blocks of ${task.peers.length} peers`);
  const blocks = await readBlocks(task, log);
  const reachable = task.own.filter(({ name }) => blocks.failures[name] === undefined);
  const state = await readStates(task, reachable, blocks, log);
  const code = await readCode(task, reachable);
  const same =
    blocks.differing === 0 &&
    blocks.damaged.length === 0 &&
    Object.keys(blocks.failures).length === 0 &&
    (state === undefined || state.differing === 0) &&
    code.odd?.length === 0;
  return { channel, blocks, state, code, same };
}

async function readBlocks(
  { peers, reader, channel }: Verification,
  log: (line: string) => void,
): Promise<BlockComparison> {
  const sources = await Promise.all(peers.map((peer) => BlockSource.open(peer, reader, channel)));
  try {
    return await compareBlocks(sources, log);
  } finally {
    for (const source of sources) source.close();
  }
}

async function readStates(
  task: Verification,
  own: readonly SnapshotPeer[],
  { heights }: BlockComparison,
  log: (line: string) => void,
): Promise<StateComparison | undefined> {
  const { channel, states, keepStates, ledgerutil } = task;
  if (states !== undefined) return compareAll(await statesIn(states), ledgerutil);
  if (own.length === 0) return undefined;
  const block = task.block ?? Math.max(...Object.values(heights)) - 1;
  log(`${channel}: ${own.map(({ name }) => name).join(', ')} write their state`);
  const taken = await takeSnapshots(own, channel, block);
  try {
    if (keepStates !== undefined) {
      for (const { peer, directory } of taken.snapshots) {
        await cp(directory, join(keepStates, peer), { recursive: true });
      }
    }
    return await compareAll(taken.snapshots, ledgerutil);
  } finally {
    await removeSnapshots(taken.snapshots);
  }
}

async function compareAll(
  snapshots: readonly StateSnapshot[],
  ledgerutil: string,
): Promise<StateComparison | undefined> {
  return snapshots.length < 2 ? undefined : compareStates(snapshots, ledgerutil);
}

async function statesIn(folder: string): Promise<StateSnapshot[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ peer: name, directory: join(folder, name) }));
}

async function readCode(task: Verification, own: readonly AskedPeer[]) {
  const { channel, chaincode } = task;
  const [first] = own;
  const members = await Promise.all(own.map((peer) => memberCode(peer, channel, chaincode)));
  return {
    committed: first && (await committedDefinition(first, channel, chaincode)),
    members,
    odd: oddCode(members),
  };
}
