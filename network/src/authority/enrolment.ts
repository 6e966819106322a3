import type { AuthorityKind } from './authority.js';

/** What an identity is: it becomes the organisational unit of its certificate. */
export type IdentityType = 'admin' | 'client' | 'orderer' | 'peer';

/** An identity that a member's authority knows, and the certificate that it is to have. */
export interface Enrolment {
  readonly kind: AuthorityKind;
  /** the common name of its certificates */
  readonly id: string;
  readonly type: IdentityType;
  /** names and addresses at which it is reached; none when it only connects or signs */
  readonly hosts?: readonly string[];
  /** written into its certificate, where chaincode reads them */
  readonly attributes?: Readonly<Record<string, string>>;
}
