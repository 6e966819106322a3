import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { common } from '@hyperledger/fabric-protos';
import type { Ledger } from '../port.js';
import { envelopeOf } from '../fabric/block.fixture.js';
import { FakeNetwork, handOff } from './fake-network.fixture.js';
import type { FakePeer } from './fake-peer.fixture.js';

let network: FakeNetwork;
let ledger: Ledger;
let hospital: FakePeer;
let lab: FakePeer;
let stop: AbortController;

beforeEach(async () => {
  network = await FakeNetwork.start('HospitalMSP', 'LabMSP');
  [hospital, lab] = network.peers as [FakePeer, FakePeer];
  ledger = network.open({ deadlines: { failover: 1_000 } });
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await ledger.close();
  network.stop();
});

const commit = async (...names: string[]) => {
  for (const name of names) await ledger.submit(handOff('HospitalMSP', name));
};
const config = envelopeOf({ transactionId: '', type: common.HeaderType.CONFIG });
const peerCommit = (count: number) => {
  for (let at = 0; at < count; at += 1) network.order('', config);
};

async function follow(first: number, count: number, seen: number[] = []): Promise<number[]> {
  for await (const { number } of ledger.follow(first, stop.signal)) {
    seen.push(number);
    if (seen.length === count) break;
  }
  return seen;
}
const until = async (seen: readonly number[], count: number) => {
  while (seen.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('who follows a Fabric ledger', () => {
  test('gets the stored blocks and then each new one, with their transactions', async () => {
    await commit('a', 'b');
    const args: string[] = [];
    const followed = (async () => {
      for await (const { transactions } of ledger.follow(1, stop.signal)) {
        for (const transaction of transactions) args.push(transaction.args[0] ?? '');
        if (args.length === 4) break;
      }
    })();
    await commit('c', 'd');
    await followed;
    expect(args).toEqual(['a', 'b', 'c', 'd']);
    expect(hospital.calls).toContain('deliver');
  });

  test('goes on with the next block at another peer when its own dies', async () => {
    const seen: number[] = [];
    const followed = follow(0, 5, seen);
    await commit('a', 'b');
    await until(seen, 3);
    hospital.stop();
    peerCommit(2);
    expect(await followed).toEqual([0, 1, 2, 3, 4]);
    expect(lab.calls).toContain('deliver');
  });

  test('goes on when a peer ends the stream or fails it', async () => {
    const unreachable = { code: status.UNAVAILABLE, message: 'restarting' };
    hospital.faults.deliver.push(unreachable);
    lab.faults.deliver.push(unreachable);
    const seen: number[] = [];
    const followed = follow(0, 4, seen);
    peerCommit(1);
    await until(seen, 2);
    for (const peer of network.peers) peer.dropStreams();
    peerCommit(2);
    expect(await followed).toEqual([0, 1, 2, 3]);
  });

  test('reads nothing older than the block that it was told of', async () => {
    const followed = follow(0, 3);
    peerCommit(2);
    await followed;
    lab.behind = 2;
    setTimeout(() => (lab.behind = 0), 100);
    expect(await ledger.evaluate(handOff('LabMSP', 'read'))).toBe('custody:ReleaseItem read at 3');
  });

  test('is told when the peer refuses the reader', async () => {
    const message = 'access denied';
    hospital.faults.deliver.push({ code: status.PERMISSION_DENIED, message });
    await expect(follow(0, 1)).rejects.toMatchObject({ kind: 'contract' });
  });

  test('is told when no peer answers, and ends when it stops or the ledger is closed', async () => {
    const waiting = follow(9, 1);
    stop.abort();
    expect(await waiting).toEqual([]);
    stop = new AbortController();
    const closed = expect(follow(9, 1)).rejects.toMatchObject({ kind: 'unavailable' });
    await ledger.close();
    await closed;
    ledger = network.open({ deadlines: { failover: 1_000 } });
    network.stop();
    await expect(follow(0, 1)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringMatching(/^no peer delivered block 0 within 1000 ms/) as unknown,
    });
  });
});
