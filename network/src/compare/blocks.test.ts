import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { common } from '@hyperledger/fabric-protos';
import { compareBlocks, type BlockStream } from './index.js';

const VALID = 0;
const MVCC_READ_CONFLICT = 11;

interface Content {
  readonly transactions: readonly string[];
  readonly flags?: readonly number[];
  readonly commitHash?: string;
}

function blockOf(number: number, content: Content): common.Block {
  const { transactions, commitHash = 'c' } = content;
  const flags = content.flags ?? transactions.map(() => VALID);
  const data = new common.BlockData();
  data.setDataList(transactions.map(envelopeOf));
  const hash = createHash('sha256');
  for (const envelope of data.getDataList_asU8()) hash.update(envelope);
  const header = new common.BlockHeader();
  header.setNumber(number);
  header.setDataHash(hash.digest());
  const metadata = new common.BlockMetadata();
  const parts = ['', '', Buffer.from(flags), '', Buffer.from(commitHash)];
  metadata.setMetadataList(parts.map((part) => Buffer.from(part)));
  const block = new common.Block();
  block.setHeader(header);
  block.setData(data);
  block.setMetadata(metadata);
  return block;
}

function envelopeOf(id: string): Uint8Array {
  const channelHeader = new common.ChannelHeader();
  channelHeader.setTxId(id);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  const payload = new common.Payload();
  payload.setHeader(header);
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  return envelope.serializeBinary();
}

function streamOf(name: string, blocks: readonly common.Block[]): BlockStream {
  const left = [...blocks];
  return {
    peer: { name, endpoint: '127.0.0.1:7051' },
    height: () => Promise.resolve(blocks.length),
    next() {
      const block = left.shift();
      return block ? Promise.resolve(block) : Promise.reject(new Error('no more blocks'));
    },
  };
}

const honest = [
  blockOf(0, { transactions: ['config'] }),
  blockOf(1, { transactions: ['a', 'b'] }),
  blockOf(2, { transactions: ['c'] }),
];

/** The honest chain with block 1 replaced. */
function withSecond(content: Content): common.Block[] {
  return honest.map((block, number) => (number === 1 ? blockOf(1, content) : block));
}

describe("members' blocks", () => {
  test('that are the same say so, up to the lowest height', async () => {
    const found = await compareBlocks([
      streamOf('peer.hospital', honest),
      streamOf('peer.lab', honest.slice(0, 2)),
    ]);
    expect(found).toEqual({
      height: 2,
      heights: { 'peer.hospital': 3, 'peer.lab': 2 },
      ...{ failures: {}, differing: 0, damaged: [] },
    });
  });

  test('name block, transaction and member when one holds another transaction', async () => {
    const found = await compareBlocks([
      streamOf('peer.hospital', honest),
      streamOf('peer.lab', withSecond({ transactions: ['a', 'x'] })),
      streamOf('peer.manufacturer', honest),
    ]);
    expect(found).toMatchObject({
      differing: 1,
      first: { block: 1, odd: ['peer.lab'], transaction: { index: 1, id: 'b' } },
    });
    expect(found.first?.facts.map(({ fact }) => fact)).toEqual(['data hash', 'data']);
  });

  test('name the transaction that one member takes for invalid', async () => {
    const flags = [VALID, MVCC_READ_CONFLICT];
    const found = await compareBlocks([
      streamOf('peer.hospital', honest),
      streamOf('peer.lab', honest),
      streamOf('peer.manufacturer', withSecond({ transactions: ['a', 'b'], flags })),
    ]);
    expect(found.first).toMatchObject({
      odd: ['peer.manufacturer'],
      transaction: { index: 1, id: 'b' },
      facts: [
        { fact: 'validation flags', peers: { 'peer.lab': '0000', 'peer.manufacturer': '000b' } },
      ],
    });
  });

  test('of two members that differ blame neither', async () => {
    const other = withSecond({ transactions: ['a', 'b'], commitHash: 'd' });
    const found = await compareBlocks([
      streamOf('peer.hospital', honest),
      streamOf('peer.lab', other),
    ]);
    expect(found.first?.block).toBe(1);
    expect(found.first?.odd).toBeUndefined();
  });

  test('name the block whose transactions are not those of its own header', async () => {
    const [, second] = withSecond({ transactions: ['a', 'x'] });
    second?.setHeader(honest[1]?.getHeader());
    const blocks = honest.map((block, number) => (number === 1 && second ? second : block));
    const found = await compareBlocks([
      streamOf('peer.hospital', honest),
      streamOf('peer.lab', blocks),
    ]);
    expect(found.damaged).toEqual([{ peer: 'peer.lab', block: 1 }]);
  });

  test('are compared without a member that does not answer, which is told', async () => {
    const silent = { ...streamOf('peer.lab', []), height: () => Promise.reject(new Error('down')) };
    const found = await compareBlocks([streamOf('peer.hospital', honest), silent]);
    expect(found).toMatchObject({ height: 3, failures: { 'peer.lab': 'Error: down' } });
  });
});
