import { describe, expect, test } from '@jest/globals';
import { loadProfile, profileFile } from '../profile/index.js';
import { neededPorts, planNetwork, portCount } from './index.js';

const profile = await loadProfile();
const plan = planNetwork({ ...profile, portBase: 20_000 }, '/home/x');
const programmes = await loadProfile(profileFile('programmes'));

describe('the plan of a network', () => {
  test('gives every node ports of its own within the range it announces', () => {
    const ports = neededPorts(plan.members).map(({ port }) => port);
    expect(new Set(ports).size).toBe(ports.length);
    expect(Math.min(...ports)).toBe(20_000);
    expect(Math.max(...ports)).toBeLessThan(20_000 + portCount(profile));
  });

  test('numbers the consenters from one', () => {
    expect(plan.orderers.map((orderer) => orderer.consenterId)).toEqual([1, 2, 3, 4]);
  });

  test('puts a chaincode process beside every peer', () => {
    const names = plan.peers.flatMap((peer) => peer.chaincodes.map(({ name }) => name));
    expect(names).toEqual(['chaincode.hospital', 'chaincode.lab', 'chaincode.manufacturer']);
  });

  test('puts one beside a peer for each channel that its member takes part in', () => {
    const { peers } = planNetwork(programmes, '/home/x');
    const south = peers.find(({ name }) => name === 'peer.hospital-south');
    const east = peers.find(({ name }) => name === 'peer.lab-east');
    expect(south?.chaincodes.map(({ channel }) => channel)).toEqual(['melanoma', 'glioblastoma']);
    expect(east?.chaincodes.map(({ channel }) => channel)).toEqual(['melanoma']);
  });

  test('puts a second one beside it, with a port of its own, while a channel is upgraded', () => {
    const upgraded = planNetwork({ ...profile, portBase: 20_000 }, '/home/x', {
      programme: [2, 3],
    });
    const [hospital] = upgraded.peers;
    const names = hospital?.chaincodes.map(({ name }) => name);
    expect(names).toEqual(['chaincode.hospital.2', 'chaincode.hospital.3']);
    const ports = neededPorts(upgraded.members).map(({ port }) => port);
    expect(new Set(ports).size).toBe(ports.length);
  });

  test('keeps what a member has alone in a folder of its own', () => {
    const [hospital] = plan.members;
    expect(hospital?.files.identity('peer').tls.key).toBe(
      '/home/x/members/hospital/identities/peer/tls/key.pem',
    );
    expect(hospital?.shared.msp).toBe('/home/x/shared/members/hospital/msp');
  });

  test('moves no port when a member joins later', () => {
    const agreed = planNetwork(profile, '/home/x').profile;
    const clinic = { id: 'clinic', mspId: 'ClinicMSP', domain: 'clinic.example' };
    const [first] = agreed.members;
    if (first === undefined) throw new Error('expected a member');
    const member = { ...first, ...clinic, portBase: 30_000, orderer: false };
    const joined = planNetwork({ ...agreed, members: [...agreed.members, member] }, '/home/x');
    expect(joined.orderers).toEqual(planNetwork(agreed, '/home/x').orderers);
    expect(joined.peers.at(-1)?.ports.client).toBe(30_004);
  });
});
