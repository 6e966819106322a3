import { createHash } from 'node:crypto';
import { Integer, OctetString, Sequence } from 'asn1js';
import type { RawBlock } from './parse/block.js';

type Header = Pick<RawBlock, 'number' | 'previousHash' | 'dataHash'>;

/** Fabric's hash of a header, hexadecimal: SHA-256 over {@link headerBytes}. */
export function hashHeader(block: Header): string {
  return createHash('sha256').update(headerBytes(block)).digest('hex');
}

/** A header as it is hashed and signed: the DER SEQUENCE of number, previous and data hash. */
export function headerBytes(block: Header): Uint8Array {
  const header = new Sequence({
    value: [
      Integer.fromBigInt(BigInt(block.number)),
      new OctetString({ valueHex: block.previousHash }),
      new OctetString({ valueHex: block.dataHash }),
    ],
  });
  return new Uint8Array(header.toBER());
}

/** Fabric's hash of a block's data, hexadecimal: SHA-256 over its envelopes, one after the other. */
export function hashData(block: Pick<RawBlock, 'envelopes'>): string {
  const hash = createHash('sha256');
  for (const envelope of block.envelopes) hash.update(envelope);
  return hash.digest('hex');
}
