import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { p256 } from '@noble/curves/nist.js';
import { lowSSigner } from './x509-signer.js';

const pem = { type: 'pkcs8', format: 'pem' } as const;
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const keyPem = privateKey.export(pem).toString();

describe('a submitter’s signature', () => {
  const messages = Array.from({ length: 64 }, (_, at) => Buffer.from(`proposal ${at}`));

  test('holds over the message, as any ECDSA P-256 verifier sees it', async () => {
    const sign = lowSSigner(keyPem);
    const publicKey = createPublicKey(privateKey);
    for (const message of messages) {
      expect(verify('sha256', message, publicKey, await sign(message))).toBe(true);
    }
    expect(verify('sha256', Buffer.from('other'), publicKey, await sign(Buffer.from('one')))).toBe(
      false,
    );
  });

  test('has the low S that Fabric asks for', async () => {
    const sign = lowSSigner(keyPem);
    for (const message of messages) {
      const signature = p256.Signature.fromBytes(await sign(message), 'der');
      expect(signature.hasHighS()).toBe(false);
    }
  });

  test('takes a key on P-256 only', () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
    expect(() => lowSSigner(other.export(pem).toString())).toThrow(
      'privateKey: expected an EC key on P-256, found secp384r1',
    );
  });
});
