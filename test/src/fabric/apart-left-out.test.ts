import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { stopNetwork, upgradeNetwork } from '@veinledger/network';
import { nextChaincode } from '../support/next-chaincode.js';
import { RunningApart } from '../support/running-apart.js';

const apart = RunningApart.forSuite();

describe('a member whom the others went on without', () => {
  test('brings its peer up, and has its say once it approves', async () => {
    const chaincodeDir = await nextChaincode(join(apart.directory, 'next'));
    const others = { chaincodeDir, without: ['LabMSP'] };
    await upgradeNetwork({ home: apart.homeOf('hospital'), ...others });
    const outcome = await upgradeNetwork({ home: apart.homeOf('manufacturer'), ...others });
    expect(outcome).toMatchObject({ sequence: 2, committed: true });
    await stopNetwork({ home: apart.homeOf('lab') });
    expect(await apart.up('lab')).toContainEqual(
      expect.stringContaining('LabMSP has not approved what is committed'),
    );
    expect(await upgradeNetwork({ home: apart.homeOf('lab'), chaincodeDir })).toMatchObject({
      ...{ sequence: 2, committed: true },
    });
    expect(await apart.chaincodesOf('lab')).toEqual(['chaincode.lab.2 running']);
  });
});
