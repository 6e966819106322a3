import { z } from 'zod';
import { ofDeviation } from '../annulling/quality.js';
import { investigationContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import type { BlockableEntity } from '../nouns/registry.js';
import { coi } from '../values/identifiers.js';
import { nameOf, type SubjectRef, subjectRef } from '../nouns/subject.js';
import type { Therapy } from '../nouns/therapy.js';
import { STAFF_ROLES } from '../values/roles.js';
import { classification } from '../values/words.js';
import { alarmUnless } from '../standing/claim.js';
import { ofParty } from '../standing/people.js';

const reportDeviationBody = z.strictObject({
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
});

export const reportDeviation = defineFact({
  type: 'manufacturing:ReportDeviation',
  // everybody but the patient, who tells of adverse events, and those who only look on or govern (G4)
  roles: STAFF_ROLES,
  signature: 'delegable',
  annexes: [{ name: 'investigation', required: false, content: investigationContent }],
  body: reportDeviationBody,
  scope: therapyScope,
  reads: async (reader, { body }) => ({
    therapy: await reader.therapy(body.coi),
    subject: await reader.subject(body.subject),
  }),
  standing: ({ therapy }, { body: { subject, code } }, context) =>
    alarmUnless(ofParty(therapy, context), {
      subject,
      claim: code === 'IDENTITY_SUSPECTED' ? 'identity' : 'other',
    }),
  annulling: ofDeviation,
  decide: decideReportDeviation,
});

/** What a command names, where the records of its therapy may tell it (H2). */
export function nameOfSubject(body: { readonly coi: string; readonly subject: SubjectRef }) {
  return body.subject.coi === body.coi ? nameOf(body.subject) : 'a thing of another therapy';
}

/**
 * Somebody saw that something went otherwise than agreed. What the ledger does not know, or knows under another
 * therapy, stops the whole therapy; the other therapy's thing is stopped too.
 */
export function decideReportDeviation(
  state: { readonly therapy: Therapy; readonly subject: BlockableEntity | undefined },
  command: Command<z.infer<typeof reportDeviationBody>>,
  context: Context,
): FactDecision {
  const { body } = command;
  const { therapy, subject } = state;
  const own = subject?.coi === therapy.coi ? subject : undefined;
  const found = nameOfSubject(body);
  const finding = { code: body.code, classification: body.classification, found };
  const recording = new Recording(command, context)
    .about(own ?? therapy)
    .deviate(finding, own ?? therapy);
  if (subject && !own) {
    recording.deviate(
      {
        code: 'FOREIGN_SUBJECT',
        classification: 'critical',
        expected: 'a thing of the therapy named',
        found,
      },
      subject,
      therapy,
    );
  }
  return recording.done();
}
