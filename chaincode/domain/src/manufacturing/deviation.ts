import { z } from 'zod';
import { investigationContent } from '../commands/annex.js';
import { type Command, defineFact, definePermission, therapyScope } from '../commands/command.js';
import {
  type Context,
  type FactDecision,
  permitUnless,
  type PermissionDecision,
  Recording,
} from '../commands/decision.js';
import type { BlockableEntity } from '../nouns/registry.js';
import { coi, localId } from '../values/identifiers.js';
import type { Reason } from '../nouns/reason.js';
import { principalOf, signedBy } from '../nouns/signed.js';
import { nameOf, reject, subjectRef, unblock } from '../nouns/subject.js';
import type { Therapy } from '../nouns/therapy.js';
import type { Deviation } from '../nouns/deviation.js';
import { dispositionDecision, classification } from '../values/words.js';

export const reportDeviation = defineFact({
  type: 'manufacturing:ReportDeviation',
  roles: [
    'lab',
    'designer',
    'operator',
    'quality',
    'pharmacist',
    'nurse',
    'clinician',
    'courier',
    'pathologist',
  ],
  signature: 'delegable',
  annexes: [{ name: 'investigation', required: false, content: investigationContent }],
  body: z.strictObject({
    coi,
    subject: subjectRef,
    code: z.enum([
      'PROCEDURE_NOT_FOLLOWED',
      'EQUIPMENT_FAULT',
      'CONTAMINATION_SUSPECTED',
      'IDENTITY_SUSPECTED',
      'DOCUMENTATION_FAULT',
      'INSUFFICIENT_MATERIAL',
      'ADVERSE_EVENT',
    ]),
    classification,
  }),
  scope: therapyScope,
});

/**
 * Somebody saw that something went otherwise than agreed. What the ledger does not know, or knows under another
 * therapy, stops the whole therapy; the other therapy's thing is stopped too.
 */
export function decideReportDeviation(
  state: { readonly therapy: Therapy; readonly subject: BlockableEntity | undefined },
  command: Command<z.infer<typeof reportDeviation.body>>,
  context: Context,
): FactDecision {
  const { body } = command;
  const { therapy, subject } = state;
  const own = subject?.coi === therapy.coi ? subject : undefined;
  const finding = {
    code: body.code,
    classification: body.classification,
    found: nameOf(body.subject),
  };
  const recording = new Recording(command, context).deviate(finding, own ?? therapy);
  if (subject && !own) {
    recording.deviate(
      {
        code: 'FOREIGN_SUBJECT',
        classification: 'critical',
        expected: therapy.coi,
        found: subject.coi,
      },
      subject,
      therapy,
    );
  }
  return recording.done();
}

export const recordDisposition = definePermission({
  type: 'manufacturing:RecordDisposition',
  roles: ['quality'],
  signature: 'own',
  annexes: [{ name: 'investigation', required: false, content: investigationContent }],
  body: z.strictObject({ coi, deviation: localId, decision: dispositionDecision }),
  scope: therapyScope,
});

export interface DispositionState {
  readonly deviation: Deviation | undefined;
  readonly subjects: readonly BlockableEntity[];
}

/**
 * Quality settles a deviation: its subjects may be used again, or never. Whoever caused it does not judge it,
 * and no disposition turns one patient's item into another's, because the gates compare chains of identity.
 */
export function decideDisposition(
  state: DispositionState,
  command: Command<z.infer<typeof recordDisposition.body>>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const { deviation } = state;
  const subject = `deviation ${body.deviation}`;
  if (!deviation) return { outcome: 'refused', reasons: [{ code: 'UNKNOWN_DEVIATION', subject }] };
  const reasons: Reason[] = [];
  if (deviation.disposition) {
    reasons.push({ code: 'ALREADY_DISPOSED', subject, found: deviation.disposition.decision });
  }
  if (principalOf(deviation.opened) === context.principal) {
    reasons.push({
      code: 'SAME_PERSON',
      subject,
      expected: 'another person than who caused it',
      found: context.principal,
    });
  }
  return permitUnless(reasons, () => [
    { ...deviation, disposition: { ...signedBy(command, context), decision: body.decision } },
    ...state.subjects.map((each) =>
      body.decision === 'permit-use'
        ? unblock(each, { kind: 'deviation', id: deviation.id }, signedBy(command, context))
        : reject(each, deviation.id),
    ),
  ]);
}
