import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { hashData, hashHeader } from './block-hash.js';

const sha256 = (hexText: string) =>
  createHash('sha256').update(Buffer.from(hexText, 'hex')).digest('hex');
const raw = { envelopes: [], validationCodes: new Uint8Array(), metadata: [] };
const dataHash = Buffer.alloc(32, 0xbb);

describe('a block header’s hash', () => {
  test('covers number, previous hash and data hash as a DER sequence', () => {
    const header = { ...raw, number: 5, previousHash: Buffer.alloc(32, 0xaa), dataHash };
    const der = `30470201050420${'aa'.repeat(32)}0420${'bb'.repeat(32)}`;
    expect(hashHeader(header)).toBe(sha256(der));
  });

  test('covers an empty previous hash in block 0', () => {
    const header = { ...raw, number: 0, previousHash: new Uint8Array(), dataHash };
    expect(hashHeader(header)).toBe(sha256(`302702010004000420${'bb'.repeat(32)}`));
  });

  test.each([
    [128, '02020080'],
    [65_535, '020300ffff'],
    [4_294_967_296, '02050100000000'],
  ])('writes number %i as a positive integer', (number, integer) => {
    const header = { ...raw, number, previousHash: new Uint8Array(), dataHash };
    const body = `${integer}04000420${'bb'.repeat(32)}`;
    const length = (body.length / 2).toString(16).padStart(2, '0');
    expect(hashHeader(header)).toBe(sha256(`30${length}${body}`));
  });
});

describe('a block’s data hash', () => {
  test('covers its envelopes one after the other', () => {
    const envelopes = [Buffer.from('one'), Buffer.from('two')];
    const block = { ...raw, number: 1, previousHash: new Uint8Array(), dataHash, envelopes };
    expect(hashData(block)).toBe(createHash('sha256').update('onetwo').digest('hex'));
  });
});
