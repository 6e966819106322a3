import {
  base64urlToBytes,
  parseCanonical,
  sha256Base64url,
  sha256Hex,
  utf8,
} from '@veinledger/domain';
import { describe, expect, test } from '@jest/globals';
import { sealAnnex } from './annex.js';
import { buildCommand } from './command.js';
import { sealRendering } from './rendering.js';

const draft = {
  network: 'n',
  type: 'custody:ReleaseItem',
  actor: 'courier-1',
  body: { item: 'i' },
};
const read = (text: string) => parseCanonical(text, 'payload') as Record<string, unknown>;

describe('a command', () => {
  test('is canonical JSON of its version, network, type, actor, time, nonce and body only', () => {
    const at = '2026-11-22T13:07:00.000Z';
    const { nonce, ...rest } = read(buildCommand({ ...draft, at }));
    expect(rest).toEqual({ ...draft, v: 1, at });
    expect(base64urlToBytes(String(nonce), 'nonce')).toHaveLength(16);
  });

  test('happened now when nothing else is said', () => {
    const before = Date.now();
    const at = Date.parse(String(read(buildCommand(draft))['at']));
    expect(at).toBeGreaterThanOrEqual(before);
    expect(at).toBeLessThanOrEqual(Date.now());
  });

  test('carries the digests of its annexes and the reason of its lateness', () => {
    const annex = { results: sealAnnex({}).digest };
    const late = buildCommand({ ...draft, annex, at: new Date(0), lateReason: 'NETWORK_DOWN' });
    expect(read(late)).toMatchObject({
      annex,
      at: '1970-01-01T00:00:00.000Z',
      lateReason: 'NETWORK_DOWN',
    });
  });

  test('said twice is two commands', () => {
    expect(buildCommand(draft)).not.toBe(buildCommand(draft));
  });
});

describe('a sealed annex', () => {
  test('is canonical JSON of version, salt and content, and the digest is of that text', () => {
    const { text, digest } = sealAnnex({ rin: 8.2 });
    const { salt, ...rest } = read(text);
    expect(rest).toEqual({ v: 1, content: { rin: 8.2 } });
    expect(base64urlToBytes(String(salt), 'salt')).toHaveLength(32);
    expect(digest).toBe(sha256Base64url(text));
  });

  test('of the same content has another digest, so that the content cannot be guessed from it', () => {
    expect(sealAnnex({ rin: 8.2 }).digest).not.toBe(sealAnnex({ rin: 8.2 }).digest);
  });
});

describe('what a patient was shown', () => {
  const shown = utf8('Clause purpose: Jane Doe agrees.');

  test('is committed to as an annex is, and whoever keeps the text can prove it', () => {
    const { text, digest } = sealRendering(shown);
    const { salt, content } = read(text);
    expect(content).toEqual({ sha256: sha256Hex(shown), bytes: shown.length });
    expect(base64urlToBytes(String(salt), 'salt')).toHaveLength(32);
    expect(digest).toBe(sha256Base64url(text));
  });

  test('cannot be guessed from its commitment, and no two consents on one text look alike', () => {
    const { digest } = sealRendering(shown);
    expect(digest).not.toBe(sha256Base64url(shown));
    expect(digest).not.toBe(sealRendering(shown).digest);
  });
});
