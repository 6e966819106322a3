import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { LedgerBlock } from '@veinledger/chaincode/replay';
import { faultsOf, selectFaults } from './fault.js';
import { resultOf } from './fault-result.js';
import { figuresOf, tableOf } from './report.js';
import type { Sent } from './steady-load.js';
import { blocksThrough, lostOf, readDecisions, tallyOf } from './tally.js';
import { writeTable } from './write-table.js';

const node = (name: string, leader = false) => ({
  ...{ name, mspId: 'M', port: 1, pid: 1, height: 1, leader, channels: [] },
  ...{ state: 'running' as const, deaths: 0 },
  kind: z.enum(['orderer', 'peer', 'chaincode']).parse(name.split('.')[0]),
});
const nodes = [
  ...[node('orderer.hospital'), node('orderer.lab', true), node('orderer.regulator')],
  ...[node('peer.hospital'), node('peer.lab'), node('peer.manufacturer')],
  ...[node('chaincode.hospital'), node('chaincode.lab'), node('chaincode.manufacturer')],
];
const leader = faultsOf(nodes).find(({ name }) => name === 'leader');
if (!leader) throw new Error('there are faults');

const sent = (commandId: string, at: number, after?: number): Sent => ({
  ...{ commandId, at, failures: after === undefined ? ['given up'] : [] },
  ...(after === undefined
    ? {}
    : { acknowledged: { at: at + after, transactionId: `tx-${commandId}`, block: 1 } }),
});

const transaction = (transactionId: string, commandId: string, rest: object = {}) => ({
  ...{ transactionId, block: 1, index: 0, timestamp: '', function: 'custody:RecordReadings' },
  ...{ creator: { mspId: 'M', certificate: '' }, args: [], endorsers: [] },
  ...{ response: JSON.stringify({ commandId }), reads: [], rangeReads: [], validationCode: 0 },
  ...{ writes: [{ key: 'k', value: 'v' }] },
  ...rest,
});

async function* chain(...transactions: LedgerBlock['transactions']) {
  await Promise.resolve();
  yield { number: 1, previousHash: '', dataHash: '', transactions };
}

describe('an acknowledged command', () => {
  test('is found in the one transaction that its receipt names', async () => {
    const decisions = await readDecisions(chain(transaction('tx-a', 'a')));
    const found = { acknowledged: 1, found: 1, doubled: 0, lost: 0 };
    expect(tallyOf([sent('a', 0, 1)], decisions)).toEqual(found);
  });

  test.each([
    ['in no block', []],
    ['invalid', [transaction('tx-a', 'a', { validationCode: 11 })]],
    ['in another transaction than its receipt names', [transaction('tx-b', 'a')]],
  ])('is lost when it is %s', async (_, transactions) => {
    const decisions = await readDecisions(chain(...transactions));
    expect(tallyOf([sent('a', 0, 1)], decisions)).toMatchObject({ found: 0, lost: 1 });
    expect(lostOf([sent('a', 0, 1)], decisions)).toMatchObject([{ commandId: 'a' }]);
  });

  test('is counted also where the peer that is read has its block a moment later', async () => {
    const acknowledged = { at: 1, transactionId: 'tx-b', block: 2 };
    const block = (number: number, ...transactions: LedgerBlock['transactions']) => ({
      ...{ number, previousHash: '', dataHash: '', transactions },
    });
    const committed = [
      ...[block(0), block(1, transaction('tx-a', 'a')), block(2, transaction('tx-b', 'b'))],
      block(3, transaction('tx-c', 'c')),
    ];
    const from = async function* (first: number, end: number) {
      await Promise.resolve();
      yield* committed.slice(first, end);
    };
    const behind = { blocks: () => from(0, 2), follow: (first: number) => from(first, 4) };
    const last: Sent = { commandId: 'b', at: 0, failures: [], acknowledged };
    const decisions = await readDecisions(blocksThrough(behind, [sent('a', 0, 1), last]));
    expect([...decisions.keys()]).toEqual(['a', 'b']);
    expect(tallyOf([sent('a', 0, 1), last], decisions)).toMatchObject({ found: 2, lost: 0 });
  });

  test('is doubled when two valid transactions decided on it', async () => {
    const twice = chain(transaction('tx-a', 'a'), transaction('tx-b', 'a'));
    const decisions = await readDecisions(twice);
    expect(tallyOf([sent('a', 0, 1)], decisions)).toMatchObject({ found: 0, doubled: 1 });
  });

  test('is not doubled by a repeated submission, which writes nothing', async () => {
    const repeated = chain(transaction('tx-a', 'a'), transaction('tx-b', 'a', { writes: [] }));
    expect(tallyOf([sent('a', 0, 1)], await readDecisions(repeated))).toMatchObject({ doubled: 0 });
  });
});

