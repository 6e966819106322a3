import type { Command } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import type { Context, FactDecision } from '../commands/decision.js';
import { type NoBody, noBody, type NoState, ofThePatient, readForNo, sayNo } from './say-no.js';
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
  return sayNo(state, command, context, 'refused');
}
