import { z } from 'zod';
import { ofLotRecall } from '../annulling/shared.js';
import type { Command } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { lotId } from '../values/identifiers.js';
import type { Lot } from '../nouns/lot.js';
import { signedBy } from '../nouns/signed.js';
import { alarmUnless } from '../standing/claim.js';
import { ofOwner } from '../standing/people.js';

const recallLotBody = z.strictObject({
  lot: lotId,
  reason: z.enum([
    'sterility',
    'identity',
    'contamination',
    'potency',
    'stability',
    'supplier-notice',
    'regulator',
  ]),
});

export const recallLot = defineFact({
  type: 'manufacturing:RecallLot',
  roles: ['quality', 'release-person', 'safety-officer'],
  signature: 'own',
  annexes: [],
  body: recallLotBody,
  scope: (body) => ({ kind: 'lot', id: body.lot }),
  reads: async (reader, { body }) => ({ existing: await reader.get('lot', { id: body.lot }) }),
  standing: ({ existing }, { body: { lot: id } }, context) =>
    alarmUnless(existing !== undefined && ofOwner(existing, context), {
      subject: { kind: 'lot', id },
      claim: 'other',
    }),
  annulling: ofLotRecall,
  decide: decideRecallLot,
});

/**
 * A lot is called back by whom it belongs to (D2). Nothing but the lot's own record is written, which every gate reads of
 * each lot upstream; whom it concerns is listed from its uses. What was registered by mistake
 * has no record to stand in, and of what nobody registered the word is an alarm.
 */
export function decideRecallLot(
  state: { readonly existing: Lot | undefined },
  command: Command<z.infer<typeof recallLotBody>>,
  context: Context,
): FactDecision {
  const recording = new Recording(command, context);
  const { body } = command;
  const { existing: lot } = state;
  if (!lot || lot.annulled !== undefined) {
    const finding = { code: 'UNKNOWN_LOT', classification: 'critical', found: body.lot } as const;
    return recording.deviate(finding).done();
  }
  const recall = lot.recall ?? { ...signedBy(command, context), reason: body.reason };
  return recording.put({ ...lot, recall }).done();
}
