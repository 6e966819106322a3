import { beforeAll, describe, expect, test } from '@jest/globals';
import { nativeVerifier } from '../crypto/native.js';
import { nobleVerifier } from '../crypto/noble.js';
import { type LedgerBlock, type LedgerTransaction, VALIDATION } from './block.js';
import { HonestLedger } from './honest-ledger.fixture.js';
import { replay, type ReplayOptions } from './replay.js';
import type { Signatory } from './signing.fixture.js';

const LOT = 'https://id.gs1.org/01/04012345000016/10/EX-1';
const lotBody = { lot: LOT, kind: 'extraction-kit', expiry: '2028-01-01T00:00:00.000Z' };

let ledger: HonestLedger;
let technician: Signatory;

beforeAll(async () => {
  ledger = await HonestLedger.founded();
  technician = await ledger.enrol('lab.technician', 'lab');
  await ledger.submit(technician, 'lab', 'manufacturing:RegisterLot', lotBody);
});

async function* stream(blocks: readonly LedgerBlock[]): AsyncGenerator<LedgerBlock> {
  for (const block of blocks) yield await Promise.resolve(block);
}

function replayed(blocks: readonly LedgerBlock[], options: Partial<ReplayOptions> = {}) {
  const { root } = ledger;
  return replay({ blocks: stream(blocks), root, verifier: nativeVerifier, ...options });
}

/** The ledger's blocks with one transaction changed. */
function tampered(
  block: number,
  change: (transaction: LedgerTransaction) => Partial<LedgerTransaction>,
): readonly LedgerBlock[] {
  return ledger.blocks.map((each) =>
    each.number === block
      ? { ...each, transactions: each.transactions.map((tx) => ({ ...tx, ...change(tx) })) }
      : each,
  );
}

function appended(transaction: Partial<LedgerTransaction>): readonly LedgerBlock[] {
  const [first] = ledger.blocks[0]?.transactions ?? [];
  if (!first) throw new Error('the ledger is empty');
  const number = ledger.blocks.length;
  const plain = { ...first, transactionId: 'f'.repeat(64), block: number, reads: [], writes: [] };
  const added: LedgerBlock = {
    number,
    previousHash: '',
    dataHash: '',
    transactions: [{ ...plain, ...transaction }],
  };
  return [...ledger.blocks, added];
}

test('a command under keys that had been replaced before it was ordered is found', async () => {
  const own = await HonestLedger.founded();
  const holder = await own.enrol('lab.holder', 'lab');
  const jws = own.sign(holder, 'manufacturing:RegisterLot', lotBody);
  const early = await own.endorse('manufacturing:RegisterLot', jws, 'lab');
  const renewed = await own.rotate(holder, 'lab');
  await own.submit(renewed, 'lab', 'manufacturing:RegisterRun', {
    run: 'run-1',
    flowCell: 'FC-1',
    instrument: 'S-1',
  });
  const honest = await replay({
    blocks: stream(own.blocks),
    root: own.root,
    verifier: nativeVerifier,
  });
  expect(honest.findings).toEqual([]);
  own.append({ ...early, block: own.blocks.length });
  const { findings } = await replay({
    blocks: stream(own.blocks),
    root: own.root,
    verifier: nativeVerifier,
  });
  expect(findings).toContainEqual(
    expect.objectContaining({
      kind: 'unacceptable-command',
      found: expect.stringMatching(/^KEY_RETIRED/) as unknown,
    }),
  );
});

async function kindsOf(blocks: readonly LedgerBlock[]): Promise<readonly string[]> {
  return (await replayed(blocks)).findings.map(({ kind }) => kind);
}

const lotWrite = (tx: LedgerTransaction) =>
  tx.writes.map((write) =>
    write.key.includes('\u0000lot\u0000') && write.value?.includes('extraction-kit')
      ? { ...write, value: write.value.replace('2028', '2031') }
      : write,
  );

