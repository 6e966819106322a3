import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { KeyCache } from './key-cache.js';

function countingCache(capacity: number) {
  const imported: string[] = [];
  const { publicKey } = generateKeyPairSync('ed25519');
  const cache = new KeyCache(capacity, (text) => {
    imported.push(Buffer.from(text, 'base64url').toString('utf8'));
    return text === Buffer.from('bad').toString('base64url') ? undefined : publicKey;
  });
  return { imported, get: (name: string) => cache.get(Buffer.from(name)), cache };
}

test('a key is imported once while it is in use', () => {
  const { imported, get } = countingCache(2);
  for (const name of ['a', 'b', 'a', 'b', 'a']) get(name);
  expect(imported).toEqual(['a', 'b']);
});

test('the least recently used key leaves, so that the cache stays bounded', () => {
  const { imported, get, cache } = countingCache(2);
  for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) get(name);
  expect(imported).toEqual(['a', 'b', 'c', 'b']);
  expect(cache.size).toBe(2);
});

test('a key that nothing verifies under is remembered as such', () => {
  const { imported, get } = countingCache(2);
  expect(get('bad')).toBeUndefined();
  expect(get('bad')).toBeUndefined();
  expect(imported).toEqual(['bad']);
});
