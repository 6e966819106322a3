import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import type { Capacity } from '../nouns/capacity.js';
import type { Consent } from '../nouns/consent.js';
import { signedBy } from '../nouns/signed.js';
import { everybodyEntitled } from '../standing/refuse.js';
import { localId } from '../values/identifiers.js';
import { purpose } from '../values/words.js';
import { agreed, answered, reasonsAgainstAgreeing, reasonsOfNewKeys } from './agree.js';
import { reasonsOfCapacity } from './capacity.js';
import { joinedNoes } from './joined.js';
import { ofThePatient } from './say-no.js';

const giveConsentBody = z.strictObject({ purpose, consent: localId, ...answered });

export const giveConsent = definePermission({
  type: 'consent:GiveConsent',
  roles: ['patient'],
  signature: 'own',
  annexes: [],
  body: giveConsentBody,
  scope: ofThePatient,
  reads: async (reader, { actor, body }) => ({
    capacities: await reader.range('capacity', { patient: actor }),
    ofPurpose: [
      ...(await reader.range('consent', { patient: actor, purpose: body.purpose })),
      ...(await joinedNoes(reader, actor, body.purpose)),
    ],
  }),
  standing: everybodyEntitled,
  annulling: 'never',
  decide: decideGiveConsent,
});

export interface GiveState {
  /** the patient's consents for the purpose */
  readonly ofPurpose: readonly Consent[];
  /** what was settled of the patient's capacity */
  readonly capacities?: readonly Capacity[];
}

/**
 * The patient agrees to what was asked, on the very form that was asked with. What was refused or withdrawn before is
 * taken back by it; a no by any route waits for nothing.
 */
export function decideGiveConsent(
  { ofPurpose, capacities = [] }: GiveState,
  command: Command<z.infer<typeof giveConsentBody>>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const question = ofPurpose.find(({ id }) => id === body.consent);
  if (!question) {
    const subject = `consent ${body.consent}`;
    return { decision: 'refused', reasons: [{ code: 'UNKNOWN_CONSENT', subject }] };
  }
  const reasons = [
    ...reasonsAgainstAgreeing(question, body, context),
    ...reasonsOfNewKeys(context),
    ...reasonsOfCapacity(capacities),
  ];
  return permitUnless(reasons, () => agreed(question, body, signedBy(command, context), ofPurpose));
}