describe('the replay of an honest ledger', () => {
  test('finds nothing and gives the same report each time', async () => {
    const report = await replayed(ledger.blocks);
    expect(report).toMatchObject({
      blocks: 3,
      transactions: 3,
      commands: 3,
      repeated: 0,
      refused: 0,
      invalid: 0,
      findings: [],
      endorsedOnly: [],
      uncheckedCodes: [],
    });
    expect(await replayed(ledger.blocks)).toEqual(report);
    expect(await replayed(ledger.blocks, { verifier: nobleVerifier })).toEqual(report);
  });

  test('agrees with the present state, and says where that was changed behind the blocks', async () => {
    const read = (key: string) => ledger.read(key);
    expect((await replayed(ledger.blocks, { state: read })).findings).toEqual([]);
    const forged = async (key: string) => (await read(key))?.replace('2028', '2031');
    const { findings } = await replayed(ledger.blocks, { state: forged });
    expect(findings).toMatchObject([
      {
        kind: 'state',
        block: 2,
        subject: `\u0000lot\u0000${LOT}\u0000lot\u0000`,
        expected: expect.stringContaining('2028-01-01') as unknown,
        found: expect.stringContaining('2031-01-01') as unknown,
      },
    ]);
  });

  test('counts a repeated command once, and a refused permission as a decision', async () => {
    const other = await HonestLedger.founded();
    const first = other.blocks[0]?.transactions[0];
    await other.commit('registry:Bootstrap', first?.args[0] ?? '', 'registrar');
    await other.submit(other.registrar, 'registrar', 'registry:Bootstrap', {
      root: other.root.network,
    });
    const report = await replayed(other.blocks, { root: other.root });
    expect(report).toMatchObject({ commands: 2, repeated: 1, refused: 1, findings: [] });
  });
});

