import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import type { PressureReport } from '../nouns/pressure-report.js';
import type { Scope } from '../nouns/scope.js';
import { signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { alarmUnless } from '../standing/claim.js';
import { coi, localId } from '../values/identifiers.js';
import { purpose } from '../values/words.js';

const reportPressureBody = z.strictObject({
  pressureReport: localId,
  /** the therapy that it is about, whose parties' safety officers are told; before there is one, the hospital's are */
  coi: coi.optional(),
  purpose: purpose.optional(),
});
type Body = z.infer<typeof reportPressureBody>;

/** The patient's own words, which safety officers alone read: nobody of the team that asked. */
const pressureContent = z.strictObject({ description: z.string().min(1).max(8192) });

export const reportPressure = defineFact({
  type: 'consent:ReportPressure',
  roles: ['patient'],
  signature: 'own',
  annexes: [{ name: 'pressure', required: true, content: pressureContent }],
  body: reportPressureBody,
  scope: ({ coi: id }, actor): Scope =>
    id === undefined ? { kind: 'patient', id: actor } : { kind: 'therapy', id },
  reads: async (reader, { actor: patient, body }) => ({
    therapy: body.coi === undefined ? undefined : await reader.therapy(body.coi),
    existing: await reader.get('pressure-report', { patient, id: body.pressureReport }),
  }),
  standing: ({ therapy }, _command, { actor }) =>
    therapy &&
    alarmUnless(therapy.patient === actor.id, {
      subject: { kind: 'therapy', coi: therapy.coi },
      claim: 'other',
    }),
  annulling: 'never',
  decide: decideReportPressure,
});

export interface PressureState {
  readonly therapy: Therapy | undefined;
  readonly existing: PressureReport | undefined;
}

/**
 * The patient felt pressed to agree. It reaches safety officers, outside the team that asks, and changes nothing of care:
 * what was agreed to stands until the patient says otherwise.
 */
export function decideReportPressure(
  { existing }: PressureState,
  command: Command<Body>,
  context: Context,
): FactDecision {
  const { pressureReport: id, coi: therapy, purpose: of } = command.body;
  const recording = new Recording(command, context);
  if (existing) return recording.done();
  return recording
    .put({
      ...{ noun: 'pressure-report', patient: command.actor, id },
      ...(therapy === undefined ? {} : { coi: therapy }),
      ...(of === undefined ? {} : { purpose: of }),
      reported: signedBy(command, context),
      commitment: command.annex?.['pressure'] ?? '',
    })
    .done();
}
