import { issueIdentity } from './identity.js';
import type { KeyedCertificate } from './keys.js';
import { RELAY_LABEL, type WalletEntry } from './wallet.js';

/** The role that acts without a certificate, and that of who speaks for them: any member's relay identity carries its commands. */
export const ROLE_WITHOUT_IDENTITY = 'patient';

export interface MemberIdentities {
  readonly mspId: string;
  readonly authority: KeyedCertificate;
  /** every role that the member may grant */
  readonly roles: readonly string[];
}

/**
 * Issues what a member's gateway needs: one identity per role, labelled with the role, and one `relay`
 * identity. Patients have no certificate, so that role gets none.
 */
export async function issueMemberIdentities(member: MemberIdentities): Promise<WalletEntry[]> {
  const { mspId, authority } = member;
  const issuer = {
    mspId,
    caCertificatePem: authority.certificate,
    caKeyPem: authority.privateKey,
  };
  const roles = member.roles.filter((role) => role !== ROLE_WITHOUT_IDENTITY);
  const entries = roles.map(async (role) => ({
    label: role,
    identity: await issueIdentity({ ...issuer, commonName: role, roles: [role] }),
  }));
  const relay = issueIdentity({ ...issuer, commonName: RELAY_LABEL, roles: [], relay: true });
  return [...(await Promise.all(entries)), { label: RELAY_LABEL, identity: await relay }];
}
