import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import type { Ledger } from '../port.js';
import { FakeNetwork, handOff } from './fake-network.fixture.js';
import type { FakePeer } from './fake-peer.fixture.js';
import type { Mismatch } from '../fabric/options.js';

const { ABORTED, UNAVAILABLE } = status;
const mismatch = {
  code: ABORTED,
  message: 'failed to collect enough transaction endorsements, see attached details for more info',
  details: { LabMSP: 'ProposalResponsePayloads do not match' },
};
const noQuorum = (info: string) => ({
  code: UNAVAILABLE,
  message: 'insufficient number of orderers could successfully process transaction',
  details: {
    LabMSP: `received unsuccessful response from orderer: status=SERVICE_UNAVAILABLE, info=${info}`,
  },
});

let network: FakeNetwork;
let ledger: Ledger;
let hospital: FakePeer;
let lab: FakePeer;
const mismatches: Mismatch[] = [];

beforeEach(async () => {
  mismatches.length = 0;
  network = await FakeNetwork.start('HospitalMSP', 'LabMSP');
  [hospital, lab] = network.peers as [FakePeer, FakePeer];
  ledger = network.open({ onMismatch: (each) => mismatches.push(each) });
});
afterEach(async () => {
  await ledger.close();
  network.stop();
});

describe('a submitted transaction', () => {
  test('is committed with what the contract returned, and known by its id before it is ordered', async () => {
    const announced: string[] = [];
    const commit = await ledger.submit(handOff('HospitalMSP', 'vial'), {
      onPrepared: (transactionId) => {
        expect(network.submitted).toEqual([]);
        announced.push(transactionId);
        return Promise.resolve();
      },
    });
    const [transactionId] = announced;
    expect(commit).toEqual({ transactionId, block: 1, result: 'custody:ReleaseItem vial at 1' });
    expect(network.submitted).toEqual([transactionId]);
  });

  test('that the contract refuses is a contract error in the contract’s words, and not ordered', async () => {
    const message = 'NOT_ENTITLED: expected a courier {"field":"actor"}';
    network.contract = () => {
      throw new Error(message);
    };
    const refused = ledger.submit(handOff('HospitalMSP'));
    await expect(refused).rejects.toMatchObject({ name: 'LedgerError', kind: 'contract', message });
    expect(network.submitted).toEqual([]);
  });

  test('whose submitter the peer does not accept is a contract error that says so', async () => {
    const details = {
      HospitalMSP: 'error validating proposal: access denied: channel [programme]',
    };
    hospital.faults.endorse.push({ code: ABORTED, message: 'failed to endorse', details });
    await expect(ledger.submit(handOff('HospitalMSP'))).rejects.toMatchObject({
      kind: 'contract',
      message: `ACCESS_DENIED: ${details.HospitalMSP}`,
    });
  });

  test('whose submitter’s certificate has ended is a contract error that says so', async () => {
    const details = { HospitalMSP: 'proposal client identity expired' };
    hospital.faults.endorse.push({ code: ABORTED, message: 'failed to endorse', details });
    await expect(ledger.submit(handOff('HospitalMSP'))).rejects.toMatchObject({
      kind: 'contract',
      message: `ACCESS_DENIED: ${details.HospitalMSP}`,
    });
  });

  test('whose time the peer refuses before its chaincode is asked is the contract’s own error', async () => {
    const text =
      'request unauthorized due to incorrect timestamp 2026-01-01T13:00:00Z, peer time 2026-01-01T12:00:00Z, peer.authentication.timewindow 15m0s';
    const off = {
      code: ABORTED,
      message: 'failed to endorse transaction, see attached details for more info',
      details: { HospitalMSP: text, LabMSP: text },
    };
    for (const peer of network.peers) peer.faults.endorse.push(off);
    await expect(ledger.submit(handOff('HospitalMSP'))).rejects.toMatchObject({
      kind: 'contract',
      message:
        "TRANSACTION_TIME_OFF: the transaction's time is not the endorser's " +
        '{"field":"transaction timestamp","expected":"within 15m0s of 2026-01-01T12:00:00Z","found":"2026-01-01T13:00:00Z"}',
    });
    expect(network.submitted).toEqual([]);
  });

  test('with an unusable private key is a contract error', async () => {
    const invocation = handOff('HospitalMSP');
    const submitter = { ...invocation.submitter, privateKey: 'none' };
    await expect(ledger.submit({ ...invocation, submitter })).rejects.toMatchObject({
      kind: 'contract',
      message: expect.stringMatching(/^ACCESS_DENIED: submitter of HospitalMSP: /) as unknown,
    });
  });

  test('above the limit of an orderer is a contract error, and not ordered', async () => {
    await ledger.close();
    ledger = network.open({ maxTransactionBytes: 1_000 });
    await expect(ledger.submit(handOff('HospitalMSP', 'x'.repeat(1_000)))).rejects.toMatchObject({
      kind: 'contract',
      message: expect.stringMatching(
        /^TRANSACTION_TOO_LARGE: expected at most 1000 bytes, found /,
      ) as unknown,
    });
    expect(network.submitted).toEqual([]);
  });

  test.each([11, 12])('that conflicted with code %i is tried again as a new one', async (code) => {
    network.validationCodes.push(code, code);
    const { transactionId, block } = await ledger.submit(handOff('HospitalMSP'));
    expect(block).toBe(3);
    expect(new Set(network.submitted).size).toBe(3);
    expect(network.submitted.at(-1)).toBe(transactionId);
  });

  test('that keeps conflicting is given up after the attempts that the ledger was opened with', async () => {
    await ledger.close();
    ledger = network.open({ maxAttempts: 2 });
    network.validationCodes.push(11, 11);
    const losing = ledger.submit(handOff('HospitalMSP'));
    await expect(losing).rejects.toMatchObject({ kind: 'conflict' });
    await expect(losing).rejects.toMatchObject({ transactionId: network.submitted[1] });
  });

  test('that is invalid for another reason is a contract error with the reason', async () => {
    network.validationCodes.push(10);
    await expect(ledger.submit(handOff('HospitalMSP'))).rejects.toMatchObject({
      kind: 'contract',
      message: expect.stringMatching(/as invalid: ENDORSEMENT_POLICY_FAILURE \(10\)$/) as unknown,
    });
  });
});

