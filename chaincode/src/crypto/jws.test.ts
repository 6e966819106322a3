import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { GeneralSign } from 'jose';
import { nativeVerifier } from './native.js';
import { nobleVerifier } from './noble.js';
import {
  assembleJws,
  bytesToBase64url,
  canonicalise,
  JWS_ALGORITHMS,
  type JwsSignature,
  keyIds,
  MAX_COMMAND_BYTES,
  parseJws,
  protectedHeader,
  publicKeysSchema,
  sha256Base64url,
  signingInput,
  utf8,
  VeinledgerError,
  verifyJws,
} from '@veinledger/domain';

const COMMAND = 'vnd.veinledger.command+jws';
const ed25519 = generateKeyPairSync('ed25519');
const mlDsa65 = generateKeyPairSync('ml-dsa-65');

const keysOf = (ed: typeof ed25519, ml: typeof mlDsa65) => {
  const pub: Record<string, unknown> = { ...ml.publicKey.export({ format: 'jwk' }) };
  const x = ed.publicKey.export({ format: 'jwk' }).x;
  return publicKeysSchema.parse({ ed25519: x, mlDsa65: pub['pub'] });
};
const keys = keysOf(ed25519, mlDsa65);
const kids = keyIds(keys);

const payloadText = canonicalise({ v: 1, type: 'custody:ReleaseItem', body: { item: 'ü' } });

const encoded = (text: string) => bytesToBase64url(utf8(text));
/** Without the members that are undefined. */
const encodedJson = (value: object) =>
  encoded(
    canonicalise(
      Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)),
    ),
  );

/** Signs whatever header it is given, right or wrong. */
function part(
  algorithm: 'EdDSA' | 'ML-DSA-65',
  header: string,
  payload = encoded(payloadText),
): JwsSignature {
  const { privateKey } = algorithm === 'EdDSA' ? ed25519 : mlDsa65;
  const signature = sign(null, signingInput(header, payload), privateKey);
  return { protected: header, signature: signature.toString('base64url') };
}

const headerWith = (alg: string, kid: string, changes: object = {}) =>
  encodedJson({ alg, algs: ['EdDSA', 'ML-DSA-65'], kid, typ: COMMAND, ...changes });

const byEdDsa = part('EdDSA', protectedHeader('EdDSA', kids.ed25519, COMMAND));
const byMlDsa = part('ML-DSA-65', protectedHeader('ML-DSA-65', kids.mlDsa65, COMMAND));
const jws = assembleJws(payloadText, [byEdDsa, byMlDsa]);

const envelope = (signatures: readonly unknown[], payload = encoded(payloadText)) =>
  canonicalise({ payload, signatures });

describe('a JWS by the algorithms that members require', () => {
  const alone = ['ML-DSA-65'] as const;
  const header = protectedHeader('ML-DSA-65', kids.mlDsa65, COMMAND, alone);
  const single = assembleJws(payloadText, [part('ML-DSA-65', header)]);

  test('is signed by each of them, and by no other', async () => {
    const parsed = parseJws(single, COMMAND, alone);
    expect(parsed.parts).toMatchObject([{ algorithm: 'ML-DSA-65', kid: kids.mlDsa65 }]);
    await expect(verifyJws(parsed, keys, nativeVerifier)).resolves.toBeUndefined();
    expect(() => parseJws(jws, COMMAND, alone)).toThrow(/^ALGORITHM_REFUSED: /u);
    expect(() => parseJws(single, COMMAND, ['EdDSA'])).toThrow(/^ALGORITHM_REFUSED: /u);
    expect(() => parseJws(single, COMMAND)).toThrow(/^SIGNATURE_MISSING: /u);
  });

  test('has no signature taken away unseen, also where it is read as it names itself', () => {
    expect(parseJws(single, COMMAND, 'as-named').parts).toHaveLength(1);
    expect(parseJws(jws, COMMAND, 'as-named').parts).toHaveLength(2);
    const stripped = assembleJws(payloadText, [byMlDsa]);
    for (const algorithms of ['as-named', JWS_ALGORITHMS] as const) {
      expect(() => parseJws(stripped, COMMAND, algorithms)).toThrow(/^SIGNATURE_MISSING: /u);
    }
    expect(() => parseJws(stripped, COMMAND, alone)).toThrow(/^ALGORITHM_REFUSED: /u);
  });
});

