import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { NetworkError } from '../errors.js';
import { runCommand } from '../processes/index.js';
import { allAgree, oddOnes } from './majority.js';
import { readSnapshot, type StateSnapshot } from './snapshot.js';

/** What one peer holds under a key; the value itself is not repeated, since it may be about a person. */
export interface KeyState {
  readonly peer: string;
  /** undefined where the peer has nothing under the key */
  readonly version: { readonly block: number; readonly transaction: number } | undefined;
  readonly valueDigest: string | undefined;
}

/** A key under which two peers hold something else. */
export interface KeyDifference {
  readonly namespace: string;
  readonly key: string;
  /** whether this is the hash of a private key */
  readonly hashed: boolean;
  readonly states: readonly KeyState[];
}

export interface StateComparison {
  readonly block: number;
  readonly compared: readonly string[];
  /** who differs from more than half of the peers; undefined when no state is held by so many */
  readonly odd: readonly string[] | undefined;
  /** keys that differ in all, per pair of peers */
  readonly differing: number;
  /** the first of them, by the block that wrote them */
  readonly keys: readonly KeyDifference[];
}

const MOST_NAMED = 20;
const COMPARE_MS = 10 * 60_000;

const record = z.object({ value: z.string(), blockNum: z.int(), txNum: z.int() }).nullable();
const differencesSchema = z.object({
  diffRecords: z.array(
    z.object({
      namespace: z.string().default(''),
      key: z.string().default(''),
      hashed: z.boolean(),
      snapshotrecord1: record,
      snapshotrecord2: record,
    }),
  ),
});

/**
 * Compares states that peers wrote out as of one block, with Fabric's own ledgerutil: each with the one that
 * most hold, else with the first.
 * @throws NetworkError FILE_MISSING when one cannot be read, COMMAND_FAILED when they are not of one block
 */
export async function compareStates(
  snapshots: readonly StateSnapshot[],
  ledgerutil: string,
): Promise<StateComparison> {
  const metadata = await Promise.all(snapshots.map(readSnapshot));
  const places = new Map(
    metadata.map((each, index) => [
      snapshots[index]?.peer ?? '',
      `block ${each.last_block_number} of ${each.channel_name}`,
    ]),
  );
  if (!allAgree(places)) {
    const found = [...places].map(([peer, place]) => `${peer}: ${place}`).join('; ');
    throw new NetworkError('COMMAND_FAILED', `expected states of one block, found ${found}`);
  }
  const states = new Map(
    metadata.map((each, index) => [
      snapshots[index]?.peer ?? '',
      digestOfState(each.snapshot_files_raw_hashes),
    ]),
  );
  const odd = oddOnes(states);
  const reference = snapshots.find(({ peer }) => odd?.includes(peer) !== true);
  const others = snapshots.filter(
    (each) => states.get(each.peer) !== states.get(reference?.peer ?? ''),
  );
  const keys: KeyDifference[] = [];
  let differing = 0;
  for (const other of others) {
    if (reference === undefined) break;
    const found = await differences(reference, other, ledgerutil);
    differing += found.total;
    keys.push(...found.keys);
  }
  return {
    block: metadata[0]?.last_block_number ?? 0,
    compared: snapshots.map(({ peer }) => peer),
    ...{ odd, differing, keys },
  };
}

/** The transaction ids are left out: they follow from the blocks. */
function digestOfState(hashes: Readonly<Record<string, string>>): string {
  return ['public_state', 'private_state_hashes']
    .flatMap((part) => [hashes[`${part}.data`], hashes[`${part}.metadata`]])
    .join(' ');
}

async function differences(
  one: StateSnapshot,
  other: StateSnapshot,
  ledgerutil: string,
): Promise<{ readonly total: number; readonly keys: KeyDifference[] }> {
  const results = await mkdtemp(join(tmpdir(), 'veinledger-compare-'));
  try {
    const args = ['compare', '--outputDir', results, '--firstDiffs', String(MOST_NAMED)];
    const { said } = await runCommand(ledgerutil, [...args, one.directory, other.directory], {
      env: {},
      timeoutMs: COMPARE_MS,
      // differences are exit 2
      accept: /Total differences found/,
    });
    const found = /Results saved to (.+)\. Total differences found: (\d+)/.exec(said);
    if (found?.[1] === undefined) return { total: 0, keys: [] };
    const text = await readFile(join(found[1], 'first_diffs_by_height.json'), 'utf8');
    const { diffRecords } = differencesSchema.parse(JSON.parse(text));
    const keys = diffRecords.map(
      ({ namespace, key, hashed, snapshotrecord1, snapshotrecord2 }) => ({
        ...{ namespace, key, hashed },
        states: [keyState(one.peer, snapshotrecord1), keyState(other.peer, snapshotrecord2)],
      }),
    );
    return { total: Number(found[2]), keys };
  } finally {
    await rm(results, { recursive: true, force: true });
  }
}

function keyState(peer: string, held: z.infer<typeof record>): KeyState {
  if (held === null) return { peer, version: undefined, valueDigest: undefined };
  return {
    peer,
    version: { block: held.blockNum, transaction: held.txNum },
    valueDigest: createHash('sha256').update(held.value).digest('hex'),
  };
}
