import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { signedBy } from '../nouns/signed.js';
import { underPatient } from '../registry/reenrol.js';
import { coi } from '../values/identifiers.js';
import { alarmUnlessCaring, type CareState, ofConsent, readCare } from './care.js';
import { byRoute, routeOf } from './route.js';
import { changesByNo } from './say-no.js';

const recordAssentBody = z.strictObject({
  ...ofConsent,
  coi,
  assents: z.boolean(),
  ...byRoute,
});

export const recordAssent = defineFact({
  type: 'consent:RecordAssent',
  roles: ['clinician', 'nurse'],
  signature: 'own',
  annexes: [],
  body: recordAssentBody,
  scope: underPatient,
  reads: readCare,
  standing: alarmUnlessCaring,
  annulling: 'never',
  decide: decideRecordAssent,
});

/**
 * What a minor said who is able to judge, beside whoever consents for them. A dissent is a no, and stops at once what rests
 * on the consent.
 */
export function decideRecordAssent(
  { ofPurpose }: CareState,
  command: Command<z.infer<typeof recordAssentBody>>,
  context: Context,
): FactDecision {
  const recording = new Recording(command, context);
  const { patient, purpose, consent: id, assents, ...by } = command.body;
  const signed = signedBy(command, context);
  const route = routeOf(by, signed);
  if (!assents) {
    const no = { patient, purpose, consent: id, to: 'refused', signed, route } as const;
    return recording.put(...changesByNo({ consents: ofPurpose }, no)).done();
  }
  const assented = ofPurpose.filter((each) => each.id === id);
  return recording.put(...assented.map((each) => ({ ...each, assent: route }))).done();
}
