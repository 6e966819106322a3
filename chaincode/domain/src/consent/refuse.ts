import type { Command } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { signedBy } from '../nouns/signed.js';
import {
  changesByNo,
  type NoBody,
  noBody,
  type NoState,
  ofThePatient,
  readForNo,
} from './say-no.js';
import { everyWordCounts } from '../standing/claim.js';

export const refuseConsent = defineFact({
  type: 'consent:RefuseConsent',
  roles: ['patient'],
  signature: 'own',
  byAnyKey: true,
  annexes: [],
  body: noBody,
  scope: ofThePatient,
  reads: readForNo,
  standing: everyWordCounts,
  annulling: 'never',
  decide: decideRefuseConsent,
});

/** The patient said no before agreeing. The refusal is itself a record in force. */
export function decideRefuseConsent(
  state: NoState,
  command: Command<NoBody>,
  context: Context,
): FactDecision {
  const { actor: patient, body } = command;
  const signed = signedBy(command, context);
  const no = { patient, ...body, to: 'refused', signed } as const;
  return new Recording(command, context).put(...changesByNo(state, no)).done();
}
