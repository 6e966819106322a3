import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ClassicLevel } from 'classic-level';
import { allBlocks, openSamplesLedger, type SamplesLedger } from './ledger.fixture.js';

const block = (number: number): string => String(number).padStart(12, '0');

describe('the walk along the chain', () => {
  let samples: SamplesLedger;

  /** Changes one value in the ledger's files, as somebody with access to its disk could. */
  async function tamper(part: string, key: string, change: (value: string) => string | undefined) {
    await samples.ledger.close();
    const db = new ClassicLevel(samples.directory);
    const sublevel = db.sublevel(part);
    const changed = change((await sublevel.get(key)) ?? '');
    if (changed === undefined) await sublevel.del(key);
    else await sublevel.put(key, changed);
    await db.close();
    return (await samples.reopen()).verify();
  }

  beforeEach(async () => {
    samples = await openSamplesLedger();
    for (const key of ['a', 'b', 'c'])
      await samples.ledger.submit(samples.call('Put', key, 'held'));
    await samples.ledger.submit(samples.call('Delete', 'a'));
  });
  afterEach(() => samples.remove());

  test('finds an untouched chain intact', async () => {
    expect(await samples.ledger.verify()).toEqual({ intact: true, height: 4 });
  });

  test('tells after each block how far it has come, and stops when it is told to', async () => {
    const walked: number[] = [];
    const stop = new AbortController();
    const onProgress = ({ done, total }: { done: number; total: number }) => {
      expect(total).toBe(4);
      walked.push(done);
    };
    await samples.ledger.verify({ onProgress });
    expect(walked.splice(0)).toEqual([1, 2, 3, 4]);
    const { signal } = stop;
    const stopping = samples.ledger.verify({
      signal,
      onProgress: (progress) => {
        onProgress(progress);
        if (progress.done === 2) stop.abort();
      },
    });
    await expect(stopping).rejects.toMatchObject({ kind: 'unavailable' });
    expect(walked).toEqual([1, 2]);
  });

  test('finds a new ledger intact', async () => {
    const empty = await openSamplesLedger();
    expect(await empty.ledger.verify()).toEqual({ intact: true, height: 0 });
    await empty.remove();
  });

  test('links each block to the hash of the header before', async () => {
    const [first, second] = await allBlocks(samples.ledger);
    expect(first?.previousHash).toBe('');
    expect(first?.dataHash).toMatch(/^[0-9a-f]{64}$/);
    expect(second?.previousHash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('names the block whose transaction was changed', async () => {
    const verification = await tamper('transactions', `${block(1)}.000000`, (text) =>
      text.replace('held', 'lost'),
    );
    expect(verification).toMatchObject({
      intact: false,
      brokenBlock: 1,
      reason: expect.stringMatching(
        /^data hash: expected [0-9a-f]{64}, found [0-9a-f]{64}$/,
      ) as unknown,
    });
  });

  test('names the block whose transaction was taken away', async () => {
    const verification = await tamper('transactions', `${block(2)}.000000`, () => undefined);
    expect(verification).toMatchObject({ intact: false, brokenBlock: 2 });
  });

  test('names the block whose transaction lies where reading does not find it', async () => {
    const from = `${block(1)}.000000`;
    await samples.ledger.close();
    const db = new ClassicLevel(samples.directory);
    const transactions = db.sublevel('transactions');
    await transactions.put(`${block(1)}.000001`, (await transactions.get(from)) ?? '');
    await transactions.del(from);
    await db.close();
    expect(await (await samples.reopen()).verify()).toEqual({
      intact: false,
      brokenBlock: 1,
      reason: `transaction 0: it lies at ${block(1)}.000001`,
    });
  });

  test('names the block that follows a header that was changed with its hash', async () => {
    const other = 'f'.repeat(64);
    const verification = await tamper('headers', block(1), (text) =>
      text.replace(/"previousHash":"[0-9a-f]+"/, `"previousHash":"${other}"`),
    );
    expect(verification).toMatchObject({
      intact: false,
      brokenBlock: 1,
      reason: expect.stringMatching(new RegExp(`^previous hash: .* found ${other}$`)) as unknown,
    });
  });

  test('names a block that is missing', async () => {
    const verification = await tamper('headers', block(2), () => undefined);
    expect(verification).toEqual({ intact: false, brokenBlock: 2, reason: 'the block is missing' });
  });

  test.each([
    ['"height":4', '"height":3.5', /^head.height: expected a whole number, found 3.5$/],
    ['"height":4', '"height":-1', /^head.height: expected at least 0, found -1$/],
    ['"height":4', '"height":"4"', /^head.height: expected a whole number, found 4$/],
    ['{', '{"more":1,', /^head.more: expected no members but height, lastHash, found more$/],
    ['{', '', /^head: expected JSON, found another text$/],
  ])(
    'does not begin with an end of the chain that no ledger writes: %s as %s',
    async (was, now, message) => {
      const opening = tamper('meta', 'head', (text) => text.replace(was, now));
      await expect(opening).rejects.toMatchObject({
        kind: 'damaged',
        message: expect.stringMatching(message) as unknown,
      });
    },
  );

  test.each([
    ['"number":1', '"number":1.0001'],
    ['{', '{"more":1,'],
  ])('names a block whose header no ledger writes: %s as %s', async (was, now) => {
    const verification = await tamper('headers', block(1), (text) => text.replace(was, now));
    expect(verification).toMatchObject({ brokenBlock: 1, reason: 'the header is unreadable' });
  });

  test('names a block whose header is unreadable', async () => {
    const verification = await tamper('headers', block(1), () => '{');
    expect(verification).toEqual({
      intact: false,
      brokenBlock: 1,
      reason: 'the header is unreadable',
    });
  });

  test('leaves a state that cannot be read out of the contract: that is the ledger failing', async () => {
    await tamper('state', 'b', () => 'held');
    const reading = samples.ledger.evaluate(samples.call('Get', 'b'));
    await expect(reading).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test('notices blocks cut off at the end', async () => {
    const verification = await tamper('meta', 'head', (text) =>
      text.replace('"height":4', '"height":3'),
    );
    expect(verification).toMatchObject({ intact: false, brokenBlock: 2 });
  });

  test.each([
    ['changed', 'b', () => '1.0|lost', 'state: not what the block wrote', 1],
    ['given another version', 'b', () => '2.0|held', 'state: not what the block wrote', 1],
    ['taken away', 'c', () => undefined, 'state: missing', 2],
    ['made unreadable', 'b', () => 'held', 'state: not what the block wrote', 1],
    ['brought back', 'a', () => '0.0|held', 'state: not what the block wrote', 3],
    ['made up', 'd', () => '0.0|held', 'state: no block wrote it', 3],
  ])('names a key of the state that was %s', async (_what, key, change, reason, brokenBlock) => {
    const named = JSON.stringify(key);
    const expected = { intact: false, brokenBlock, reason, key: named };
    expect(await tamper('state', key, change)).toEqual(expected);
  });

  describe('names the block of an index that', () => {
    /** The ids of the first two transactions, and a transaction's position. */
    async function ids(): Promise<[string, string]> {
      const [first, second] = await allBlocks(samples.ledger);
      return [
        first?.transactions[0]?.transactionId ?? '',
        second?.transactions[0]?.transactionId ?? '',
      ];
    }
    const at = (number: number) => `${block(number)}.000000`;

    test('leads from a transaction’s id to another transaction, which reading finds out too', async () => {
      const [first, second] = await ids();
      const verification = await tamper('positions', first, () => at(1));
      expect(verification).toEqual({
        intact: false,
        brokenBlock: 0,
        reason: `position of ${first}: expected ${at(0)}, found ${at(1)}`,
      });
      await expect(samples.ledger.transaction(first)).rejects.toMatchObject({ kind: 'damaged' });
      await expect(samples.ledger.status(first)).rejects.toMatchObject({ kind: 'damaged' });
      expect(await samples.ledger.transaction(second)).toMatchObject({ block: 1 });
    });

    test('lost a transaction', async () => {
      const [, second] = await ids();
      expect(await tamper('positions', second, () => undefined)).toEqual({
        intact: false,
        brokenBlock: 1,
        reason: `position of ${second}: expected ${at(1)}, found none`,
      });
    });

    test('knows a transaction that no block holds', async () => {
      expect(await tamper('positions', 'f'.repeat(64), () => at(1))).toEqual({
        intact: false,
        brokenBlock: 3,
        reason: 'positions: expected 4 entries, found 5',
      });
    });

    test('lost a part of a key’s history', async () => {
      expect(await tamper('history', `00000001b${at(1)}`, () => undefined)).toEqual({
        intact: false,
        brokenBlock: 1,
        reason: `history: ${at(1)} is missing`,
        key: '"b"',
      });
    });

    test('gives a key a history that it does not have, which reading finds out too', async () => {
      expect(await tamper('history', `00000001b${at(2)}`, () => '')).toEqual({
        intact: false,
        brokenBlock: 3,
        reason: 'histories: expected 4 entries, found 5',
      });
      const reading = samples.ledger.evaluate(samples.call('History', 'b'));
      await expect(reading).rejects.toMatchObject({ kind: 'damaged' });
    });
  });
});
