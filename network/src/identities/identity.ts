import { fabricAttributes, identityAttributes } from './attributes.js';
import { issueCertificate } from './certificate.js';
import type { KeyedCertificate } from './keys.js';

/** An X.509 identity that submits transactions for an organisation. */
export interface ClientIdentity extends KeyedCertificate {
  readonly mspId: string;
}

export interface IdentityRequest {
  readonly mspId: string;
  /** the organisation's certificate authority, PEM */
  readonly caCertificatePem: string;
  /** the authority's private key, PEM, P-256 */
  readonly caKeyPem: string;
  readonly commonName: string;
  /** roles for which this identity may relay commands; empty on a relay identity */
  readonly roles: readonly string[];
  /** whether it carries patients' commands, and nothing else */
  readonly relay?: boolean;
  /** one year from now when left out; never later than the authority's own end */
  readonly notAfter?: Date;
}

/**
 * Issues a client identity: a P-256 certificate with OU=client, as Fabric's NodeOUs want it, and its
 * attributes where Fabric CA writes them.
 * @throws Error when roles and relay contradict each other, the authority's key does not belong to its
 * certificate, or notAfter has passed
 */
export async function issueIdentity(request: IdentityRequest): Promise<ClientIdentity> {
  const attributes = identityAttributes(request.roles, request.relay ?? false);
  const issued = await issueCertificate({
    authority: { certificate: request.caCertificatePem, privateKey: request.caKeyPem },
    subject: [{ OU: ['client'] }, { CN: [request.commonName] }],
    extensions: [fabricAttributes(attributes)],
    notAfter: request.notAfter,
  });
  return { mspId: request.mspId, ...issued };
}
