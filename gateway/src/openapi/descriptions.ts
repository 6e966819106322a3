import type { KnownCommand } from '../commands/command-types.js';
import type { AnyOperation } from '../operation/operation.js';
import { mayKeep } from '../operation/may-keep.js';

/** What holds of an operation besides its summary: who may ask for it, and what its answers mean. */
export function descriptionOf(operation: AnyOperation): string {
  const { takes } = operation;
  return [
    operation.access === 'actor' ? 'For actors of the ledger.' : 'Needs no token.',
    ...(typeof takes === 'object' ? [ofCommand(takes)] : []),
    ...(takes === 'any-command' ? ['What it is decides who may sign it.'] : []),
    ...(operation.item ? ['Answers a page at a time: `cursor` leads on.'] : []),
    ...(mayKeep(operation) ? ['Answers 304 to whoever names its present tag.'] : []),
  ].join(' ');
}

function ofCommand({ kind, roles, signature }: KnownCommand): string {
  const decided =
    kind === 'fact'
      ? 'A fact: what an entitled actor reports is never refused for its content.'
      : 'A permission: a refusal is committed, and answered 409 with its receipt.';
  const delegable = signature === 'delegable' ? ', or by a device in an open session' : '';
  return `${decided} Signed by: ${roles.join(', ')}${delegable}.`;
}
