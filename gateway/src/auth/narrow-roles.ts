import { isRelayed, type Role } from '@veinledger/domain';
import { z } from 'zod';
import { ProblemError } from '../problems/problem.js';
import type { Caller } from './caller.js';
import { unauthorised } from './unauthorised.js';

const listed = z.array(z.string());

/**
 * The roles in which an actor calls: those that the ledger has and the token's `roles` claim names; all of them
 * when the token has no such claim. A patient stays a patient whatever the token says, for that role takes away.
 * @throws ProblemError 401 TOKEN_INVALID for a claim that is no list, 403 ROLES_DENIED when none is left
 */
export function narrowRoles(roles: readonly Role[], claim: unknown): readonly Role[] {
  if (claim === undefined) return roles;
  const named = listed.safeParse(claim);
  if (!named.success) {
    throw unauthorised('TOKEN_INVALID', 'the roles claim is no list of roles', {
      expected: 'a list of strings',
    });
  }
  const left = commonRoles(roles, named.data);
  if (left.length > 0) return left;
  throw new ProblemError({
    status: 403,
    code: 'ROLES_DENIED',
    detail: "the token names none of the actor's roles",
    field: 'authorization',
    expected: roles.join(),
  });
}

/**
 * An actor as the ledger has it now, in the roles under which something of theirs was made that outlives the call, a
 * link or a webhook: what an identity provider took away stays away. Undefined when none of them is left.
 */
export function underRoles(actor: Caller, remembered: readonly string[]): Caller | undefined {
  const roles = commonRoles(actor.roles, remembered);
  return roles.length > 0 ? { ...actor, roles } : undefined;
}

function commonRoles(roles: readonly Role[], named: readonly string[]): readonly Role[] {
  return roles.filter((role) => isRelayed({ roles: [role] }) || named.includes(role));
}
