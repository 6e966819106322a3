import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  base64urlToBytes,
  bytesToBase64url,
  sha256Base64url,
  sha256Hex,
  utf8,
  utf8ToText,
} from './bytes.js';

describe('base64url', () => {
  test('spells any bytes as Node does, and reads them back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = bytesToBase64url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect(base64urlToBytes(text, 'field')).toEqual(bytes);
      }),
    );
  });

  test.each([
    ['padding', 'Zg=='],
    ['the other alphabet', '+/+/'],
    ['white space', 'Zm9v Zm9v'],
    ['a line break', 'Zm9v\n'],
    ['a length that no bytes encode to', 'Zm9vZ'],
    ['trailing bits in one byte', 'Zh'],
    ['trailing bits in two bytes', 'Zm9'],
  ])('with %s is refused', (_, text) => {
    expect(() => base64urlToBytes(text, 'jws.payload')).toThrow(
      /^MALFORMED_JWS: .*"jws\.payload"/u,
    );
  });

  test('has one spelling: whatever is accepted encodes to the same text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{0,9}$/u), (text) => {
        const accepted = accepts(text);
        expect(accepted).toBe(Buffer.from(text, 'base64url').toString('base64url') === text);
      }),
      { numRuns: 500 },
    );
  });
});

describe('UTF-8', () => {
  test('keeps a byte order mark, so that a text has one byte form', () => {
    expect(utf8ToText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41), 'field')).toBe('\uFEFFA');
  });

  test('that is broken is refused, not repaired', () => {
    expect(() => utf8ToText(Uint8Array.of(0x22, 0xff, 0x22), 'jws.payload')).toThrow(
      /^MALFORMED_JWS: the bytes are not UTF-8/u,
    );
  });
});

test('SHA-256 of a text is that of its UTF-8 bytes, as node:crypto computes it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const hash = createHash('sha256').update(text, 'utf8').digest();
      expect(sha256Hex(text)).toBe(hash.toString('hex'));
      expect(sha256Base64url(utf8(text))).toBe(hash.toString('base64url'));
    }),
  );
});

function accepts(text: string): boolean {
  try {
    base64urlToBytes(text, 'field');
    return true;
  } catch {
    return false;
  }
}
