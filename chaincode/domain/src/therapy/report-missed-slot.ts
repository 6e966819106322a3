import { z } from 'zod';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, type FactDecision, Recording, saidAgain } from '../commands/decision.js';
import { defineFact } from '../commands/define.js';
import type { MissedSlot } from '../nouns/missed-slot.js';
import { principalOf, signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { alarmUnless } from '../standing/claim.js';
import { ofParty } from '../standing/people.js';
import { coi, localId } from '../values/identifiers.js';
import { ROLES } from '../values/roles.js';
import { reasonOfMissedSlot } from '../values/words.js';
import { lineNumber } from './order-line-body.js';

const reportMissedSlotBody = z.strictObject({
  coi,
  missedSlot: localId,
  slot: localId,
  dose: lineNumber.optional(),
  reason: reasonOfMissedSlot,
});

const NEVER_AT_A_SLOT: readonly string[] = ['proxy', 'payer', 'sponsor', 'auditor', 'registrar'];

export const reportMissedSlot = defineFact({
  type: 'therapy:ReportMissedSlot',
  roles: ROLES.filter((role) => !NEVER_AT_A_SLOT.includes(role)),
  signature: 'delegable',
  annexes: [],
  body: reportMissedSlotBody,
  scope: therapyScope,
  reads: async (reader, { body }) => ({
    therapy: await reader.therapy(body.coi),
    existing: await reader.get('missed-slot', { coi: body.coi, id: body.missedSlot }),
  }),
  standing: ({ therapy }, { body }, context) =>
    alarmUnless(ofParty(therapy, context), {
      subject: { kind: 'therapy', coi: body.coi },
      claim: 'other',
    }),
  annulling: 'never',
  decide: decideReportMissedSlot,
});

/**
 * A booked time was missed. It stops nothing: what was to happen then has not begun, and its gates are asked when it does.
 * A coordinator books another slot.
 */
export function decideReportMissedSlot(
  { existing }: { readonly therapy: Therapy; readonly existing: MissedSlot | undefined },
  command: Command<z.infer<typeof reportMissedSlotBody>>,
  context: Context,
): FactDecision {
  const { coi: ofTherapy, missedSlot, slot, dose, reason } = command.body;
  if (existing && principalOf(existing.reported) === context.principal) return saidAgain();
  const recording = new Recording(command, context);
  if (existing) {
    const finding = { code: 'IDENTIFIER_TAKEN', classification: 'minor' } as const;
    return recording.deviate({ ...finding, found: missedSlot }).done();
  }
  return recording
    .put({
      noun: 'missed-slot',
      ...{ coi: ofTherapy, id: missedSlot, slot, reason },
      ...(dose === undefined ? {} : { dose }),
      reported: signedBy(command, context),
    })
    .done();
}
