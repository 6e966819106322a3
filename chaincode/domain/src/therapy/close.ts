import { z } from 'zod';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import { lackingDisposal } from '../custody/disposal.js';
import type { Item } from '../nouns/item.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { isHalted, type Therapy } from '../nouns/therapy.js';
import { onlyQuality } from '../standing/refuse.js';
import { coi } from '../values/identifiers.js';

const closeTherapyBody = z.strictObject({ coi });

export const closeTherapy = definePermission({
  type: 'therapy:CloseTherapy',
  roles: ['quality'],
  signature: 'own',
  annexes: [],
  body: closeTherapyBody,
  scope: therapyScope,
  reads: async (reader, { body: { coi } }) => ({
    therapy: await reader.therapy(coi),
    items: await reader.range('item', { coi }),
  }),
  standing: ({ therapy }, _command, context) => onlyQuality(therapy, context),
  annulling: 'never',
  decide: decideCloseTherapy,
});

export interface CloseState {
  readonly therapy: Therapy;
  /** everything of it */
  readonly items: readonly Item[];
}

/** A halted therapy is closed when each of its things was destroyed, returned or put away to be kept, before a witness. */
export function decideCloseTherapy(
  { therapy, items }: CloseState,
  command: Command<z.infer<typeof closeTherapyBody>>,
  context: Context,
): PermissionDecision {
  const subject = `therapy ${therapy.coi}`;
  if (!isHalted(therapy))
    return { decision: 'refused', reasons: [{ code: 'NOT_HALTED', subject }] };
  const reasons: readonly Reason[] = [
    ...(therapy.closed ? [{ code: 'ALREADY_CLOSED' as const, subject }] : []),
    ...items.flatMap((item): readonly Reason[] => {
      const code = lackingDisposal(therapy, item);
      return code === undefined ? [] : [{ code, subject: `item ${item.id}`, found: item.custody }];
    }),
  ];
  return permitUnless(reasons, () => [{ ...therapy, closed: signedBy(command, context) }]);
}
