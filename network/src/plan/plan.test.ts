import { describe, expect, test } from '@jest/globals';
import { loadProfile } from '../profile/index.js';
import { neededPorts, planNetwork, portCount } from './index.js';

const profile = await loadProfile();
const plan = planNetwork(profile, '/home/x', 20_000);

describe('the plan of a network', () => {
  test('gives every node ports of its own within the range it announces', () => {
    const ports = neededPorts(plan).map(({ port }) => port);
    expect(new Set(ports).size).toBe(portCount(profile));
    expect(Math.min(...ports)).toBe(20_000);
    expect(Math.max(...ports)).toBe(20_000 + portCount(profile) - 1);
  });

  test('numbers the consenters from one', () => {
    expect(plan.orderers.map((orderer) => orderer.consenterId)).toEqual([1, 2, 3, 4]);
  });

  test('puts a chaincode process beside every peer', () => {
    expect(plan.peers.map((peer) => peer.chaincodeName)).toEqual([
      'chaincode.hospital',
      'chaincode.lab',
      'chaincode.manufacturer',
    ]);
  });
});
