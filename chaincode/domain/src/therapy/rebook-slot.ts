import { z } from 'zod';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import { reasonsOfHalt } from '../gates/blocks.js';
import type { MissedSlot } from '../nouns/missed-slot.js';
import { signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { onlyParties } from '../standing/refuse.js';
import { coi, localId } from '../values/identifiers.js';

const rebookSlotBody = z.strictObject({ coi, missedSlot: localId, slot: localId });

export const rebookSlot = definePermission({
  type: 'therapy:RebookSlot',
  roles: ['coordinator', 'clinician'],
  signature: 'delegable',
  annexes: [],
  body: rebookSlotBody,
  scope: therapyScope,
  reads: async (reader, { body }) => ({
    therapy: await reader.therapy(body.coi),
    missed: await reader.get('missed-slot', { coi: body.coi, id: body.missedSlot }),
  }),
  standing: ({ therapy }, _command, context) => onlyParties(therapy, context),
  annulling: 'never',
  decide: decideRebookSlot,
});

/**
 * Another slot stands in the place of the one that was missed, on the line of the order too that it was booked for. The last
 * word counts.
 */
export function decideRebookSlot(
  { therapy, missed }: { readonly therapy: Therapy; readonly missed: MissedSlot | undefined },
  command: Command<z.infer<typeof rebookSlotBody>>,
  context: Context,
): PermissionDecision {
  const { missedSlot, slot } = command.body;
  const subject = `missed-slot ${missedSlot}`;
  if (!missed) return { decision: 'refused', reasons: [{ code: 'UNKNOWN_SLOT', subject }] };
  const booked = missed.rebooked?.slot ?? missed.slot;
  const isMeant = (line: Therapy['orderLines'][number]) =>
    line.dose === missed.dose && line.slot === booked;
  return permitUnless(reasonsOfHalt(therapy), () => [
    { ...missed, rebooked: { ...signedBy(command, context), slot } },
    ...(therapy.orderLines.some(isMeant)
      ? [
          {
            ...therapy,
            orderLines: therapy.orderLines.map((line) =>
              isMeant(line) ? { ...line, slot } : line,
            ),
          },
        ]
      : []),
  ]);
}
