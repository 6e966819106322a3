import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { underPatient } from '../registry/reenrol.js';
import { actorId, coi } from '../values/identifiers.js';
import { purpose, reasonOfReconsent } from '../values/words.js';
import { type CareState, onlyWhoCares, readCare } from './care.js';
import { isGiven } from './stands.js';

const requireReconsentBody = z.strictObject({
  patient: actorId,
  purpose,
  coi: coi.optional(),
});

/** Why, which the hospital alone reads: the day on which somebody comes of age tells their date of birth. */
const reconsentContent = z.strictObject({ reason: reasonOfReconsent });

export const requireReconsent = definePermission({
  type: 'consent:RequireReconsent',
  roles: ['clinician', 'coordinator', 'quality'],
  signature: 'own',
  annexes: [{ name: 'reconsent', required: true, content: reconsentContent }],
  body: requireReconsentBody,
  scope: underPatient,
  reads: readCare,
  standing: onlyWhoCares,
  annulling: 'never',
  decide: decideRequireReconsent,
});

/**
 * From now on the patient decides anew on what others decided, or on what is no more as it was agreed to: of age, able
 * again, told otherwise. A date of birth is nowhere; the hospital says when it has come.
 */
export function decideRequireReconsent(
  { ofPurpose }: CareState,
  command: Command<z.infer<typeof requireReconsentBody>>,
  context: Context,
): PermissionDecision {
  const { purpose: of } = command.body;
  const evidence = command.annex?.['reconsent'] ?? '';
  const ended = { ...signedBy(command, context), evidence };
  const given = ofPurpose.filter(isGiven);
  const reasons: readonly Reason[] =
    given.length > 0
      ? []
      : [{ code: 'CONSENT_NOT_OPEN', subject: `consent ${of}`, expected: 'given or renewed' }];
  return permitUnless(reasons, () =>
    given.map((each) => ({ ...each, state: 'reconsent-required' as const, ended })),
  );
}
