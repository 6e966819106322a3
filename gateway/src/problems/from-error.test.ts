import { ERROR_CODES, VeinledgerError } from '@veinledger/domain';
import { describe, expect, test } from '@jest/globals';
import { LedgerError, type LedgerErrorKind } from '@veinledger/ledger';
import { problemOf } from './from-error.js';
import { ProblemError } from './problem.js';

const details = { field: 'body.coi', expected: 'a {CoI}', found: '"}' };
const refusal = new VeinledgerError(
  'UNKNOWN_COI',
  'no therapy has this chain of identity',
  details,
);
const told = {
  status: 404,
  code: 'UNKNOWN_COI',
  detail: 'no therapy has this chain of identity',
  ...details,
};

describe('what the gateway answers to an error', () => {
  test("is the domain's code with field, expected and found", () => {
    expect(problemOf(refusal)).toEqual(told);
  });

  test.each([
    refusal.message,
    `rpc error: code = 2, chaincode response 500, ${refusal.message} (peer0.lab.example)`,
    `${refusal.message}\nSIGNATURE_INVALID: quoted from elsewhere`,
  ])("reads the contract's code through the peer's wrapping", (message) => {
    expect(problemOf(new LedgerError('contract', message))).toEqual(told);
  });

  test('does not take the end of a longer code for another code', () => {
    const message = 'ANNEX_SCHEMA_VIOLATION: the content does not fit its schema {}';
    expect(problemOf(new LedgerError('contract', message))).toMatchObject({
      code: 'ANNEX_SCHEMA_VIOLATION',
    });
  });

  test.each([...ERROR_CODES])('is never a failure of the server for %s', (code) => {
    const { status } = problemOf(new VeinledgerError(code, 'why'));
    expect(status).toBeGreaterThanOrEqual(400);
    // the transaction's time is the gateway's, not the caller's
    if (code === 'TRANSACTION_TIME_OFF') expect(status).toBe(503);
    else expect(status).toBeLessThan(500);
  });

  test.each<[LedgerErrorKind, number, string]>([
    ['conflict', 409, 'CONFLICT'],
    ['mismatch', 502, 'ENDORSEMENT_MISMATCH'],
    ['unknown-outcome', 504, 'UNKNOWN_OUTCOME'],
    ['damaged', 500, 'LEDGER_DAMAGED'],
    ['unavailable', 503, 'LEDGER_UNAVAILABLE'],
    ['contract', 502, 'LEDGER_REFUSED'],
  ])('of the kind %s is %d %s with the transaction', (kind, status, code) => {
    const error = new LedgerError(kind, 'peer1 said so', { transactionId: 'abc' });
    expect(problemOf(error)).toMatchObject({ status, code, transactionId: 'abc' });
  });

  test('names a transaction that is too large for the ledger', () => {
    const message = 'TRANSACTION_TOO_LARGE: expected at most 512000 bytes, found 600000';
    expect(problemOf(new LedgerError('contract', message))).toMatchObject({
      status: 413,
      code: 'TRANSACTION_TOO_LARGE',
    });
  });

  test('tells nothing of an error that nobody foresaw', () => {
    const told = JSON.stringify(problemOf(new Error('patient-7 is in /var/lib')));
    expect(told).toContain('INTERNAL_ERROR');
    expect(told).not.toContain('patient-7');
  });

  test('is the problem itself where there is one', () => {
    const problem = { status: 403, code: 'ACTOR_MISMATCH', detail: 'not the caller' };
    expect(problemOf(new ProblemError(problem))).toEqual(problem);
  });
});
