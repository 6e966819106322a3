import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { packageChaincode, packagedCode, type ChaincodeCode } from './index.js';

const code: ChaincodeCode = { bundle: '11'.repeat(32), node: 'v24.21.0', root: '00'.repeat(32) };

async function idOf(change: Partial<ChaincodeCode> = {}): Promise<string> {
  return (await packageChaincode('veinledger', '0.1.0', { ...code, ...change })).id;
}

describe("the chaincode's package id", () => {
  test('does not depend on the machine', async () => {
    expect(await idOf()).toBe(
      'veinledger_0.1.0:29c850f3d6412e454349b6f2315eb9ac0cb95aaa7c965426bb72d1950b5c65b5',
    );
  });

  test.each([
    ['the bundle', { bundle: '12'.repeat(32) }],
    ['the Node that runs it', { node: 'v24.21.1' }],
    ['the consortium root', { root: '01'.repeat(32) }],
  ])('changes with %s', async (_what, change) => {
    expect(await idOf(change)).not.toBe(await idOf());
  });
});

describe('the package', () => {
  test('holds the approved code beside metadata that Fabric reads', async () => {
    const { bytes, id } = await packageChaincode('veinledger', '0.1.0', code);
    const outer = gunzipSync(bytes);
    expect(outer.includes('{"type":"ccaas","label":"veinledger_0.1.0"}')).toBe(true);
    expect(await packagedCode(bytes, id)).toEqual(code);
  });

  test('that is not the one of the id tells nothing', async () => {
    const { id } = await packageChaincode('veinledger', '0.1.0', code);
    const other = await packageChaincode('veinledger', '0.1.1', code);
    await expect(packagedCode(other.bytes, id)).rejects.toThrow(
      `CODE_NOT_APPROVED: package: expected ${id}, found the digest ${other.id.split(':')[1] ?? ''}`,
    );
  });
});
