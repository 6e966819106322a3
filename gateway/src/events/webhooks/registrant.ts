import type { ActorDirectory } from '../../auth/actor-directory.js';
import type { Caller } from '../../auth/caller.js';
import { underRoles } from '../../auth/narrow-roles.js';
import type { StoredHook } from './hook.js';

/**
 * For whom a hook is served: its registrant as an active actor, in no role but those under which it was made.
 * Undefined while it is suspended.
 * @throws LedgerError when the ledger cannot answer
 */
export async function registrantOf(
  { registrant, roles = [] }: Pick<StoredHook, 'registrant' | 'roles'>,
  directory: ActorDirectory,
): Promise<Caller | undefined> {
  const actor = await directory.find(registrant);
  return actor?.revokedAt === undefined ? actor && underRoles(actor, roles) : undefined;
}
