import type { Command } from '../commands/command.js';
import type { NamedItem } from '../nouns/named-item.js';

/**
 * How a therapy's records name a thing of its own, whichever number of its labels a command gave; what is another's they
 * name as the command does.
 */
export function ownNameOf(named: NamedItem): string {
  return named.known === 'own' ? named.item.id : named.id;
}

/** A command with its thing under the name that the therapy's records give it, whichever number of its labels was read. */
export function underOwnName<B extends { readonly item: string }>(
  command: Command<B>,
  named: NamedItem,
): Command<B> {
  return { ...command, body: { ...command.body, item: ownNameOf(named) } };
}
