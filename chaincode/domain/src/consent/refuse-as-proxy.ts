import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { signedBy } from '../nouns/signed.js';
import { underPatient } from '../registry/reenrol.js';
import { everyWordCounts } from '../standing/claim.js';
import { actorId, localId } from '../values/identifiers.js';
import { purpose } from '../values/words.js';
import { type CareState, readCare } from './care.js';
import { isSelf, speaksAt } from './proxies.js';
import { changesByNo } from './say-no.js';

const refuseAsProxyBody = z.strictObject({
  patient: actorId,
  /** as which proxy of the patient's */
  proxy: localId,
  purpose,
  /** where it is about one question or consent alone */
  consent: localId.optional(),
  no: z.enum(['refused', 'withdrawn']),
});

export const refuseAsProxy = defineFact({
  type: 'consent:RefuseAsProxy',
  roles: ['proxy'],
  signature: 'own',
  annexes: [],
  body: refuseAsProxyBody,
  scope: underPatient,
  reads: readCare,
  standing: everyWordCounts,
  annulling: 'never',
  decide: decideRefuseAsProxy,
});

/**
 * Who speaks in the patient's place says no, which counts at once. Of somebody who does not, or no more, it is on record
 * alone.
 */
export function decideRefuseAsProxy(
  { proxy, ofPurpose }: CareState,
  command: Command<z.infer<typeof refuseAsProxyBody>>,
  context: Context,
): FactDecision {
  const { patient, purpose: of, consent, no: to, proxy: by } = command.body;
  const recording = new Recording(command, context);
  const speaks = proxy && isSelf(proxy, context) && speaksAt(proxy, context.transactionTime);
  if (!speaks) return recording.done();
  const signed = signedBy(command, context);
  const no = { patient, purpose: of, consent, to, signed, proxy: by } as const;
  return recording.put(...changesByNo({ consents: ofPurpose }, no)).done();
}
