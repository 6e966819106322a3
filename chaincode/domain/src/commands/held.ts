import { effectiveOf, signedBy } from '../nouns/signed.js';
import type { Command } from './command.js';
import type { Context } from './decision.js';

/**
 * What is held against a clock for a fact, RFC 3339: its transaction's time, so that nobody is in time by their word; of a
 * late entry that says why, which deviates, when it happened.
 */
export function heldOf(command: Command<unknown>, context: Context): string {
  const isExplained = context.late && command.lateReason !== undefined;
  return isExplained ? effectiveOf(signedBy(command, context)) : context.transactionTime;
}
