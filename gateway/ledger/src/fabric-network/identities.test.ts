import { createPrivateKey, createPublicKey, verify } from 'node:crypto';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { p256 } from '@noble/curves/nist.js';
import { type TlsIdentity, selfSigned } from '../fabric-gateway/tls.fixture.js';
import './quiet.js';
import { Identities } from './identities.js';

/** What fabric-network itself loads. */
const loadOfFabric = createRequire(createRequire(import.meta.url).resolve('fabric-common'));

interface EllipticCurve {
  readonly ec: { readonly prototype: { sign: (...args: unknown[]) => unknown } };
}

describe('an identity in the wallet of fabric-network', () => {
  const messages = Array.from({ length: 64 }, (_, at) => Buffer.from(`proposal ${at}`));
  let certified: TlsIdentity;
  const submitter = () => ({ mspId: 'HospitalMSP', ...certified });
  const publicKey = () => createPublicKey(createPrivateKey(certified.privateKey));

  beforeAll(async () => {
    certified = await selfSigned('nurse.hospital.example');
  });

  test('signs natively, with low S, and never through elliptic', async () => {
    const { ec } = loadOfFabric('elliptic') as EllipticCurve;
    const signedByElliptic = jest.spyOn(ec.prototype, 'sign');
    const user = await new Identities().user(submitter());
    for (const message of messages) {
      const signature = user.getSigningIdentity().sign(message, undefined);
      expect(verify('sha256', message, publicKey(), signature)).toBe(true);
      expect(p256.Signature.fromBytes(signature, 'der').hasHighS()).toBe(false);
      expect(user.getIdentity().verify(message, signature, undefined)).toBe(true);
      expect(user.getIdentity().verify(Buffer.from('other'), signature, undefined)).toBe(false);
    }
    expect(signedByElliptic).not.toHaveBeenCalled();
    signedByElliptic.mockRestore();
  });

  test('is its member’s, and another one after it was renewed', async () => {
    const identities = new Identities();
    const user = await identities.user(submitter());
    expect(user.getMspid()).toBe('HospitalMSP');
    expect(await identities.user(submitter())).toBe(user);
    const renewed = await selfSigned('nurse.hospital.example');
    expect(await identities.user({ mspId: 'HospitalMSP', ...renewed })).not.toBe(user);
    expect(await (await identities.wallet).list()).toHaveLength(2);
  });

  test('with a key that cannot be used is refused, and not kept', async () => {
    const identities = new Identities();
    const broken = { ...submitter(), privateKey: 'none' };
    for (let times = 0; times < 2; times += 1) {
      await expect(identities.user(broken)).rejects.toMatchObject({
        kind: 'contract',
        message: expect.stringMatching(/^ACCESS_DENIED: submitter of HospitalMSP: /) as unknown,
      });
    }
  });

  test('is read and signs by the library’s own means too, with the jsrsasign that is pinned', async () => {
    const { User } = await import('fabric-common');
    const user = User.createUser(
      'nurse',
      '',
      'HospitalMSP',
      certified.certificate,
      certified.privateKey,
    );
    const [message = Buffer.of()] = messages;
    const signature = user.getSigningIdentity().sign(message, undefined);
    expect(verify('sha256', message, publicKey(), signature)).toBe(true);
    expect(user.getIdentity().verify(message, signature, undefined)).toBe(true);
    const version = (loadOfFabric('jsrsasign/package.json') as { version: string }).version;
    expect(Number(version.split('.')[0])).toBeGreaterThanOrEqual(11);
    const native = await new Identities().user(submitter());
    expect(native.getIdentity().serialize().equals(user.getIdentity().serialize())).toBe(true);
  });
});
