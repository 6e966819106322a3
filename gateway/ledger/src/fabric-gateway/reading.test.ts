import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { common } from '@hyperledger/fabric-protos';
import type { LedgerBlock } from '@veinledger/chaincode/replay';
import type { Ledger } from '../port.js';
import { FakeNetwork, handOff } from './fake-network.fixture.js';

let network: FakeNetwork;
let ledger: Ledger;

beforeEach(async () => {
  network = await FakeNetwork.start('HospitalMSP');
  ledger = network.open({ name: 'fabric 3.0.0' });
});
afterEach(async () => {
  await ledger.close();
  network.stop();
});

const submitSome = async (count: number) => {
  for (let at = 0; at < count; at += 1) await ledger.submit(handOff('HospitalMSP', `${at}`));
};
const allBlocks = async (first?: number) => {
  const blocks: LedgerBlock[] = [];
  for await (const block of ledger.blocks(first)) blocks.push(block);
  return blocks;
};
/** Changes a block of the peer behind its back. */
const tamper = (number: number, change: (block: common.Block) => void) => {
  const block = common.Block.deserializeBinary(network.blocks[number] ?? new Uint8Array());
  change(block);
  network.blocks[number] = block.serializeBinary();
};

describe('a Fabric ledger', () => {
  test('has the name that it was opened with', () => {
    expect(ledger.name).toBe('fabric 3.0.0');
  });

  test('reads every block in order, more of them than are fetched ahead', async () => {
    await submitSome(12);
    expect(await ledger.height()).toBe(13);
    const blocks = await allBlocks();
    expect(blocks.map(({ number }) => number)).toEqual(Array.from({ length: 13 }, (_, at) => at));
    expect(blocks.flatMap(({ transactions }) => transactions.map(({ args }) => args[0]))).toEqual(
      Array.from({ length: 12 }, (_, at) => `${at}`),
    );
    expect((await allBlocks(11)).map(({ number }) => number)).toEqual([11, 12]);
  });

  test('reads blocks up to the height at the time of the call', async () => {
    await submitSome(1);
    const blocks = ledger.blocks();
    await ledger.height();
    await submitSome(1);
    const numbers: number[] = [];
    for await (const { number } of blocks) numbers.push(number);
    expect(numbers).toEqual([0, 1]);
  });

  test('finds a transaction and its status by id, valid or not', async () => {
    network.validationCodes.push(11);
    const { transactionId } = await ledger.submit(handOff('HospitalMSP', 'vial'));
    const [invalid = ''] = network.submitted;
    expect(await ledger.status(transactionId)).toEqual({ state: 'valid', block: 2 });
    expect(await ledger.status(invalid)).toEqual({
      state: 'invalid',
      block: 1,
      validationCode: 11,
    });
    expect(await ledger.transaction(transactionId)).toMatchObject({ block: 2, args: ['vial'] });
  });

  test('says of an id that no block holds that it is unknown', async () => {
    expect(await ledger.status('none')).toEqual({ state: 'unknown' });
    expect(await ledger.transaction('none')).toBeUndefined();
  });

  test('that is closed answers nobody', async () => {
    await ledger.close();
    await expect(ledger.height()).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe('verifying a Fabric ledger', () => {
  beforeEach(() => submitSome(4));

  test('tells after each block how far it has come, and stops when it is told to', async () => {
    const walked: number[] = [];
    const stop = new AbortController();
    const onProgress = ({ done, total }: { done: number; total: number }) => {
      expect(total).toBe(5);
      walked.push(done);
      if (walked.length === 7) stop.abort();
    };
    await ledger.verify({ onProgress });
    expect(walked).toEqual([1, 2, 3, 4, 5]);
    const stopping = ledger.verify({ signal: stop.signal, onProgress });
    await expect(stopping).rejects.toMatchObject({ kind: 'unavailable' });
    expect(walked.slice(5)).toEqual([1, 2]);
  });

  test('finds an untouched chain intact', async () => {
    expect(await ledger.verify()).toEqual({ intact: true, height: 5 });
  });

  test('names the block whose transactions were changed', async () => {
    tamper(2, (block) => block.getData()?.setDataList([Buffer.from('other')]));
    expect(await ledger.verify()).toMatchObject({
      intact: false,
      brokenBlock: 2,
      reason: expect.stringMatching(
        /^data hash: expected [0-9a-f]{64}, found [0-9a-f]{64}$/,
      ) as unknown,
    });
  });

  test('names the block that does not follow from a changed one', async () => {
    tamper(2, (block) => block.getHeader()?.setNumber(7));
    expect(await ledger.verify()).toMatchObject({
      brokenBlock: 2,
      reason: 'number: expected 2, found 7',
    });
  });

  test('names the block after a header that was replaced with its data', async () => {
    tamper(2, (block) => {
      block.getData()?.setDataList([]);
      block
        .getHeader()
        ?.setDataHash(
          Buffer.from('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'hex'),
        );
    });
    expect(await ledger.verify()).toMatchObject({
      brokenBlock: 3,
      reason: expect.stringMatching(/^previous hash: /) as unknown,
    });
  });

  test('names a block that the peer cannot read', async () => {
    network.blocks[3] = undefined as unknown as Uint8Array;
    expect(await ledger.verify()).toMatchObject({ intact: false, brokenBlock: 3 });
  });
});
