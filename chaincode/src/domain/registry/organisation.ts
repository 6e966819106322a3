import type { Role } from '../roles.js';

/** A member of the consortium. */
export interface Organisation {
  readonly noun: 'organisation';
  /** its MSP id */
  readonly id: string;
  /** ISO 3166-1 alpha-2: where its peers and vaults stand */
  readonly country: string;
  /** the roles that its registrars may grant */
  readonly grantable: readonly Role[];
  readonly registrar: string;
}