describe('endorsements that differ', () => {
  test('are asked for again through another member, and the odd one is reported', async () => {
    hospital.faults.endorse.push(mismatch);
    await ledger.submit(handOff('HospitalMSP'));
    expect(lab.calls).toContain('endorse');
    expect(mismatches).toMatchObject([{ differing: ['LabMSP'] }]);
  });

  test('again and again are a mismatch that names who differs', async () => {
    for (const peer of network.peers) peer.faults.endorse.push(...(Array(4).fill(mismatch) as []));
    await expect(ledger.submit(handOff('HospitalMSP'))).rejects.toMatchObject({
      kind: 'mismatch',
      message: 'members endorsed different results: LabMSP differ from the first endorser',
    });
    expect(network.submitted).toEqual([]);
  });
});

describe('a submit that fails', () => {
  test('though the transaction was ordered is found by its id, and not sent again', async () => {
    hospital.faults.submit.push({ ...noQuorum('timeout'), delivered: true });
    expect(await ledger.submit(handOff('HospitalMSP'))).toMatchObject({ block: 1 });
    expect(network.submitted).toHaveLength(1);
  });

  test('because the orderers have it already counts as sent', async () => {
    const already = noQuorum('failed to submit request: request already processed');
    hospital.faults.submit.push({ ...already, delivered: true });
    await ledger.submit(handOff('HospitalMSP'));
    expect(hospital.calls.filter((call) => call === 'submit')).toHaveLength(1);
  });

  test('before the orderers have it sends the very same transaction again', async () => {
    hospital.faults.submit.push(noQuorum('timeout'));
    const prepared: string[] = [];
    const { transactionId } = await ledger.submit(handOff('HospitalMSP'), {
      onPrepared: (id) => Promise.resolve(void prepared.push(id)),
    });
    expect(prepared).toEqual([transactionId]);
    expect(network.submitted).toEqual([transactionId]);
  });

  test('for good has an unknown outcome', async () => {
    for (const peer of network.peers) {
      peer.faults.submit.push(...(Array(20).fill(noQuorum('timeout')) as []));
    }
    const prepared: string[] = [];
    const lost = ledger.submit(handOff('HospitalMSP'), {
      onPrepared: (id) => Promise.resolve(void prepared.push(id)),
    });
    await expect(lost).rejects.toMatchObject({ kind: 'unknown-outcome' });
    await expect(lost).rejects.toMatchObject({ transactionId: prepared[0] });
  });

  test.each([
    'channel does not exist',
    'channel creation request not allowed because the orderer system channel is not defined',
  ])('because an orderer has not joined is sent again: %s', async (info) => {
    const message = `received unsuccessful response from orderer: status=BAD_REQUEST, info=${info}`;
    hospital.faults.submit.push({ code: ABORTED, message });
    const { transactionId } = await ledger.submit(handOff('HospitalMSP'));
    expect(network.submitted).toEqual([transactionId]);
  });

  test('because the orderers refuse it is a contract error', async () => {
    const info = 'received unsuccessful response from orderer: status=FORBIDDEN, info=expired';
    hospital.faults.submit.push({ code: ABORTED, message: info });
    await expect(ledger.submit(handOff('HospitalMSP'))).rejects.toMatchObject({ kind: 'contract' });
  });
});

describe('an accepted transaction', () => {
  test('that no block holds in time has an unknown outcome', async () => {
    network.order = () => undefined;
    await expect(ledger.submit(handOff('HospitalMSP'))).rejects.toMatchObject({
      kind: 'unknown-outcome',
      message: expect.stringMatching(
        /was accepted for ordering, and no block held it after 500 ms$/,
      ) as unknown,
    });
  });

  test('that the orderers lost, having died, is sent again, the very same', async () => {
    const order = network.order.bind(network);
    const envelopes: Uint8Array[] = [];
    network.order = (transactionId, envelope) => {
      if (envelopes.push(envelope) > 1) order(transactionId, envelope);
    };
    const patient = network.open({ deadlines: { commit: 20_000 } });
    try {
      const { transactionId } = await patient.submit(handOff('HospitalMSP'));
      expect(network.submitted).toEqual([transactionId]);
      expect(envelopes).toHaveLength(2);
      expect(envelopes[1]).toEqual(envelopes[0]);
    } finally {
      await patient.close();
    }
  });

  test('is waited for at another peer when the first one dies', async () => {
    hospital.faults.commitStatus.push({ code: UNAVAILABLE, message: 'Connection dropped' });
    expect(await ledger.submit(handOff('HospitalMSP'))).toMatchObject({ block: 1 });
    expect(lab.calls).toEqual(['commitStatus']);
  });

  test('is waited for at another peer when no block reaches the first one', async () => {
    hospital.behind = 1;
    const patient = network.open({ deadlines: { commit: 20_000 } });
    const started = performance.now();
    try {
      expect(await patient.submit(handOff('HospitalMSP'))).toMatchObject({ block: 1 });
      expect(performance.now() - started).toBeLessThan(6_000);
      expect(lab.calls).toEqual(['commitStatus']);
    } finally {
      await patient.close();
    }
  });
});
