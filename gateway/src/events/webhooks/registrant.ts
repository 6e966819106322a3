import type { Caller } from '../../auth/caller.js';
import type { HolderOf } from '../../auth/lasting-grant.js';
import type { StoredHook } from './hook.js';

/**
 * For whom a hook is served: its registrant, as they hold what they registered. Undefined while it is suspended.
 * @throws LedgerError when the ledger cannot answer
 */
export function registrantOf(
  {
    registrant: actor,
    roles = [],
    algorithm,
  }: Pick<StoredHook, 'registrant' | 'roles' | 'algorithm'>,
  holderOf: HolderOf,
): Promise<Caller | undefined> {
  return holderOf({ actor, roles, algorithm });
}
