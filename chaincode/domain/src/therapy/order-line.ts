import { z } from 'zod';
import { ofOrderLine } from '../annulling/therapy.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import { reasonsOfHalt } from '../gates/blocks.js';
import { lineOf, remainderOf } from '../gates/order-line.js';
import { readWholeTherapy, type WholeTherapy } from '../graph/whole-therapy.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { onlyParties } from '../standing/refuse.js';
import { coi } from '../values/identifiers.js';
import { reasonsOfReplaced, reasonsOfStanding } from './line-in-force.js';
import { lineNumber, orderLineBody } from './order-line-body.js';

const orderLineCommandBody = z.strictObject({
  coi,
  /** the line of which something remains: it takes no more from then on; left out, a dose is added */
  replaces: lineNumber.optional(),
  line: orderLineBody,
  /** the physician's word to have seen the patient since */
  patientSeen: z.boolean(),
});

export const orderLine = definePermission({
  type: 'therapy:OrderLine',
  roles: ['clinician'],
  signature: 'own',
  annexes: [],
  body: orderLineCommandBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const whole = await readWholeTherapy(reader, body.coi);
    return { whole, therapy: whole.therapy };
  },
  standing: ({ therapy }, _command, context) => onlyParties(therapy, context),
  annulling: ofOrderLine,
  decide: decideOrderLine,
});
type Body = z.infer<typeof orderLineCommandBody>;

export interface OrderLineState {
  readonly whole: WholeTherapy;
  readonly therapy: Therapy;
}

/**
 * A physician orders anew what remains of a line (A7): what was spilt or not given, or what an administration that was
 * entered in error left the line used for (G3). The new line stands in the place of the other. Or a dose is added.
 */
export function decideOrderLine(
  { whole, therapy }: OrderLineState,
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const { line, replaces } = body;
  const reasons: readonly Reason[] = [
    ...reasonsOfHalt(therapy),
    ...reasonsOfNumber(whole, line.dose),
    ...(body.patientSeen
      ? []
      : [{ code: 'PATIENT_NOT_SEEN' as const, subject: `therapy ${body.coi}` }]),
    ...reasonsOfRemainder(whole, body, context.transactionTime),
  ];
  return permitUnless(reasons, () => [
    {
      ...therapy,
      orderLines: [
        ...therapy.orderLines,
        {
          ...line,
          ...(replaces === undefined ? {} : { replaces }),
          ordered: signedBy(command, context),
        },
      ],
    },
  ]);
}

function reasonsOfNumber(whole: WholeTherapy, number: number): readonly Reason[] {
  if (!lineOf(whole, number)) return [];
  return [{ code: 'DOSE_ORDERED_TWICE', subject: `dose line ${number}` }];
}

function reasonsOfRemainder(
  whole: WholeTherapy,
  { replaces, line: { containers = 1 } }: Body,
  at: string,
): readonly Reason[] {
  if (replaces === undefined) return [];
  const replaced = lineOf(whole, replaces);
  const subject = `dose line ${replaces}`;
  if (!replaced) return [{ code: 'DOSE_NOT_ORDERED', subject, found: `${replaces}` }];
  const taken = reasonsOfReplaced(whole, replaces);
  if (taken.length > 0) return taken;
  const remainder = remainderOf(whole, replaced);
  return [
    ...reasonsOfStanding(whole, replaces, at),
    ...(containers <= remainder
      ? []
      : [
          {
            code: 'AMOUNT_EXCEEDED' as const,
            subject,
            expected: `at most ${Math.max(0, remainder)}`,
            found: `${containers}`,
          },
        ]),
  ];
}
