export { type Authority, type AuthorityKind } from './authority.js';
export { memberCertificates, type CertificateUse, type MemberCertificate } from './certificates.js';
export { ending, validUntil } from './ending.js';
export { enrol } from './enrol.js';
export type { Enrolment, IdentityType } from './enrolment.js';
export { writeInOneStep, writeKeyPair, type AuthorityCertificates } from './msp.js';
export {
  authorityOf,
  issue,
  makeAdministration,
  makeMemberIdentities,
  type MemberIdentitiesRequest,
} from './member.js';
export { revocationList, revokeCertificate, revokeCertificates } from './revoke.js';
export { withAuthority } from './running.js';
export { authorityProcess, prepareAuthority } from './server.js';
