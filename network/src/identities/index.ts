export {
  FABRIC_ATTRIBUTES_OID,
  identityAttributes,
  RELAY_ATTRIBUTE,
  ROLES_ATTRIBUTE,
} from './attributes.js';
export { createCertificateAuthority } from './authority.js';
export { issueIdentity, type ClientIdentity, type IdentityRequest } from './identity.js';
export type { KeyedCertificate } from './keys.js';
export { issueMemberIdentities, ROLE_WITHOUT_IDENTITY, type MemberIdentities } from './member.js';
export { issueTlsCertificate, type TlsCertificateRequest } from './tls.js';
export { certificateNumber } from './number.js';
export { readWallet, RELAY_LABEL, writeWallet, type Wallet, type WalletEntry } from './wallet.js';
