import type { Role } from '@veinledger/chaincode/domain';
import { z } from 'zod';
import { ProblemError } from '../problems/problem.js';
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
  const left = roles.filter((role) => role === 'patient' || named.data.includes(role));
  if (left.length > 0) return left;
  throw new ProblemError({
    status: 403,
    code: 'ROLES_DENIED',
    detail: "the token names none of the actor's roles",
    field: 'authorization',
    expected: roles.join(),
  });
}
