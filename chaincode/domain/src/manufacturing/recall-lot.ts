import { z } from 'zod';
import { ofLotRecall } from '../annulling/recall.js';
import type { Command } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { lotId } from '../values/identifiers.js';
import type { Claim } from '../nouns/alarm.js';
import { type EarlyRecall, recallOf } from '../nouns/early-recall.js';
import type { Lot } from '../nouns/lot.js';
import { besides } from '../nouns/said-too.js';
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
  roles: ['operator', 'lab', 'quality', 'release-person', 'safety-officer'],
  signature: 'own',
  annexes: [],
  body: recallLotBody,
  scope: (body) => ({ kind: 'lot', id: body.lot }),
  reads: async (reader, { body }, { actor: { organisation } }) => ({
    existing: await reader.get('lot', { id: body.lot }),
    early: await reader.get('early-recall', earlyRecallOfLot(body.lot, organisation)),
  }),
  standing: ({ existing }, { body }, context) =>
    alarmUnless(ofOwner(existing, context), claimOf(body)),
  annulling: ofLotRecall,
  decide: decideRecallLot,
});

/**
 * A lot is called back by whom it belongs to (D2). Nothing but the lot's own record is written, which every gate reads of
 * each lot upstream; whom it concerns is listed from its uses. A lot that nobody has registered is nobody's: it is
 * recalled from its registration on where who recalled it registers it, and for anybody else who does the word is an
 * alarm. A registration in error is one no more, and whoever registers the lot anew registers it as recalled.
 */
export function decideRecallLot(
  state: {
    readonly existing: Lot | undefined;
    /** the recall by the same organisation before there is a lot */
    readonly early?: EarlyRecall | undefined;
  },
  command: Command<z.infer<typeof recallLotBody>>,
  context: Context,
): FactDecision {
  const recording = new Recording(command, context);
  const { lot: id, reason } = command.body;
  const { existing: lot, early } = state;
  const recall = { ...signedBy(command, context), reason };
  if (lot) recording.put({ ...lot, recall: besides(lot.recall, recall) });
  else {
    const where = earlyRecallOfLot(id, context.actor.organisation);
    const said = besides(recallOf(early)?.recall, recall);
    recording.put({ noun: 'early-recall', ...where, recall: said });
  }
  if (lot && !lot.annulled) return recording.done();
  recording.deviate({ code: 'UNKNOWN_LOT', classification: 'critical', found: id });
  return { ...recording.done(), claims: lot ? [] : [claimOf(command.body)] };
}

function claimOf({ lot: id, reason }: z.infer<typeof recallLotBody>): Claim {
  return { subject: { kind: 'lot', id }, claim: reason === 'identity' ? 'identity' : 'other' };
}

/** Where an organisation's recall of a lot stands until the lot is registered. */
export function earlyRecallOfLot(id: string, organisation: string) {
  return { scope: { kind: 'lot', id }, subject: `lot ${id}`, organisation } as const;
}
