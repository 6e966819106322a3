import { z } from 'zod';
import { type Command, consortiumScope, definePermission } from '../command.js';
import { type Context, permitUnless, type PermissionDecision } from '../decision.js';
import { actorId } from '../identifiers.js';
import type { Reason } from '../record.js';
import type { Actor } from './actor.js';

export const revokeActor = definePermission({
  type: 'registry:RevokeActor',
  roles: ['registrar'],
  annexes: [],
  body: z.strictObject({
    actor: actorId,
    reason: z.enum(['left', 'key-lost', 'key-compromised', 'role-ended', 'error']),
  }),
  scope: consortiumScope,
});

/**
 * A registrar ends an actor of its own organisation. From the commit on the actor signs nothing new, whatever
 * `at` its commands carry; what it signed before stays valid by ledger order.
 */
export function decideRevoke(
  state: { readonly target: Actor | undefined },
  command: Command<z.infer<typeof revokeActor.body>>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const { target } = state;
  const subject = `actor ${body.actor}`;
  if (!target) return { outcome: 'refused', reasons: [{ code: 'NO_SUCH_ACTOR', subject }] };
  const reasons: Reason[] = [];
  if (target.organisation !== context.actor.organisation) {
    reasons.push({
      code: 'FOREIGN_ACTOR',
      subject,
      expected: context.actor.organisation,
      found: target.organisation,
    });
  }
  if (target.revocation)
    reasons.push({ code: 'ALREADY_REVOKED', subject, found: target.revocation.at });
  return permitUnless(reasons, () => [
    {
      ...target,
      revocation: { at: context.transactionTime, by: command.actor, reason: body.reason },
    },
  ]);
}
