import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { officialVector } from '#domain/official-vectors.fixture';
import { inThreadVerifier, nativeVerifier } from './native.js';
import { nobleVerifier } from './noble.js';

const caseSchema = z.object({
  tcId: z.number(),
  msg: z.string(),
  sig: z.string(),
  ctx: z.string().optional(),
  result: z.enum(['valid', 'invalid']),
});

const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));

const verifiers = [
  ['natively', nativeVerifier],
  ['natively in the thread', inThreadVerifier],
  ['by noble', nobleVerifier],
] as const;

describe('Wycheproof ML-DSA-65', () => {
  const { testGroups } = z
    .object({
      testGroups: z.array(z.object({ publicKey: z.string(), tests: z.array(caseSchema) })),
    })
    .parse(
      JSON.parse(
        gunzipSync(officialVector('wycheproof/mldsa_65_verify_test.json.gz')).toString('utf8'),
      ),
    );

  test.each(verifiers)('all 210 cases get their verdict %s', async (_, verifier) => {
    const judged = testGroups.flatMap(({ publicKey, tests }) =>
      tests.map(async ({ tcId, msg, sig, ctx = '', result }) => ({
        tcId,
        verdict: await verifier.mlDsa65(hex(publicKey), hex(msg), hex(sig)),
        // a signature made in another context is none in the empty one, which is the only one here
        expected: result === 'valid' && ctx === '',
      })),
    );
    const verdicts = await Promise.all(judged);
    expect(verdicts).toHaveLength(210);
    expect(verdicts.filter(({ verdict }) => verdict).length).toBeGreaterThan(20);
    expect(verdicts.filter(({ verdict, expected }) => verdict !== expected)).toEqual([]);
  });
});

describe('Wycheproof Ed25519', () => {
  const { testGroups } = z
    .object({
      testGroups: z.array(
        z.object({ publicKey: z.object({ pk: z.string() }), tests: z.array(caseSchema) }),
      ),
    })
    .parse(JSON.parse(officialVector('wycheproof/ed25519_test.json').toString('utf8')));

  test.each(verifiers)('all 151 cases get their verdict %s', async (_, verifier) => {
    const judged = testGroups.flatMap(({ publicKey, tests }) =>
      tests.map(async ({ tcId, msg, sig, result }) => ({
        tcId,
        verdict: await verifier.ed25519(hex(publicKey.pk), hex(msg), hex(sig)),
        expected: result === 'valid',
      })),
    );
    const verdicts = await Promise.all(judged);
    expect(verdicts).toHaveLength(151);
    expect(verdicts.filter(({ verdict }) => verdict).length).toBeGreaterThan(20);
    expect(verdicts.filter(({ verdict, expected }) => verdict !== expected)).toEqual([]);
  });

  test.each(verifiers)('every key of the cases is sound %s', (_, verifier) => {
    const sound = testGroups.map(({ publicKey }) => verifier.ed25519KeyIsSound(hex(publicKey.pk)));
    expect(sound).not.toContain(false);
  });
});