describe('a JWS signed with both keys', () => {
  test('is read as what was signed, and verifies natively and by noble', async () => {
    const parsed = parseJws(jws, COMMAND);
    expect(parsed.payloadText).toBe(payloadText);
    expect(parsed.payload).toEqual(JSON.parse(payloadText));
    expect(parsed.payloadDigest).toBe(sha256Base64url(payloadText));
    expect(parsed.parts.map(({ algorithm, kid }) => [algorithm, kid])).toEqual([
      ['EdDSA', kids.ed25519],
      ['ML-DSA-65', kids.mlDsa65],
    ]);
    await expect(verifyJws(parsed, keys, nativeVerifier)).resolves.toBeUndefined();
    await expect(verifyJws(parsed, keys, nobleVerifier)).resolves.toBeUndefined();
  });

  test('and framed by jose instead of us verifies too, once it is in canonical form', async () => {
    const header = (alg: string, kid: string) => ({
      alg,
      algs: ['EdDSA', 'ML-DSA-65'],
      kid,
      typ: COMMAND,
    });
    const framed = await new GeneralSign(utf8(payloadText))
      .addSignature(ed25519.privateKey)
      .setProtectedHeader(header('EdDSA', kids.ed25519))
      .addSignature(mlDsa65.privateKey)
      .setProtectedHeader(header('ML-DSA-65', kids.mlDsa65))
      .sign();
    const parsed = parseJws(canonicalise(framed), COMMAND);
    await expect(verifyJws(parsed, keys, nativeVerifier)).resolves.toBeUndefined();
    expect(parsed.payloadText).toBe(payloadText);
  });

  test('is refused under the keys of somebody else', async () => {
    const parsed = parseJws(jws, COMMAND);
    const otherEd = { ...keys, ed25519: keysOf(generateKeyPairSync('ed25519'), mlDsa65).ed25519 };
    const otherMl = { ...keys, mlDsa65: keysOf(ed25519, generateKeyPairSync('ml-dsa-65')).mlDsa65 };
    await expect(verifyJws(parsed, otherEd, nativeVerifier)).rejects.toThrow(
      /^UNKNOWN_KEY: the EdDSA/u,
    );
    await expect(verifyJws(parsed, otherMl, nativeVerifier)).rejects.toThrow(
      /^UNKNOWN_KEY: the ML-DSA-65/u,
    );
  });

  test('is refused when any single character changes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: jws.length - 1 }),
        fc.constantFrom(
          'A',
          'B',
          'a',
          '0',
          '-',
          '_',
          '"',
          '{',
          ']',
          ',',
          '=',
          ' ',
          '\\',
          '\n',
          '\u00e9',
          '\ud800',
        ),
        async (position, character) => {
          fc.pre(jws[position] !== character);
          const changed = jws.slice(0, position) + character + jws.slice(position + 1);
          await expect(readAndVerify(changed)).rejects.toThrow(VeinledgerError);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('is refused when it is cut short anywhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: jws.length - 1 }), (length) => {
        expect(() => parseJws(jws.slice(0, length), COMMAND)).toThrow(/^MALFORMED_JWS/u);
      }),
    );
  });
});

