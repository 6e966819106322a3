import {
  createCertificateAuthority,
  issueMemberIdentities,
  type WalletEntry,
} from '@veinledger/network/identities';
import type { FoundingMember } from './consortium.js';

/** Certificate authorities of members that run no Fabric network, and the client identities they issued. */
export interface Authorities {
  /** PEM by MSP id */
  readonly certificates: Readonly<Record<string, string>>;
  readonly wallet: readonly WalletEntry[];
}

/** Makes one certificate authority for each member, and one client identity for each of its roles. */
export async function foundAuthorities(members: readonly FoundingMember[]): Promise<Authorities> {
  const certificates: Record<string, string> = {};
  const wallet: WalletEntry[] = [];
  for (const { mspId, roles, id } of members) {
    const authority = await createCertificateAuthority(mspId, `ca.${id}.example`);
    certificates[mspId] = authority.certificate;
    wallet.push(...(await issueMemberIdentities({ mspId, roles, authority })));
  }
  return { certificates, wallet };
}
