import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { personDigest } from './person.js';

const key = new Uint8Array(32).fill(7);
const ada = { name: 'Ada Lovelace', birthDate: '1815-12-10' };

describe('a natural person', () => {
  test('is one digest, however the name is written', () => {
    for (const name of ['ADA LOVELACE', ' Ada  Lovelace ', 'Ada\u00a0Lovelace'])
      expect(personDigest(key, { ...ada, name })).toBe(personDigest(key, ada));
  });

  test('is another one by another birth date, licence or key', () => {
    const digests = [
      personDigest(key, ada),
      personDigest(key, { ...ada, birthDate: '1815-12-11' }),
      personDigest(key, { authority: 'Ada Lovelace', licence: '1815-12-10' }),
      personDigest(new Uint8Array(32).fill(8), ada),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });

  test('is the HMAC that node:crypto makes of the same text', () => {
    const text = '{"birthDate":"1815-12-10","name":"ADA LOVELACE"}';
    const expected = createHmac('sha256', key).update(text).digest('base64url');
    expect(personDigest(key, ada)).toBe(expected);
  });
});