describe('a JWS with signatures stripped, replaced or moved', () => {
  const others = { alg: ['ES256', 'none', 'EdDSA ', 'ML-DSA-44', 'HS256', 'Ed25519'] };

  test.each([
    ['neither signature', [], 'EdDSA and ML-DSA-65'],
    ['only EdDSA', [byEdDsa], 'ML-DSA-65'],
    ['only ML-DSA-65', [byMlDsa], 'EdDSA'],
  ])('has %s and is told what is missing', (_, signatures, absent) => {
    expect(() => parseJws(envelope(signatures), COMMAND)).toThrow(
      `SIGNATURE_MISSING: no signature by ${absent} `,
    );
  });

  test.each(others.alg)('has %s in place of ML-DSA-65 and is refused', (alg) => {
    const replaced = part('EdDSA', headerWith(alg, kids.ed25519));
    expect(() => parseJws(envelope([byEdDsa, replaced]), COMMAND)).toThrow(/^ALGORITHM_REFUSED/u);
    expect(() => parseJws(envelope([replaced]), COMMAND)).toThrow(/^ALGORITHM_REFUSED/u);
  });

  test('has a bare none header and is refused for its algorithm', () => {
    const none = { protected: encoded('{"alg":"none"}'), signature: '' };
    expect(() => parseJws(envelope([none]), COMMAND)).toThrow(/^ALGORITHM_REFUSED/u);
  });

  test.each([
    ['EdDSA twice', [byEdDsa, byEdDsa]],
    ['ML-DSA-65 twice', [byMlDsa, byMlDsa]],
    ['a third signature', [byEdDsa, byMlDsa, byEdDsa]],
  ])('has %s and is refused', (_, signatures) => {
    expect(() => parseJws(envelope(signatures), COMMAND)).toThrow(/^ALGORITHM_REFUSED/u);
  });

  test.each([
    ['without ML-DSA-65', ['EdDSA']],
    ['in another order', ['ML-DSA-65', 'EdDSA']],
    ['with a third one', ['EdDSA', 'ML-DSA-65', 'ES256']],
  ])('has a header that lists the algorithms %s and is refused', (_, algs) => {
    const other = part('ML-DSA-65', headerWith('ML-DSA-65', kids.mlDsa65, { algs }));
    expect(() => parseJws(envelope([byEdDsa, other]), COMMAND)).toThrow(
      /^ALGORITHM_REFUSED.*algs/u,
    );
  });

  test('has them in the other order and is refused', () => {
    expect(() => parseJws(envelope([byMlDsa, byEdDsa]), COMMAND)).toThrow(/^MALFORMED_JWS/u);
  });

  test('has the signatures swapped below their headers and does not verify', async () => {
    const swapped = [
      { ...byEdDsa, signature: byMlDsa.signature },
      { ...byMlDsa, signature: byEdDsa.signature },
    ];
    const parsed = parseJws(envelope(swapped), COMMAND);
    await expect(verifyJws(parsed, keys, nativeVerifier)).rejects.toThrow(
      /^SIGNATURE_INVALID: the EdDSA signature/u,
    );
  });

  test.each([
    ['EdDSA', 0],
    ['ML-DSA-65', 1],
  ] as const)(
    'has the %s signature of another payload and is told so',
    async (algorithm, index) => {
      const other = encoded(canonicalise({ v: 1, type: 'care:AuthoriseDose' }));
      const signatures = [byEdDsa, byMlDsa];
      signatures[index] = part(algorithm, [byEdDsa, byMlDsa][index]?.protected ?? '', other);
      const parsed = parseJws(envelope(signatures), COMMAND);
      for (const verifier of [nativeVerifier, nobleVerifier]) {
        await expect(verifyJws(parsed, keys, verifier)).rejects.toThrow(
          `SIGNATURE_INVALID: the ${algorithm} signature does not verify`,
        );
      }
    },
  );

  test('has an empty signature and does not verify', async () => {
    const parsed = parseJws(envelope([byEdDsa, { ...byMlDsa, signature: '' }]), COMMAND);
    await expect(verifyJws(parsed, keys, nativeVerifier)).rejects.toThrow(
      /^SIGNATURE_INVALID: the ML-DSA/u,
    );
  });
});

describe('a JWS whose headers were read before', () => {
  const junk = (part: JwsSignature) => ({ ...part, signature: 'AAAA' });
  const warm = () => parseJws(envelope([junk(byEdDsa), junk(byMlDsa)]), COMMAND);

  test.each([' ', ',', '.', '\0', '\n', '","'])(
    'has one entry with both of them, joined by %j, and is refused',
    (separator) => {
      const header = byEdDsa.protected + separator + byMlDsa.protected;
      const merged = envelope([part('EdDSA', header)]);
      expect(() => parseJws(merged, COMMAND)).toThrow(/^MALFORMED_JWS/u);
      warm();
      expect(() => parseJws(merged, COMMAND)).toThrow(/^MALFORMED_JWS/u);
      expect(() => parseJws(merged, COMMAND, 'as-named')).toThrow(/^MALFORMED_JWS/u);
    },
  );

  test('has fewer, more or others of them and is refused as at the first time', () => {
    warm();
    expect(() => parseJws(envelope([byEdDsa]), COMMAND)).toThrow(/^SIGNATURE_MISSING/u);
    expect(() => parseJws(envelope([byEdDsa, byMlDsa, byMlDsa]), COMMAND)).toThrow(
      /^ALGORITHM_REFUSED/u,
    );
    expect(() => parseJws(envelope([byMlDsa, byEdDsa]), COMMAND)).toThrow(/^MALFORMED_JWS/u);
    expect(() => parseJws(jws, COMMAND, ['EdDSA'])).toThrow(/^ALGORITHM_REFUSED/u);
    expect(() => parseJws(jws, 'vnd.veinledger.possession+jws')).toThrow(/^WRONG_TYPE/u);
  });
});

