import { describe, expect, test } from '@jest/globals';
import { failureOf } from './failure.js';
import { tlsFailureOf } from './tls-failure.js';

const URL = 'https://gateway.example:8443';
const thrown = (code: string) =>
  Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error('why'), { code }),
  });

describe('a connection that fails', () => {
  test.each([
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'CERT_HAS_EXPIRED',
    'CERT_NOT_YET_VALID',
    'CERT_REVOKED',
    'CERT_UNTRUSTED',
    'INVALID_CA',
    'INVALID_PURPOSE',
    'HOSTNAME_MISMATCH',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ])('by the certificate says so, and is final: %s', (code) => {
    const failure = tlsFailureOf(thrown(code), URL);
    expect(failure?.code).toBe('CERTIFICATE_REFUSED');
    expect(failure?.details.expected).toContain('gateway.example:8443');
    expect(failure?.details.found).toContain(code);
    expect(failureOf(failure)).toBe('final');
  });

  test.each([
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'NOT_TLS'],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'NOT_TLS'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'TLS_REFUSED'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'TLS_REFUSED'],
  ])('by what is spoken says so, and is final: %s', (code, told) => {
    const failure = tlsFailureOf(thrown(code), URL);
    expect([failure?.code, failureOf(failure)]).toEqual([told, 'final']);
  });

  test.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'UND_ERR_SOCKET'])(
    'by the network alone is none of TLS, and may be tried again: %s',
    (code) => {
      expect(tlsFailureOf(thrown(code), URL)).toBeUndefined();
    },
  );
});
