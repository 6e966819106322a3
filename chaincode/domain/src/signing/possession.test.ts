import { describe, expect, test } from '@jest/globals';
import { bytesToBase64url } from '../encoding/bytes.js';
import { canonicalise } from '../encoding/codec.js';
import { DIGEST } from '../example.fixture.js';
import { assembleJws, type JwsType, protectedHeader } from './jws-text.js';
import { keyIds } from './keys.js';
import type { Verifier } from './verifier.js';
import { possessionStatement, requirePossession } from './possession.js';

const keys = { ed25519: 'A'.repeat(43), mlDsa65: 'A'.repeat(2603) };
const expected = { network: DIGEST, actor: 'lab.technician', keys };
const willing: Verifier = {
  ed25519: () => true,
  mlDsa65: () => true,
  ed25519KeyIsSound: () => true,
};

function proof(statement: string, typ: JwsType = 'vnd.veinledger.possession+jws', of = keys) {
  const kids = keyIds(of);
  const signature = (bytes: number) => bytesToBase64url(new Uint8Array(bytes));
  return assembleJws(statement, [
    { protected: protectedHeader('EdDSA', kids.ed25519, typ), signature: signature(64) },
    { protected: protectedHeader('ML-DSA-65', kids.mlDsa65, typ), signature: signature(3309) },
  ]);
}

const statement = possessionStatement(DIGEST, 'lab.technician');

describe('a new actor’s proof that it holds its keys', () => {
  test('is a JWS by both of them over network and actor', async () => {
    await expect(requirePossession(proof(statement), expected, willing)).resolves.toBeUndefined();
  });

  test.each([
    ['is of another actor', possessionStatement(DIGEST, 'lab.thief')],
    ['is for another network', possessionStatement(`${'B'.repeat(42)}A`, 'lab.technician')],
  ])('%s', async (_name, other) => {
    await expect(requirePossession(proof(other), expected, willing)).rejects.toThrow(
      'POSSESSION_NOT_PROVED',
    );
  });

  test('says nothing else, and is no command', async () => {
    const more = canonicalise({ v: 1, network: DIGEST, actor: 'lab.technician', remark: 'x' });
    await expect(requirePossession(proof(more), expected, willing)).rejects.toThrow(
      'SCHEMA_VIOLATION',
    );
    const asCommand = proof(statement, 'vnd.veinledger.command+jws');
    await expect(requirePossession(asCommand, expected, willing)).rejects.toThrow('WRONG_TYPE');
  });

  test('is by the keys that are enrolled, and no others', async () => {
    const others = { ...keys, ed25519: `${'B'.repeat(42)}A` };
    const theirs = proof(statement, 'vnd.veinledger.possession+jws', others);
    await expect(requirePossession(theirs, expected, willing)).rejects.toThrow('UNKNOWN_KEY');
  });

  test.each(['ed25519', 'mlDsa65'] as const)('fails when %s does not verify', async (algorithm) => {
    const verifier = { ...willing, [algorithm]: () => false };
    await expect(requirePossession(proof(statement), expected, verifier)).rejects.toThrow(
      'SIGNATURE_INVALID',
    );
  });

  test('fails for an Ed25519 key of small order, whatever it signs', async () => {
    const verifier = { ...willing, ed25519KeyIsSound: () => false };
    await expect(requirePossession(proof(statement), expected, verifier)).rejects.toThrow(
      'WEAK_KEY',
    );
  });
});
