import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import type { Context, PermissionDecision } from '../commands/decision.js';
import { signedBy } from '../nouns/signed.js';
import { localId } from '../values/identifiers.js';
import { underPatient } from '../registry/reenrol.js';
import { agreed, answered, reasonsAgainstAgreeing } from './agree.js';
import { decideByTwoStaff } from './by-two-staff.js';
import { reasonsOfCapacity } from './capacity.js';
import { type CareState, ofConsent, onlyWhoCares, readCare } from './care.js';
import { reasonsAgainstProxysYes } from './own-will.js';
import { byRoute, reasonsOfRoute, routeOf } from './route.js';

const recordConsentBody = z.strictObject({
  ...ofConsent,
  ...answered,
  ...byRoute,
  /** who spoke in the patient's place */
  proxy: localId.optional(),
});

export const recordConsent = definePermission({
  type: 'consent:RecordConsent',
  roles: ['clinician', 'nurse', 'coordinator'],
  signature: 'own',
  annexes: [],
  body: recordConsentBody,
  scope: underPatient,
  reads: readCare,
  standing: onlyWhoCares,
  annulling: 'never',
  decide: decideRecordConsent,
});

/**
 * Two staff record in the same words that the patient agreed: on paper, by word, or with assistance, or who
 * may speak in the patient's place. The second is the witness, and with that signature it is given.
 */
export function decideRecordConsent(
  state: CareState,
  command: Command<z.infer<typeof recordConsentBody>>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  return decideByTwoStaff(state, command, context, {
    against: (question) => [
      ...reasonsAgainstAgreeing(question, body, context),
      ...reasonsOfRoute(body, `consent ${body.consent}`),
      ...(body.proxy === undefined
        ? reasonsOfCapacity(state.capacities ?? [])
        : reasonsAgainstProxysYes(state, body.proxy, context.transactionTime)),
    ],
    changes: (question, first) => {
      const witness = signedBy(command, context);
      const [given, ...others] = agreed(question, body, witness, state.ofPurpose);
      const route = { ...routeOf(body, first), witness };
      const { proxy } = body;
      const by = proxy === undefined ? { route } : { route, proxy };
      return given ? [{ ...given, ...by }, ...others] : others;
    },
  });
}