describe('a JWS of another type', () => {
  test('is refused: what proves possession is no command, and the reverse', () => {
    expect(() => parseJws(jws, 'vnd.veinledger.possession+jws')).toThrow(
      /^WRONG_TYPE.*possession.*command/u,
    );
  });

  test('is refused when only one header says so', () => {
    const other = part('ML-DSA-65', headerWith('ML-DSA-65', kids.mlDsa65, { typ: 'JWT' }));
    expect(() => parseJws(envelope([byEdDsa, other]), COMMAND)).toThrow(/^WRONG_TYPE/u);
  });
});

describe('a JWS of another shape', () => {
  test.each([
    ['compact', `${byEdDsa.protected}.${encoded(payloadText)}.${byEdDsa.signature}`],
    ['flattened', canonicalise({ payload: encoded(payloadText), ...byEdDsa })],
    ['an array', canonicalise([byEdDsa, byMlDsa])],
    ['with a member more', canonicalise({ ...Object(JSON.parse(jws)), z: 1 })],
    ['with an unprotected header', envelope([{ ...byEdDsa, header: {} }, byMlDsa])],
    ['with a signature that is no text', envelope([{ ...byEdDsa, signature: 1 }, byMlDsa])],
    ['with padding', envelope([{ ...byEdDsa, signature: `${byEdDsa.signature}==` }, byMlDsa])],
    ['with a header that is no JSON', envelope([{ ...byEdDsa, protected: 'AAAA' }, byMlDsa])],
  ])('is refused: %s', (_, text) => {
    expect(() => parseJws(text, COMMAND)).toThrow(/^MALFORMED_JWS/u);
  });

  test.each([
    ['crit', { crit: ['exp'] }],
    ['b64', { b64: false }],
    ['jwk', { jwk: {} }],
    ['a kid that is no thumbprint', { kid: 'registrar' }],
    ['no kid', { kid: undefined }],
  ])('is refused: a header with %s', (_, changes) => {
    const other = part('EdDSA', headerWith('EdDSA', kids.ed25519, changes));
    expect(() => parseJws(envelope([other, byMlDsa]), COMMAND)).toThrow(/^MALFORMED_JWS/u);
  });

  test('is refused: envelope, header or payload not in canonical form', () => {
    const loose = encoded(` ${payloadText}`);
    const header = encoded(
      JSON.stringify({
        typ: COMMAND,
        alg: 'EdDSA',
        algs: ['EdDSA', 'ML-DSA-65'],
        kid: kids.ed25519,
      }),
    );
    for (const text of [
      `${jws} `,
      envelope([part('EdDSA', header), byMlDsa]),
      envelope([byEdDsa, byMlDsa], loose),
    ]) {
      expect(() => parseJws(text, COMMAND)).toThrow(/^NOT_CANONICAL/u);
    }
  });

  test('is refused: a payload with a duplicate key, no JSON, no UTF-8, or nested too deeply', () => {
    const withPayload = (payload: string) => () =>
      parseJws(envelope([byEdDsa, byMlDsa], payload), COMMAND);
    expect(withPayload(encoded('{"v":1,"v":1}'))).toThrow(/^DUPLICATE_KEY/u);
    expect(withPayload(encoded('hello'))).toThrow(/^SCHEMA_VIOLATION/u);
    expect(withPayload(bytesToBase64url(Uint8Array.of(0x22, 0xff, 0x22)))).toThrow(
      /^MALFORMED_JWS/u,
    );
    expect(withPayload(encoded('['.repeat(50_000)))).toThrow(/^TOO_DEEP/u);
  });

  test('is refused: larger than a command may be', () => {
    const large = envelope([byEdDsa, byMlDsa], encoded(`"${'x'.repeat(MAX_COMMAND_BYTES)}"`));
    expect(() => parseJws(large, COMMAND)).toThrow(/^COMMAND_TOO_LARGE/u);
  });
});

async function readAndVerify(text: string): Promise<void> {
  await verifyJws(parseJws(text, COMMAND), keys, nativeVerifier);
}
