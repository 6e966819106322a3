import { z } from 'zod';
import type { Role } from '../values/roles.js';

/**
 * How an organisation stands in the consortium. Who is suspended or has left acts no more and has no vote; what its
 * people said before stays.
 */
export const standing = z.enum(['active', 'suspended', 'left']);
export type Standing = z.infer<typeof standing>;

/** A member of the consortium. */
export interface Organisation {
  readonly noun: 'organisation';
  /** its MSP id */
  readonly id: string;
  /** ISO 3166-1 alpha-2: where its peers and vaults stand */
  readonly country: string;
  /** the roles that its registrars may grant */
  readonly grantable: readonly Role[];
  /** actors who sign for it: one at least, each alone */
  readonly registrars: readonly string[];
  readonly standing: Standing;
}
