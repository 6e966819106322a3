import type { Command } from '../commands/command.js';
import type { Context } from '../commands/decision.js';
import { behind, type Signed } from '../nouns/signed.js';
import type { Holder, Item } from '../nouns/item.js';

/** The one who sends the command, as somebody in whose hands a thing is. */
export function holderOf(command: Pick<Command<unknown>, 'actor'>, context: Context): Holder {
  const { actor, person } = context;
  return {
    organisation: actor.organisation,
    actor: command.actor,
    ...behind(command.actor, context),
    ...(person === undefined ? {} : { person }),
  };
}

/** The item with one more signature. */
export function signItem(item: Item, signed: Signed): Item {
  return { ...item, signatures: [...item.signatures, signed] };
}
