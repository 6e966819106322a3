import type { ActorDirectory } from './actor-directory.js';
import type { Caller } from './caller.js';
import { underRoles } from './narrow-roles.js';
import { type AlgorithmsNow, isTrusted } from './required-algorithms.js';

/** What is remembered of the call by which something was made that outlives it: a link, a webhook. */
export interface LastingGrant {
  /** the caller's id */
  readonly actor: string;
  /** in which they called */
  readonly roles: readonly string[];
  /** by which their token was signed; nobody holds the grant where it is not known */
  readonly algorithm?: string | undefined;
}

/**
 * Who holds a grant at the moment of asking: its caller as the ledger has them now, in no role that they called without;
 * undefined where they are revoked, have none of the roles any more, or members no longer sign by the token's algorithm.
 * @throws LedgerError when the ledger cannot answer
 */
export type HolderOf = (grant: LastingGrant) => Promise<Caller | undefined>;

/** Asks of what outlives a call what is asked of the token of each call. */
export function holdersBy(directory: ActorDirectory, algorithms: AlgorithmsNow): HolderOf {
  return async ({ actor: id, roles, algorithm }) => {
    if (!isTrusted(algorithm, await algorithms())) return undefined;
    const actor = await directory.find(id);
    if (actor === undefined || actor.revokedAt !== undefined) return undefined;
    return underRoles(actor, roles);
  };
}
