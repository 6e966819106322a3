import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Ledger } from '../port.js';
import type { Mismatch } from '../fabric/options.js';
import { FakeNetwork, handOff } from './fake-network.fixture.js';
import type { FakePeer } from './fake-peer.fixture.js';

let network: FakeNetwork;
let ledger: Ledger;
let hospital: FakePeer;
let lab: FakePeer;
let manufacturer: FakePeer;
const mismatches: Mismatch[] = [];

beforeEach(async () => {
  mismatches.length = 0;
  network = await FakeNetwork.start('HospitalMSP', 'LabMSP', 'ManufacturerMSP');
  [hospital, lab, manufacturer] = network.peers as [FakePeer, FakePeer, FakePeer];
  ledger = network.open({ endorsements: 2, onMismatch: (each) => mismatches.push(each) });
});
afterEach(async () => {
  await ledger.close();
  network.stop();
});

const endorsing = () =>
  network.peers.filter(({ calls }) => calls.includes('endorsement')).map(({ mspId }) => mspId);
const forget = () => {
  for (const { calls } of network.peers) calls.length = 0;
};
const annex = { results: Buffer.from('secret') };
const parties = ['HospitalMSP', 'LabMSP', 'ManufacturerMSP'];
const secretly = (endorsers: readonly string[]) => ({
  ...handOff('HospitalMSP', 'report'),
  transient: annex,
  endorsers,
});

describe('as many members as must', () => {
  test('endorse, the submitter’s own among them, and the others take turns', async () => {
    await ledger.submit(handOff('HospitalMSP'));
    const first = endorsing();
    forget();
    await ledger.submit(handOff('HospitalMSP'));
    expect(first).toHaveLength(2);
    expect(new Set([...first, ...endorsing()])).toEqual(new Set(parties));
  });

  test('endorse for a member without a peer, the one that is asked among them', async () => {
    await ledger.submit(handOff('CourierMSP'));
    const first = endorsing();
    forget();
    await ledger.submit(handOff('CourierMSP'));
    const sets = [first, endorsing()].map((set) => set.toSorted().join(' '));
    expect(sets.toSorted()).toEqual(['HospitalMSP LabMSP', 'HospitalMSP ManufacturerMSP']);
  });

  test('are only asked where their endorsement counts', async () => {
    const choosy = network.open({ endorsements: 2, endorsers: ['HospitalMSP', 'LabMSP'] });
    for (let turn = 0; turn < 2; turn += 1) {
      forget();
      await choosy.submit(handOff('HospitalMSP'));
      expect(endorsing()).toEqual(['HospitalMSP', 'LabMSP']);
    }
    await choosy.close();
  });

  test('endorse what an annex goes with: those that are named in front', async () => {
    await ledger.submit(secretly(['LabMSP', 'HospitalMSP', 'ManufacturerMSP']));
    expect(endorsing()).toEqual(['HospitalMSP', 'LabMSP']);
  });

  test('refuse together: a contract’s error stays one', async () => {
    network.contract = () => {
      throw new Error('NOT_ENTITLED: {}');
    };
    await expect(ledger.submit(handOff('HospitalMSP'))).rejects.toMatchObject({ kind: 'contract' });
    expect(mismatches).toEqual([]);
  });
});

describe('an endorser that is down', () => {
  test('is replaced by another party, and asked last for a while', async () => {
    lab.stop();
    expect(await ledger.submit(secretly(parties))).toMatchObject({ block: 1 });
    expect(endorsing()).toEqual(['HospitalMSP', 'ManufacturerMSP']);
    forget();
    await ledger.submit(secretly(parties));
    expect(hospital.calls.filter((call) => call === 'endorse')).toHaveLength(1);
  });

  test('is replaced when it is the submitter’s own', async () => {
    hospital.stop();
    expect(await ledger.submit(secretly(parties))).toMatchObject({ block: 1 });
    expect(endorsing()).toEqual(['LabMSP', 'ManufacturerMSP']);
  });

  test('is replaced when only its chaincode process is down', async () => {
    hospital.chaincodeDown = true;
    expect(await ledger.submit(handOff('HospitalMSP'))).toMatchObject({ block: 1 });
    expect(endorsing()).toEqual(['LabMSP', 'ManufacturerMSP']);
  });

  test('is not replaced by somebody who is no party: the command waits for it', async () => {
    lab.chaincodeDown = true;
    setTimeout(() => (lab.chaincodeDown = false), 600);
    await ledger.submit(secretly(['HospitalMSP', 'LabMSP']));
    expect(manufacturer.calls).toEqual([]);
  });
});

describe('a member whose state or code is not the others’', () => {
  test.each(parties)('is left out, and named: %s', async (mspId) => {
    const [odd = hospital] = network.peers.filter((peer) => peer.mspId === mspId);
    odd.contract = () => 'something else';
    for (let round = 0; round < 3; round += 1) {
      const { result } = await ledger.submit(handOff('HospitalMSP', 'vial'));
      expect(result).toMatch(/^custody:ReleaseItem vial at /);
    }
    expect(mismatches).toMatchObject([{ differing: [odd.mspId] }]);
  });

  test('is left out and named when it refuses what the others endorse', async () => {
    lab.contract = () => {
      throw new Error('ITEM_QUARANTINED: {}');
    };
    await ledger.submit(secretly(parties));
    expect(mismatches).toMatchObject([{ differing: ['LabMSP'] }]);
    expect(endorsing()).toContain('ManufacturerMSP');
  });

  test('is not named for a block that it committed a moment later', async () => {
    let odd = true;
    lab.contract = (input, height) => {
      const answer = odd ? 'from the past' : network.contract(input, height);
      odd = false;
      return answer;
    };
    await ledger.submit(secretly(parties));
    expect(mismatches).toEqual([]);
  });

  test('cannot be told when nobody agrees with anybody', async () => {
    for (const peer of network.peers) peer.contract = () => peer.mspId;
    await expect(ledger.submit(handOff('HospitalMSP'))).rejects.toMatchObject({ kind: 'mismatch' });
    expect(mismatches).toMatchObject([
      { differing: expect.arrayContaining([...parties]) as unknown },
    ]);
    expect(network.submitted).toEqual([]);
  });
});