describe('a signed command in a block', () => {
  test('that was altered is no command any more', async () => {
    const blocks = tampered(2, ({ args: [jws = ''] }) => ({
      args: [jws.replace(/"payload":"(.{40})(.)/, (_, head: string) => `"payload":"${head}_`)],
    }));
    const { findings } = await replayed(blocks);
    expect(findings).toMatchObject([{ kind: 'unacceptable-command', block: 2 }]);
  });

  test('that somebody else signed in the name of its actor does not verify', async () => {
    const stranger = await (await HonestLedger.founded()).enrol('lab.technician', 'lab');
    const mine = ledger.blocks[2]?.transactions[0]?.args[0] ?? '';
    const { payload } = JSON.parse(mine) as { payload: string };
    const text = Buffer.from(payload, 'base64url').toString();
    const forged = stranger.sign(text, 'vnd.veinledger.command+jws');
    const { findings } = await replayed(tampered(2, () => ({ args: [forged] })));
    expect(findings).toMatchObject([
      { kind: 'unacceptable-command', found: expect.stringMatching(/^UNKNOWN_KEY/) as unknown },
    ]);
  });

  test('that came through an identity without the role is turned away', async () => {
    const registrar = ledger.blocks[0]?.transactions[0]?.creator;
    if (!registrar) throw new Error('the ledger is empty');
    const { findings } = await replayed(tampered(2, () => ({ creator: registrar })));
    expect(findings).toMatchObject([
      { kind: 'unacceptable-command', found: expect.stringMatching(/^ROLE_MISSING/) as unknown },
    ]);
  });

  test('that was signed for another network is turned away', async () => {
    const root = { ...ledger.root, network: (await HonestLedger.founded()).root.network };
    const { findings } = await replayed(ledger.blocks, { root });
    expect(findings[0]).toMatchObject({
      kind: 'unacceptable-command',
      block: 0,
      found: expect.stringMatching(/^WRONG_NETWORK/) as unknown,
    });
  });
});

describe('a transaction', () => {
  test('whose receipt was tampered with is found, and so is its event', async () => {
    const blocks = tampered(2, ({ response }) => ({
      response: response.replace('"lateEntry":false', '"lateEntry":true'),
    }));
    expect(await kindsOf(blocks)).toEqual(['receipt']);
    expect(await kindsOf(tampered(2, () => ({ event: { name: 'command', payload: '' } })))).toEqual(
      ['event'],
    );
  });

  test('whose write was forged is found by its key', async () => {
    const { findings } = await replayed(tampered(2, (tx) => ({ writes: lotWrite(tx) })));
    expect(findings).toMatchObject([
      {
        kind: 'write',
        block: 2,
        subject: `\u0000lot\u0000${LOT}\u0000lot\u0000`,
        expected: expect.stringContaining('2028-01-01') as unknown,
        found: expect.stringContaining('2031-01-01') as unknown,
      },
    ]);
  });

  test('that leaves a write out, adds one or deletes a key is found', async () => {
    const extra = { key: '\u0000lot\u0000another\u0000lot\u0000', value: '{}' };
    const deleted = { key: extra.key, value: null };
    expect(await kindsOf(tampered(2, (tx) => ({ writes: tx.writes.slice(1) })))).toEqual(['write']);
    for (const write of [extra, deleted]) {
      const blocks = tampered(2, (tx) => ({ writes: [...tx.writes, write] }));
      expect(await kindsOf(blocks)).toEqual(['write']);
    }
  });

  test('that writes without a command is found, and one that only reads is not', async () => {
    const write = { key: '\u0000lot\u0000x\u0000lot\u0000', value: '{}' };
    const blocks = appended({ function: 'therapy:Read', writes: [write] });
    const { findings } = await replayed(blocks);
    expect(findings).toMatchObject([{ kind: 'raw-write', block: 3, subject: write.key }]);
    expect(await kindsOf(appended({ function: 'therapy:Read' }))).toEqual([]);
  });

  test('that hides what it read is found', async () => {
    const actor = '\u0000actor\u0000lab.technician\u0000';
    const blocks = tampered(2, ({ reads }) => ({
      reads: reads.filter(({ key }) => key !== actor),
    }));
    const { findings } = await replayed(blocks);
    expect(findings).toMatchObject([{ kind: 'hidden-read', block: 2, subject: actor }]);
  });

  test('that the ledger holds as valid although its reads had passed is found', async () => {
    const blocks = tampered(2, ({ reads }) => ({
      reads: reads.map((read) =>
        read.version === null ? read : { ...read, version: { block: 0, transaction: 0 } },
      ),
    }));
    const { findings } = await replayed(blocks);
    expect(findings).toMatchObject([
      { kind: 'validation-code', expected: 'MVCC_READ_CONFLICT', found: 'VALID' },
    ]);
  });

  test('that was suppressed as a conflict it never had is found', async () => {
    const blocks = tampered(2, () => ({ validationCode: VALIDATION.MVCC_READ_CONFLICT }));
    const report = await replayed(blocks);
    expect(report).toMatchObject({ invalid: 1, commands: 2 });
    expect(report.findings).toMatchObject([
      { kind: 'validation-code', expected: 'VALID', found: 'MVCC_READ_CONFLICT' },
    ]);
  });

  test('that failed an endorsement policy is taken on the peers’ word, and said so', async () => {
    const validationCode = VALIDATION.ENDORSEMENT_POLICY_FAILURE;
    const report = await replayed(tampered(2, () => ({ validationCode })));
    expect(report.findings).toEqual([]);
    expect(report.uncheckedCodes).toMatchObject([{ block: 2, validationCode }]);
  });

  test('whose range stands in the block as hashes only is taken on the peers’ word, and said so', async () => {
    const rangeReads = [{ startKey: '', endKey: '', results: [], hashed: true as const }];
    const report = await replayed(tampered(2, () => ({ rangeReads })));
    expect(report.findings).toEqual([]);
    expect(report.uncheckedCodes).toMatchObject([{ block: 2, validationCode: VALIDATION.VALID }]);
  });

  test('takes effect once', async () => {
    const first = ledger.blocks[2]?.transactions[0];
    const blocks = appended({ ...first, block: 3, reads: [] });
    expect(await kindsOf(blocks)).toContain('repeated-transaction');
  });
});

test('a missing block is found, and so is a transaction out of its place', async () => {
  const { findings } = await replayed(ledger.blocks.slice(1));
  expect(findings[0]).toMatchObject({ kind: 'order', block: 1, expected: '0', found: '1' });
  expect(await kindsOf(appended({ function: 'therapy:Read', block: 7 }))).toEqual(['order']);
});
