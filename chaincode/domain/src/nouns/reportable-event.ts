import { z } from 'zod';
import { code, coi, instant } from '../values/identifiers.js';
import { reportableKind } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

const reportSchema = signedSchema.extend({
  /** which of the reports that are owed, or another one */
  report: code,
  /** what counts against its clock, RFC 3339; when it happened, where this is absent */
  held: instant.exactOptional(),
  /** whole minutes after its time was over; 0 where it was not */
  overdueMinutes: z.int().min(0),
  /** that it was entered in error */
  annulled: signedSchema.exactOptional(),
});

const wordSchema = signedSchema.extend({ awareSince: instant, explanation: z.string() });

export const reportableEventSchema = z.strictObject({
  noun: z.literal('reportable-event'),
  coi,
  id: z.string(),
  kind: reportableKind,
  /** when somebody first knew of it: the earliest time that anybody said; from then on its clocks run */
  awareSince: instant,
  /** to what happened, in the annex */
  explanation: z.string(),
  opened: signedSchema,
  /** who told of it too, since when they knew, and what of it */
  toldToo: z.array(wordSchema).exactOptional(),
  reports: z.array(reportSchema),
});

/**
 * Something about a therapy that is owed to somebody outside within hours of first awareness: a safety report (ICH E2A,
 * III.B), a complaint or a suspected falsification (EU GMP, chapter 8), a field safety notice, a breach of personal data
 * (GDPR, article 33).
 */
export interface ReportableEvent extends ReadOnly<z.infer<typeof reportableEventSchema>> {}

export const reportableEventNoun = defineNoun<ReportableEvent>()({
  noun: 'reportable-event',
  schema: reportableEventSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});
