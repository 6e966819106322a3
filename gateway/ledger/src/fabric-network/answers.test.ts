import { describe, expect, test } from '@jest/globals';
import type { EndorsementResponse, ServiceError } from 'fabric-common';
import { readFailure } from '../fabric/failure.js';
import { answersOf, failureAt, requireAll } from './answers.js';

const mspIdOf = (name: string) => `${name}MSP`;
const connection = (name: string) => ({ connection: { name } });

/** What a peer answers; what its chaincode answers comes with a payload. */
const answered = (name: string, status: number, message: string, payload = '') =>
  ({
    ...connection(name),
    response: { status, message, payload: Buffer.of() },
    payload: Buffer.from(payload),
  }) as EndorsementResponse;
const unanswered = (name: string, message: string) =>
  Object.assign(new Error(message), connection(name)) as ServiceError;

const failureOf = (
  responses: readonly EndorsementResponse[],
  errors: readonly ServiceError[] = [],
) => {
  try {
    requireAll(answersOf({ responses: [...responses], errors: [...errors] }, mspIdOf));
  } catch (error) {
    return readFailure(error);
  }
  throw new Error('expected a failure, found none');
};

describe('what peers answer through fabric-network', () => {
  test('is taken when every one of them endorsed', () => {
    const responses = [answered('Hospital', 200, ''), answered('Lab', 200, '')];
    expect(requireAll(answersOf({ responses, errors: [] }, mspIdOf))).toEqual(responses);
  });

  test('is a contract’s refusal, in its words, where the chaincode answered', () => {
    const message = 'NOT_ENTITLED: expected a courier {}';
    expect(failureOf([answered('Hospital', 500, message, 'endorsed')])).toEqual({
      kind: 'contract',
      message,
      mspIds: ['HospitalMSP'],
    });
  });

  test('is no refusal where the peer could not reach its chaincode: another one may', () => {
    const message = 'error in simulation: could not launch chaincode: connection refused';
    expect(failureOf([answered('Lab', 200, ''), answered('Hospital', 500, message)])).toEqual({
      kind: 'unreachable',
      message,
      mspIds: ['HospitalMSP'],
    });
  });

  test('names every peer that did not answer', () => {
    const errors = [unanswered('Hospital', 'REQUEST TIMEOUT'), unanswered('Lab', '14 UNAVAILABLE')];
    expect(failureOf([answered('Manufacturer', 200, '')], errors)).toMatchObject({
      kind: 'unreachable',
      mspIds: ['HospitalMSP', 'LabMSP'],
    });
  });

  test('is a denial where the peer does not accept the submitter', () => {
    const text = '2 UNKNOWN: error validating proposal: access denied: channel [programme]';
    expect(readFailure(failureAt('HospitalMSP', new Error(text)))).toMatchObject({
      kind: 'denied',
    });
  });

  test('is the contract’s own error where the peer refuses the transaction’s time before it', () => {
    const text =
      '2 UNKNOWN: request unauthorized due to incorrect timestamp 2026-01-01T11:00:00Z, peer time 2026-01-01T12:00:00Z, peer.authentication.timewindow 15m0s';
    expect(failureOf([], [unanswered('Hospital', text)])).toMatchObject({
      kind: 'contract',
      message: expect.stringMatching(/^TRANSACTION_TIME_OFF: .*"found":"2026-01-01T11/) as unknown,
    });
  });
});