test('the next commit is of a command that was handed in after the fault, and the median of the times', () => {
  const happening = (struckAt: number, after: number) => ({
    struckAt,
    sent: [sent('before', struckAt - 100, 150), sent('after', struckAt + 100, after)],
  });
  const happenings = [happening(1000, 900), happening(50_000, 2900), happening(90_000, 1900)];
  const result = resultOf(leader, happenings, new Map());
  expect(result).toMatchObject({ nextCommitSeconds: 2, longestSeconds: 2.9, handedIn: 6 });
  expect(() => resultOf(leader, [{ struckAt: 5, sent: [sent('a', 9)] }], new Map())).toThrow(
    'no command was acknowledged after the fault',
  );
});

test('the report has a goal for the leader, and wants nothing doubled and nothing lost', () => {
  const happening = { struckAt: 0, sent: [sent('a', 1, 6000), sent('b', 2)] };
  const result = resultOf(leader, [happening], new Map([['a', ['tx-a']]]));
  const figures = figuresOf([result], { version: 'Fabric 3.0.0', cores: 2 });
  expect(figures.filter(({ goal }) => goal !== null).map(({ goal, met }) => [goal, met])).toEqual([
    [5, false],
    [0, true],
    [0, true],
  ]);
  const [, , row] = tableOf([result]);
  expect(row).toMatch(/is killed \(median of 3\) \| +6\.0 \| +6\.0 \| 1 given up/u);
});

describe('faults', () => {
  const struck = (name: string, among = nodes) => {
    const victims = faultsOf(nodes).find((fault) => fault.name === name)?.victims;
    if (typeof victims !== 'function') throw new Error(`${name} strikes nodes`);
    return victims(among).map((each) => each.name);
  };

  test('are selected by name, or all of a kind at once', () => {
    const names = (...only: readonly string[]) =>
      selectFaults(faultsOf(nodes), only).map(({ name }) => name);
    expect(names('peer')).toEqual(['peer.hospital', 'peer.lab', 'peer.manufacturer']);
    expect(names('gateway', 'chaincode.lab')).toEqual(['chaincode.lab', 'gateway']);
    expect(() => names('fire')).toThrow(/expected some of .*leader, .*, found 'fire'/u);
  });

  test('strike the node that leads now, a node that follows, and two peers of three', () => {
    expect(struck('leader')).toEqual(['orderer.lab']);
    expect(struck('follower')).toEqual(['orderer.hospital']);
    expect(struck('two-peers')).toHaveLength(2);
    expect(struck('network')).toHaveLength(nodes.length);
  });

  test('strike no leader and no follower while nobody is seen to lead', () => {
    const leaderless = nodes.map((each) => ({ ...each, leader: false }));
    expect([struck('leader', leaderless), struck('follower', leaderless)]).toEqual([[], []]);
  });
});

test('a table replaces the one between the marks of its page, and no other text', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'veinledger-table-'));
  try {
    const file = join(directory, 'page.md');
    await writeFile(file, 'before\n<!-- made by npm run faults -->\nold\n<!-- end -->\nafter\n');
    await writeTable(file, ['new']);
    await writeTable(file, ['newer']);
    expect(await readFile(file, 'utf8')).toBe(
      'before\n<!-- made by npm run faults -->\n\nnewer\n\n<!-- end -->\nafter\n',
    );
    await writeFile(file, 'no marks');
    await expect(writeTable(file, ['new'])).rejects.toThrow('expected the marks');
  } finally {
    await rm(directory, { recursive: true });
  }
});
