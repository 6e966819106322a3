import { describe, expect, test } from '@jest/globals';
import { bytesToBase64url, utf8 } from '../encoding/bytes.js';
import { canonicalise } from '../encoding/codec.js';
import { COI, DIGEST, din, NOW, signed } from '../example.fixture.js';
import {
  assembleJws,
  type JwsAlgorithm,
  type JwsType,
  protectedHeader,
} from '../signing/jws-text.js';
import { keyIds } from '../signing/keys.js';
import type { Verifier } from '../signing/verifier.js';
import { addMinutes } from '../values/time.js';
import { checkPass, PASS_TYPE, type PassIssuers, printedPass } from './check.js';
import { passStatement } from './statement.js';

const ISSUER = 'hospital.pharmacist';
const keys = { ed25519: 'A'.repeat(43), mlDsa65: 'A'.repeat(2603) };
const issuers: PassIssuers = {
  v: 1,
  network: DIGEST,
  asOf: NOW,
  issuers: [{ actor: ISSUER, organisation: 'HospitalMSP', keys }],
};
const STATEMENT = passStatement(
  {
    noun: 'dose-pass',
    coi: COI,
    id: 'pass-1',
    number: 1,
    item: din(9),
    issued: signed(ISSUER),
    until: addMinutes(NOW, 240),
    released: [{ batch: 'batch-1', certified: NOW }],
  },
  { network: DIGEST, patient: 'patient-1', block: 17 },
);
/** Takes what a signature says it signed for what it signed: the bytes repeat the message's length. */
const willing: Verifier = {
  ed25519: (_key, message, signature) => signature[0] === message.length % 251,
  mlDsa65: (_key, message, signature) => signature[0] === message.length % 251,
  ed25519KeyIsSound: () => true,
};

function signedPass(
  statement = STATEMENT,
  algorithms: readonly JwsAlgorithm[] = ['EdDSA'],
  typ: JwsType = PASS_TYPE,
): string {
  const kids = keyIds(keys);
  const signatures = algorithms.map((alg) => {
    const header = protectedHeader(
      alg,
      alg === 'EdDSA' ? kids.ed25519 : kids.mlDsa65,
      typ,
      algorithms,
    );
    const message = utf8(`${header}.${bytesToBase64url(utf8(statement))}`);
    const bytes = new Uint8Array(alg === 'EdDSA' ? 64 : 3309).fill(message.length % 251);
    return { protected: header, signature: bytesToBase64url(bytes) };
  });
  return assembleJws(statement, signatures);
}
const PRINTED = printedPass(signedPass());
const before = { patient: 'patient-1', item: din(9), at: addMinutes(NOW, 10) };

const check = (text = PRINTED, rest: Partial<typeof before> = {}, known = issuers) =>
  checkPass(text, known, { ...before, ...rest }, willing);
const codesOf = async (checked: ReturnType<typeof check>) =>
  (await checked).findings.map(({ code }) => code);

describe('a pass that is checked without a network', () => {
  test('counts as it was printed, and says what held, where and until when', async () => {
    const { statement, findings } = await check();
    expect(findings).toEqual([]);
    expect(statement).toMatchObject({
      block: 17,
      held: ['A1', 'A2', 'A3', 'A4', 'A5', 'A8'],
      released: [{ batch: 'batch-1' }],
      until: addMinutes(NOW, 240),
    });
  });

  test('counts as the file with both signatures, and as no file with one', async () => {
    expect(await codesOf(check(signedPass(STATEMENT, ['EdDSA', 'ML-DSA-65'])))).toEqual([]);
    expect(await codesOf(check(signedPass()))).toEqual(['PASS_UNREADABLE']);
  });

  test('has room in one printed code', () => {
    expect(PRINTED.length).toBeLessThan(2331);
  });

  test.each<[string, Partial<typeof before>, string]>([
    ['of another patient', { patient: 'patient-2' }, 'OTHER_PATIENT'],
    ['of another item', { item: din(10) }, 'OTHER_ITEM'],
    ['that is over', { at: addMinutes(NOW, 241) }, 'PASS_EXPIRED'],
    ['that has not begun', { at: addMinutes(NOW, -3) }, 'NOT_YET_VALID'],
  ])('%s says so', async (_name, rest, code) => {
    expect(await codesOf(check(PRINTED, rest))).toEqual([code]);
  });

  test('of what was relabelled counts by the new label’s number, and names a former one as such', async () => {
    const statement = canonicalise({ ...JSON.parse(STATEMENT), label: din(11) });
    const text = printedOf(statement);
    expect((await check(text, { item: din(11) })).findings).toEqual([]);
    const { findings } = await check(text, { item: din(9) });
    expect(findings).toEqual([{ code: 'LABEL_MISMATCH', expected: din(9), found: din(11) }]);
    expect(await codesOf(check(text, { item: din(12) }))).toEqual(['OTHER_ITEM']);
  });

  test('names every reason, each with what was expected', async () => {
    const { findings } = await check(PRINTED, { patient: 'patient-2', at: addMinutes(NOW, 300) });
    expect(findings).toEqual([
      { code: 'OTHER_PATIENT', expected: 'patient-2', found: 'patient-1' },
      {
        code: 'PASS_EXPIRED',
        expected: `until ${addMinutes(NOW, 240)}`,
        found: addMinutes(NOW, 300),
      },
    ]);
  });

  test('that was altered is none, and says nothing', async () => {
    const [header, , signature] = PRINTED.split('.');
    const longer = STATEMENT.replace('patient-1', 'patient-234');
    const altered = [header, bytesToBase64url(utf8(longer)), signature].join('.');
    expect(await check(altered)).toMatchObject({ findings: [{ code: 'PASS_ALTERED' }] });
    expect(await check(altered)).not.toHaveProperty('statement');
  });

  test('by somebody who is not known, or of another network, does not count', async () => {
    expect(await codesOf(check(PRINTED, {}, { ...issuers, issuers: [] }))).toEqual([
      'ISSUER_NOT_KNOWN',
    ]);
    const network = `${'B'.repeat(42)}A`;
    expect(await codesOf(check(PRINTED, {}, { ...issuers, network }))).toEqual(['OTHER_NETWORK']);
  });

  test.each([
    ['nothing', ''],
    ['a label', '(01)09506000134352(21)1'],
    ['a half', PRINTED.split('.').slice(0, 2).join('.')],
    ['a command', signedPass(STATEMENT, ['EdDSA', 'ML-DSA-65'], 'vnd.veinledger.command+jws')],
    ['another statement', printedOf(canonicalise({ v: 1 }))],
  ])('that is %s is not read', async (_name, text) => {
    expect(await codesOf(check(text))).toEqual(['PASS_UNREADABLE']);
  });
});

function printedOf(statement: string): string {
  return printedPass(signedPass(statement));
}
