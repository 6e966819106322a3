import { z } from 'zod';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import { lineOf } from '../gates/order-line.js';
import { readWholeTherapy, type WholeTherapy } from '../graph/whole-therapy.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { onlyParties } from '../standing/refuse.js';
import { coi } from '../values/identifiers.js';
import { lineNumber } from './order-line-body.js';
import { reasonsOfReplaced, reasonsOfStanding } from './line-in-force.js';

const cancelLineBody = z.strictObject({ coi, dose: lineNumber });

export const cancelLine = definePermission({
  type: 'therapy:CancelLine',
  roles: ['clinician'],
  signature: 'own',
  annexes: [],
  body: cancelLineBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const whole = await readWholeTherapy(reader, body.coi);
    return { whole, therapy: whole.therapy };
  },
  standing: ({ therapy }, _command, context) => onlyParties(therapy, context),
  annulling: 'never',
  decide: decideCancelLine,
});

/**
 * A physician cancels what is still to be given on a line of the order. Whoever wants it given after all orders a line in
 * its place.
 */
export function decideCancelLine(
  { whole, therapy }: { readonly whole: WholeTherapy; readonly therapy: Therapy },
  command: Command<z.infer<typeof cancelLineBody>>,
  context: Context,
): PermissionDecision {
  const { dose } = command.body;
  const line = lineOf(whole, dose);
  const subject = `dose line ${dose}`;
  if (!line || line.annulled) {
    return {
      decision: 'refused',
      reasons: [{ code: 'DOSE_NOT_ORDERED', subject, found: `${dose}` }],
    };
  }
  const reasons: readonly Reason[] = [
    ...reasonsOfReplaced(whole, dose),
    ...(line.cancelled ? [{ code: 'ORDER_LINE_CANCELLED' as const, subject }] : []),
    ...reasonsOfStanding(whole, dose, context.transactionTime),
  ];
  const cancelled = signedBy(command, context);
  return permitUnless(reasons, () => [
    {
      ...therapy,
      orderLines: therapy.orderLines.map((each) => (each === line ? { ...each, cancelled } : each)),
    },
  ]);
}
