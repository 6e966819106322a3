import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { type VerifiedToken, VerifiedTokens } from './verified-tokens.js';

const NOW = Date.parse('2026-11-22T13:07:00.000Z');
const verified: VerifiedToken = {
  algorithm: 'EdDSA',
  kid: 'k',
  subject: 'nurse-7',
  expiresAt: NOW / 1000 + 10,
};

beforeEach(() => void jest.useFakeTimers({ now: NOW }));
afterEach(() => void jest.useRealTimers());

test('a token that was verified is known until the second in which it expires', () => {
  const tokens = new VerifiedTokens();
  expect(tokens.find('token')).toBeUndefined();
  tokens.remember('token', verified);
  jest.setSystemTime(NOW + 9_999);
  expect(tokens.find('token')).toBe(verified);
  expect(tokens.find('another')).toBeUndefined();
  jest.setSystemTime(NOW + 10_000);
  expect(tokens.find('token')).toBeUndefined();
});

test('expired tokens make room, and none that is good makes way', () => {
  const tokens = new VerifiedTokens({ all: 2, each: 2 });
  tokens.remember('short', verified);
  tokens.remember('long', { ...verified, expiresAt: NOW / 1000 + 60 });
  tokens.remember('late', verified);
  expect(tokens.find('late')).toBeUndefined();
  jest.setSystemTime(NOW + 10_000);
  const other = { ...verified, expiresAt: NOW / 1000 + 60 };
  tokens.remember('next', other);
  expect(tokens.find('next')).toBe(other);
  expect(tokens.find('long')).toBeDefined();
});

test('one actor takes no more than its share, whatever it signs, and gets it back as its tokens expire', () => {
  const tokens = new VerifiedTokens({ all: 4, each: 2 });
  const other = { ...verified, subject: 'nurse-8' };
  for (const token of ['a', 'a', 'b', 'c']) tokens.remember(token, verified);
  tokens.remember('d', other);
  const known = () => ['a', 'b', 'c', 'd'].filter((token) => tokens.find(token) !== undefined);
  expect(known()).toEqual(['a', 'b', 'd']);
  jest.setSystemTime(NOW + 10_000);
  const later = { ...verified, expiresAt: NOW / 1000 + 60 };
  for (const token of ['a', 'b', 'c']) tokens.remember(token, later);
  expect(known()).toEqual(['a', 'b']);
});
