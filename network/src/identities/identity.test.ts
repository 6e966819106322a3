import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import shim from 'fabric-shim';
import { createCertificateAuthority, issueIdentity, type ClientIdentity } from './index.js';

const authority = await createCertificateAuthority('HospitalMSP', 'ca.hospital.example');
const issuer = {
  mspId: 'HospitalMSP',
  caCertificatePem: authority.certificate,
  caKeyPem: authority.privateKey,
};

/** What chaincode sees of the identity that submitted a transaction. */
function seenByChaincode(identity: ClientIdentity) {
  const stub = {
    getCreator: () => ({ mspid: identity.mspId, idBytes: Buffer.from(identity.certificate) }),
    getChannelID: () => 'programme',
    getTxID: () => '0',
  };
  return new shim.ClientIdentity(stub as unknown as shim.ChaincodeStub);
}

describe('a client identity', () => {
  test('shows its roles to chaincode', async () => {
    const identity = await issueIdentity({
      ...issuer,
      commonName: 'ward 7',
      roles: ['nurse', 'collector'],
    });
    const seen = seenByChaincode(identity);
    expect(seen.getMSPID()).toBe('HospitalMSP');
    expect(seen.getAttributeValue('veinledger.roles')).toBe('nurse,collector');
    expect(seen.getAttributeValue('veinledger.relay')).toBeNull();
    expect(seen.getID()).toContain('/OU=client/CN=ward 7');
  });

  test('that relays for patients shows no role', async () => {
    const identity = await issueIdentity({
      ...issuer,
      commonName: 'relay',
      roles: [],
      relay: true,
    });
    const seen = seenByChaincode(identity);
    expect(seen.assertAttributeValue('veinledger.relay', 'true')).toBe(true);
    expect(seen.getAttributeValue('veinledger.roles')).toBeNull();
  });

  test('is signed by its organisation, is no authority itself and owns its key', async () => {
    const identity = await issueIdentity({ ...issuer, commonName: 'nurse', roles: ['nurse'] });
    const certificate = new X509Certificate(identity.certificate);
    const root = new X509Certificate(authority.certificate);
    expect(certificate.verify(root.publicKey)).toBe(true);
    expect(certificate.checkIssued(root)).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(certificate.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
    expect(identity.privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    const { createPrivateKey } = await import('node:crypto');
    expect(certificate.checkPrivateKey(createPrivateKey(identity.privateKey))).toBe(true);
  });

  test('does not outlive its organisation', async () => {
    const identity = await issueIdentity({
      ...issuer,
      commonName: 'nurse',
      roles: ['nurse'],
      notAfter: new Date('2200-01-01T00:00:00Z'),
    });
    const root = new X509Certificate(authority.certificate);
    expect(new X509Certificate(identity.certificate).validTo).toBe(root.validTo);
  });

  test.each([
    ['has neither role nor relay', { roles: [] }, /roles: expected at least one role or relay/],
    [
      'is a relay with a role',
      { roles: ['nurse'], relay: true },
      /none on a relay identity, found nurse/,
    ],
    ['has two roles in one name', { roles: ['nurse,registrar'] }, /found 'nurse,registrar'/],
    [
      'is over before it begins',
      { roles: ['nurse'], notAfter: new Date('2020-01-01T00:00:00Z') },
      /notAfter: expected a time to come, found 2020/,
    ],
  ])('is not issued when it %s', async (_case, request, message) => {
    await expect(issueIdentity({ ...issuer, commonName: 'x', ...request })).rejects.toThrow(
      message,
    );
  });

  test('is not issued with the key of another organisation, or by a certificate that is no authority', async () => {
    const other = await createCertificateAuthority('LabMSP', 'ca.lab.example');
    const nurse = { ...issuer, commonName: 'nurse', roles: ['nurse'] };
    await expect(issueIdentity({ ...nurse, caKeyPem: other.privateKey })).rejects.toThrow(
      'caKeyPem: expected the key of caCertificatePem, found another key',
    );
    const leaf = await issueIdentity(nurse);
    await expect(
      issueIdentity({ ...nurse, caCertificatePem: leaf.certificate, caKeyPem: leaf.privateKey }),
    ).rejects.toThrow('expected a certificate authority');
  });
});
