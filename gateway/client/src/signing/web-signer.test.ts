import { describe, expect, test } from '@jest/globals';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { parseJws, possessionStatement, verifyJws } from '@veinledger/domain';
import { generateActorKeys } from '../keys/generate.js';
import { nobleSigner } from './noble-signer.js';
import { webSigner } from './web-signer.js';

const POSSESSION = 'vnd.veinledger.possession+jws';
const keys = generateActorKeys();
const statement = possessionStatement('A'.repeat(43), 'lab.lab');

describe('keys made without native code', () => {
  test('sign what the ledger’s own verifier accepts', async () => {
    const parsed = parseJws(await nobleSigner(keys).sign(statement, POSSESSION), POSSESSION);
    await expect(verifyJws(parsed, keys.public, nativeVerifier)).resolves.toBeUndefined();
  });
});

describe('the signer of the runtime’s SubtleCrypto', () => {
  test('makes both signatures there where the runtime has both algorithms', async () => {
    const signer = await webSigner(keys);
    expect(signer.providers).toEqual({ ed25519: 'webcrypto', mlDsa65: 'webcrypto' });
    const parsed = parseJws(await signer.sign(statement, POSSESSION), POSSESSION);
    await expect(verifyJws(parsed, keys.public, nativeVerifier)).resolves.toBeUndefined();
  });

  test('refuses keys that do not belong together', async () => {
    const other = generateActorKeys();
    await expect(webSigner({ ...keys, public: other.public })).rejects.toThrow();
  });
});
