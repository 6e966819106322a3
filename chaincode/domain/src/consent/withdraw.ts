import type { Command } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import type { Context, FactDecision } from '../commands/decision.js';
import { type NoBody, noBody, type NoState, ofThePatient, readForNo, sayNo } from './say-no.js';
import { everyWordCounts } from '../standing/claim.js';

export const withdrawConsent = defineFact({
  type: 'consent:WithdrawConsent',
  roles: ['patient'],
  signature: 'own',
  byAnyKey: true,
  annexes: [],
  body: noBody,
  scope: ofThePatient,
  reads: readForNo,
  standing: everyWordCounts,
  annulling: 'never',
  decide: decideWithdrawConsent,
});

/** The patient took back what was agreed. It counts at once, whatever was asked or given before. */
export function decideWithdrawConsent(
  state: NoState,
  command: Command<NoBody>,
  context: Context,
): FactDecision {
  return sayNo(state, command, context, 'withdrawn');
}
