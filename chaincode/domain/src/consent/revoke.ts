import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { signedBy } from '../nouns/signed.js';
import { underPatient } from '../registry/reenrol.js';
import { coi, commitment } from '../values/identifiers.js';
import { revokingAuthority } from '../values/words.js';
import { alarmUnlessCaring, type CareState, ofConsent, readCare } from './care.js';
import { isGiven } from './stands.js';

const revokeConsentBody = z.strictObject({
  ...ofConsent,
  coi,
  authority: revokingAuthority,
  /** what shows the authority: salted, its opening is kept where that is */
  evidence: commitment,
});

export const revokeConsent = defineFact({
  type: 'consent:RevokeConsent',
  roles: ['clinician', 'quality', 'safety-officer'],
  signature: 'own',
  annexes: [],
  body: revokeConsentBody,
  scope: underPatient,
  reads: readCare,
  standing: alarmUnlessCaring,
  annulling: 'never',
  decide: decideRevokeConsent,
});

/**
 * Another than the patient ended a consent, by an authority over it that the evidence shows. It stops what rests on it,
 * and is first put to the patient before a dose is given up for it.
 */
export function decideRevokeConsent(
  { ofPurpose }: CareState,
  command: Command<z.infer<typeof revokeConsentBody>>,
  context: Context,
): FactDecision {
  const { body } = command;
  const { authority: reason, evidence } = body;
  const ended = { ...signedBy(command, context), reason, evidence };
  const given = ofPurpose.filter((each) => each.id === body.consent && isGiven(each));
  return new Recording(command, context)
    .put(...given.map((each) => ({ ...each, state: 'revoked' as const, ended })))
    .done();
}
