import { createHash } from 'node:crypto';
import { Integer, OctetString, Sequence } from 'asn1js';
import type { RawBlock } from './parse/block.js';

/** Fabric's hash of a header, hexadecimal: SHA-256 over the DER SEQUENCE of number, previous and data hash. */
export function hashHeader(block: RawBlock): string {
  const header = new Sequence({
    value: [
      Integer.fromBigInt(BigInt(block.number)),
      new OctetString({ valueHex: block.previousHash }),
      new OctetString({ valueHex: block.dataHash }),
    ],
  });
  return createHash('sha256').update(Buffer.from(header.toBER())).digest('hex');
}

/** Fabric's hash of a block's data, hexadecimal: SHA-256 over its envelopes, one after the other. */
export function hashData(block: RawBlock): string {
  const hash = createHash('sha256');
  for (const envelope of block.envelopes) hash.update(envelope);
  return hash.digest('hex');
}
