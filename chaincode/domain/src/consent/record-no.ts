import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { isPatient } from '../nouns/actor.js';
import type { Consent } from '../nouns/consent.js';
import { isOwnSignature, signedBy } from '../nouns/signed.js';
import { underPatient } from '../registry/reenrol.js';
import { everyWordCounts } from '../standing/claim.js';
import { localId } from '../values/identifiers.js';
import { type CareState, ofConsent, readCare } from './care.js';
import { speaksAt } from './proxies.js';
import { byRoute, routeOf } from './route.js';
import { changesByNo } from './say-no.js';
import { standingDenials } from './stands.js';

const recordNoBody = z.strictObject({
  ...ofConsent,
  consent: localId.optional(),
  no: z.enum(['refused', 'withdrawn']),
  /** who spoke in the patient's place */
  proxy: localId.optional(),
  ...byRoute,
});
type Body = z.infer<typeof recordNoBody>;

export const recordNo = defineFact({
  type: 'consent:RecordNo',
  roles: ['clinician', 'nurse', 'coordinator', 'pharmacist', 'collector', 'safety-officer'],
  signature: 'own',
  annexes: [],
  body: recordNoBody,
  scope: underPatient,
  reads: readCare,
  // whoever heard it: the patient takes it back by a word, if it was never said (E4)
  standing: everyWordCounts,
  annulling: 'never',
  decide: decideRecordNo,
});

/**
 * Somebody heard the patient's no, by whatever route: it counts at once, by one signature (E4). Whoever else heard it says
 * the same, and is its witness. In the patient's place only who may speak there says no; of others it is on record alone.
 */
export function decideRecordNo(
  { patient, proxy, ofPurpose }: CareState,
  command: Command<Body>,
  context: Context,
): FactDecision {
  const recording = new Recording(command, context);
  const { body } = command;
  if (!patient || !isPatient(patient)) return recording.done();
  const { transactionTime: now } = context;
  if (body.proxy !== undefined && !(proxy && speaksAt(proxy, now))) return recording.done();
  const signed = signedBy(command, context);
  const heard = heardBefore(ofPurpose, body, context);
  if (heard?.route) {
    return recording.put({ ...heard, route: { ...heard.route, witness: signed } }).done();
  }
  const { purpose, consent, no: to, proxy: by } = body;
  const route = routeOf(body, signed);
  const no = { patient: body.patient, purpose, consent, to, signed, route, proxy: by };
  return recording.put(...changesByNo({ consents: ofPurpose }, no)).done();
}

/** The same no, as another heard it, that stands and has no witness yet. */
function heardBefore(
  ofPurpose: readonly Consent[],
  { consent: named, no, proxy }: Body,
  context: Context,
): Consent | undefined {
  return standingDenials(ofPurpose).find(
    ({ id, state, route, ended }) =>
      state === no &&
      route !== undefined &&
      route.witness === undefined &&
      ended?.proxy === proxy &&
      !isOwnSignature(route.recorded, context) &&
      id === (named ?? `N1.${route.recorded.command}`),
  );
}
