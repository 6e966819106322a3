import type { Role } from '../values/roles.js';
import type { Algorithm } from './algorithm.js';
import type { Standing } from './organisation.js';

/** What a change takes the place of, under the name of what it changes; empty where there was nothing. */
export interface Replaced {
  readonly standing?: Standing;
  /** ISO 3166-1 alpha-2 */
  readonly country?: string;
  readonly grantable?: readonly Role[];
  /** ids of the organisation's registrars */
  readonly registrars?: readonly string[];
  readonly algorithm?: Algorithm;
  /** of the process definition that members agreed on before */
  readonly hash?: string;
}
