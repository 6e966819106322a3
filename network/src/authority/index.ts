export { authorityFiles, LIFETIME_DAYS, type Authority, type AuthorityKind } from './authority.js';
export { makeMemberIdentities, type MemberIdentitiesRequest } from './cryptogen.js';
export { enrol } from './enrol.js';
export type { Enrolment, IdentityType } from './enrolment.js';
export { writeKeyPair, writeMsp, writeOrganisation, type AuthorityCertificates } from './msp.js';
export { authorityProcess, prepareAuthority, waitForAuthority } from './server.js';
