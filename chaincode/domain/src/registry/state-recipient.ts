import { z } from 'zod';
import { type Command, consortiumScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { ageRecipient, type KeyShare } from '../nouns/key-share.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { everybodyEntitled } from '../standing/refuse.js';

const stateRecipientBody = z.strictObject({ recipient: ageRecipient });

export const stateRecipient = definePermission({
  type: 'registry:StateRecipient',
  roles: ['registrar'],
  signature: 'own',
  annexes: [],
  body: stateRecipientBody,
  scope: consortiumScope,
  reads: async (reader, { actor }) => ({
    share: await reader.get('key-share', { registrar: actor }),
  }),
  standing: everybodyEntitled,
  annulling: 'never',
  decide: decideStateRecipient,
});

/**
 * A registrar says for which recipient the person key is to be sealed to them. Another one than before opens nothing that
 * was sealed, which goes.
 */
export function decideStateRecipient(
  { share }: { readonly share: KeyShare | undefined },
  command: Command<z.infer<typeof stateRecipientBody>>,
  context: Context,
): PermissionDecision {
  const { actor: registrar, body } = command;
  const same = share?.recipient === body.recipient;
  const subject = `actor ${registrar}`;
  const reasons: readonly Reason[] = same
    ? [{ code: 'RECIPIENT_STATED', subject, expected: 'another recipient' }]
    : [];
  return permitUnless(reasons, () => [
    {
      noun: 'key-share',
      registrar,
      recipient: body.recipient,
      stated: signedBy(command, context),
    },
  ]);
}
