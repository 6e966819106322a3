import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import type { Ledger } from '../port.js';
import { FakeNetwork, handOff } from './fake-network.fixture.js';
import type { FakePeer } from './fake-peer.fixture.js';
import type { FabricPeer } from '../fabric/options.js';

const noCombination = {
  code: status.FAILED_PRECONDITION,
  message: 'no combination of peers can be derived which satisfy the endorsement policy',
};

let network: FakeNetwork;
let ledger: Ledger;
let hospital: FakePeer;
let lab: FakePeer;
let manufacturer: FakePeer;

beforeEach(async () => {
  network = await FakeNetwork.start('HospitalMSP', 'LabMSP', 'ManufacturerMSP');
  [hospital, lab, manufacturer] = network.peers as [FakePeer, FakePeer, FakePeer];
  ledger = network.open();
});
afterEach(async () => {
  await ledger.close();
  network.stop();
});

describe('a member', () => {
  test('asks its own peer', async () => {
    await ledger.submit(handOff('LabMSP'));
    expect(lab.calls).toEqual(['endorse', 'submit', 'commitStatus']);
    expect([...hospital.calls, ...manufacturer.calls]).toEqual([]);
  });

  test('without a peer asks another member’s', async () => {
    expect(await ledger.submit(handOff('CourierMSP'))).toMatchObject({ block: 1 });
  });

  test('asks another member’s peer while its own is dead', async () => {
    hospital.stop();
    expect(await ledger.submit(handOff('HospitalMSP'))).toMatchObject({ block: 1 });
    expect(await ledger.evaluate(handOff('HospitalMSP', 'read'))).toBe(
      'custody:ReleaseItem read at 2',
    );
  });

  test('asks another member’s peer while the host of its own answers nothing', async () => {
    const taken: Socket[] = [];
    const silent = createServer((socket) => taken.push(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const [own, ...others] = network.addresses as [FabricPeer, ...FabricPeer[]];
    const peers = [{ ...own, endpoint: `127.0.0.1:${port}` }, ...others];
    await ledger.close();
    ledger = network.open({ peers, deadlines: { failover: 5_000 } });
    try {
      expect(await ledger.submit(handOff('HospitalMSP'))).toMatchObject({ block: 1 });
    } finally {
      silent.close();
      for (const socket of taken) socket.destroy();
    }
  });

  test('asks again while the peers have not met each other', async () => {
    for (const peer of network.peers) peer.faults.endorse.push(noCombination);
    expect(await ledger.submit(handOff('HospitalMSP'))).toMatchObject({ block: 1 });
  });

  test('asks again while a chaincode process is restarting', async () => {
    const details = { HospitalMSP: 'could not launch chaincode veinledger:1: connection refused' };
    const fault = { code: status.ABORTED, message: 'failed to endorse transaction', details };
    for (const peer of network.peers) peer.faults.endorse.push(fault, fault);
    expect(await ledger.submit(handOff('HospitalMSP'))).toMatchObject({ block: 1 });
  });

  test('is told within its time when no peer answers', async () => {
    network.stop();
    const started = Date.now();
    await expect(ledger.submit(handOff('HospitalMSP'))).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringMatching(
        /^no peer answered within 2000 ms: 127\.0\.0\.1:\d+: .*ECONNREFUSED/,
      ) as unknown,
    });
    expect(Date.now() - started).toBeLessThan(5_000);
  });
});

describe('an annex meant for some members', () => {
  const annex = { results: Buffer.from('secret') };

  test('passes through no other member’s peer, even when theirs do not answer at first', async () => {
    lab.faults.endorse.push(noCombination);
    manufacturer.faults.endorse.push(noCombination);
    const endorsers = ['LabMSP', 'ManufacturerMSP'];
    await ledger.submit({ ...handOff('CourierMSP'), transient: annex, endorsers });
    expect(hospital.calls).not.toContain('endorse');
  });

  test('is not sent anywhere when their peers are unknown', async () => {
    const invocation = { ...handOff('CourierMSP'), transient: annex, endorsers: ['PayerMSP'] };
    await expect(ledger.submit(invocation)).rejects.toMatchObject({
      kind: 'unavailable',
      message: 'no peer of CourierMSP, PayerMSP is configured',
    });
  });
});

describe('a peer that is a block behind', () => {
  const catchUpSoon = (peer: FakePeer) => void setTimeout(() => (peer.behind = 0), 150);

  test('is not read before it has what this ledger saw committed', async () => {
    await ledger.submit(handOff('HospitalMSP'));
    lab.behind = 1;
    catchUpSoon(lab);
    expect(await ledger.evaluate(handOff('LabMSP', 'read'))).toBe('custody:ReleaseItem read at 2');
  });

  test('is asked again when it refused from the past', async () => {
    network.contract = (_input, height) => {
      if (height < 2 && network.blocks.length > 1) throw new Error('UNKNOWN_COI: {}');
      return 'found';
    };
    await ledger.submit(handOff('HospitalMSP'));
    lab.behind = 1;
    catchUpSoon(lab);
    expect(await ledger.submit(handOff('LabMSP'))).toMatchObject({ result: 'found' });
  });

  test('is left for another one when it does not catch up', async () => {
    await ledger.close();
    ledger = network.open({ deadlines: { failover: 10_000 } });
    await ledger.submit(handOff('HospitalMSP'));
    lab.behind = 1;
    expect(await ledger.evaluate(handOff('LabMSP', 'read'))).toBe('custody:ReleaseItem read at 2');
    expect(lab.calls).not.toContain('submit');
  });
});
