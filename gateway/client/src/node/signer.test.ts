import { nativeVerifier, nobleVerifier } from '@veinledger/chaincode/crypto';
import { canonicalise, parseJws, toJwks, verifyJws } from '@veinledger/domain';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type GeneralJWS, generalVerify, importJWK } from 'jose';
import { generateActorKeys } from './generate.js';
import { nativeSigner } from './native-signer.js';
import { nobleSigner } from '../signing/noble-signer.js';

const COMMAND = 'vnd.veinledger.command+jws';
const keys = generateActorKeys();
const payloadText = canonicalise({ v: 1, body: { reason: 'OVERDUE', site: 'Zürich' } });

describe.each([
  ['native', nativeSigner(keys)],
  ['noble', nobleSigner(keys)],
])('the %s signer', (_, signer) => {
  test('signs what both verifiers accept, any payload', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.json({ stringUnit: 'grapheme' }).filter((text) => !text.includes('__proto__')),
        async (json) => {
          const text = canonicalise({ value: JSON.parse(json) as unknown });
          const parsed = parseJws(await signer.sign(text, COMMAND), COMMAND);
          expect(parsed.payloadText).toBe(text);
          await verifyJws(parsed, signer.publicKeys, nativeVerifier);
          await verifyJws(parsed, signer.publicKeys, nobleVerifier);
        },
      ),
      { numRuns: 15 },
    );
  });

  test.each(['EdDSA', 'ML-DSA-65'])('signs what jose verifies by %s', async (algorithm) => {
    const jws = JSON.parse(await signer.sign(payloadText, COMMAND)) as GeneralJWS;
    const jwks = toJwks(keys.public);
    const jwk = algorithm === 'EdDSA' ? jwks.ed25519 : jwks.mlDsa65;
    const { payload, protectedHeader } = await generalVerify(
      jws,
      await importJWK({ ...jwk }, algorithm),
      { algorithms: [algorithm] },
    );
    expect(new TextDecoder().decode(payload)).toBe(payloadText);
    expect(protectedHeader).toMatchObject({ alg: algorithm, typ: COMMAND });
  });

  test('signs a proof of possession as one, which is no command', async () => {
    const jws = await signer.sign(payloadText, 'vnd.veinledger.possession+jws');
    expect(() => parseJws(jws, COMMAND)).toThrow(/^WRONG_TYPE/u);
    const parsed = parseJws(jws, 'vnd.veinledger.possession+jws');
    await expect(verifyJws(parsed, keys.public, nativeVerifier)).resolves.toBeUndefined();
  });
});

test('both signers give the same Ed25519 signature, which is deterministic (RFC 8032)', async () => {
  const [one, other] = await Promise.all(
    [nativeSigner(keys), nobleSigner(keys)].map((signer) => signer.sign(payloadText, COMMAND)),
  );
  expect(parseJws(one ?? '', COMMAND).parts[0]?.signature).toEqual(
    parseJws(other ?? '', COMMAND).parts[0]?.signature,
  );
});
