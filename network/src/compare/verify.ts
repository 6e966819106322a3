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
import { NetworkError } from '../errors.js';
import { keepStates, keptStates } from './kept-states.js';
import {
  removeSnapshots,
  takeAgreedSnapshots,
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
  /** the block as of which states are written, and no other; the last, or a later one, when left out */
  readonly block?: number | undefined;
  /** how long to wait for that block, milliseconds */
  readonly patienceMs: number;
  /** where states are left for other members */
  readonly keepStates?: string | undefined;
  /** instead of own states: folders of states that members left */
  readonly states?: readonly string[] | undefined;
  readonly log?: (line: string) => void;
  /** when aborted, the block is not waited for any more */
  readonly signal?: AbortSignal | undefined;
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
 * @throws NetworkError COMMAND_FAILED when a peer cannot write its state, FILE_MISSING when a state that was
 * left, or is to be left, is not there, NETWORK_DIFFERS when those that were left are not of two peers
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
  const { channel, peers, states, block, ledgerutil } = task;
  if (states !== undefined) {
    const names = peers.map(({ name }) => name);
    return compareAll(await keptStates(states, channel, names), ledgerutil);
  }
  if (own.length === 0) {
    if (task.keepStates === undefined) return undefined;
    const why = `${channel}: expected a peer that answers, whose state can be left, found none here`;
    throw new NetworkError('FILE_MISSING', why);
  }
  log(`${channel}: ${own.map(({ name }) => name).join(', ')} write their state`);
  const taken =
    block === undefined
      ? await takeSnapshots(own, channel, Math.max(...Object.values(heights)) - 1)
      : await takeAgreedSnapshots(own, channel, block, {
          longestMs: task.patienceMs,
          signal: task.signal,
          asked: () => log(`${channel}: block ${block} is waited for`),
        });
  try {
    if (task.keepStates !== undefined) {
      const kept = await keepStates(taken.snapshots, task.keepStates, channel);
      log(`${channel}: state as of block ${taken.block} is left in ${kept.join(', ')}`);
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
