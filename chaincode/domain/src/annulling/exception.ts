import type { Item } from '../nouns/item.js';
import type { Annulling } from './annulling.js';
import { itemsGivenIn } from './care.js';
import type { Things } from './things.js';
import { without } from './without.js';

/** What was requested in error ends; what was given of the batch is looked at. */
export const ofException: Annulling = {
  signedBy: 'identity',
  undo: ({ commandId }, things, annulled) => {
    const ended = things.of('exception').filter(({ requested }) => requested.command === commandId);
    return {
      changes: ended.map((each) => ({ ...each, annulled })),
      look: ended.flatMap(({ batch, accepted }) => (accepted ? givenOf(things, batch) : [])),
    };
  },
};

/** What was accepted in error is evaluated, and not accepted; what was given of the batch is looked at. */
export const ofAcceptance: Annulling = {
  signedBy: 'identity',
  undo: ({ commandId }, things) => {
    const ended = things.of('exception').filter(({ accepted }) => accepted?.command === commandId);
    return {
      changes: ended.map((each) => without(each, 'accepted')),
      look: ended.flatMap(({ batch }) => givenOf(things, batch)),
    };
  },
};

/** By the record nobody has told that authority then. */
export const ofNotification: Annulling = {
  signedBy: 'slip',
  undo: ({ commandId }, things, annulled) => ({
    changes: things
      .of('exception')
      .filter(({ notified }) => notified.some(({ command }) => command === commandId))
      .map((each) => ({
        ...each,
        notified: each.notified.map((one) =>
          one.command === commandId ? { ...one, annulled } : one,
        ),
      })),
  }),
};

/** Whatever was given that was made of the batch, however many steps away. */
function givenOf(things: Things, batch: string) {
  const vials = new Set(things.of('batch').flatMap(({ id, vials }) => (id === batch ? vials : [])));
  return things
    .of('dose')
    .flatMap((dose) => itemsGivenIn(dose, things))
    .filter((item) => isMadeOf(item, vials, things, new Set()));
}

function isMadeOf(
  { id, parents }: Item,
  vials: ReadonlySet<string>,
  things: Things,
  seen: Set<string>,
): boolean {
  if (vials.has(id)) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  return things
    .of('item')
    .filter((each) => parents.some((parent) => parent.id === each.id))
    .some((each) => isMadeOf(each, vials, things, seen));
}
