import { z } from 'zod';
import { type Command, consortiumScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { actorId } from '../values/identifiers.js';
import type { Reason } from '../nouns/reason.js';
import { ROLES } from '../values/roles.js';
import { signedBy } from '../nouns/signed.js';
import { isOpen } from './session.js';
import type { Session } from '../nouns/session.js';
import { everybodyEntitled } from '../standing/refuse.js';

const closeSessionBody = z.strictObject({ device: actorId });

export const closeSession = definePermission({
  type: 'registry:CloseSession',
  roles: ROLES,
  signature: 'device',
  annexes: [],
  body: closeSessionBody,
  scope: consortiumScope,
  reads: async (reader, { body }) => ({
    session: await reader.get('session', { device: body.device }),
  }),
  standing: everybodyEntitled,
  annulling: 'never',
  decide: decideCloseSession,
});

/** The person, the device itself or a registrar of their organisation ends a session before its time. */
export function decideCloseSession(
  { session }: { readonly session: Session | undefined },
  command: Command<z.infer<typeof closeSessionBody>>,
  context: Context,
): PermissionDecision {
  const subject = `actor ${command.body.device}`;
  if (!session || !isOpen(session, context.transactionTime)) {
    return { decision: 'refused', reasons: [{ code: 'NO_OPEN_SESSION', subject }] };
  }
  const { actor } = context;
  const registrar =
    actor.roles.includes('registrar') && actor.organisation === session.organisation;
  const own = actor.id === session.principal || actor.id === session.device;
  const reasons: Reason[] =
    own || registrar
      ? []
      : [
          {
            code: 'NOT_YOUR_SESSION',
            subject,
            expected: `${session.principal}, ${session.device} or a registrar of ${session.organisation}`,
            found: actor.id,
          },
        ];
  return permitUnless(reasons, () => [{ ...session, closed: signedBy(command, context) }]);
}
