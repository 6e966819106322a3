import type { Annulling } from './annulling.js';
import { itemsGivenIn } from './care.js';

/** What either of the two signed ends the decision; what was given of the product or what is made of it is looked at. */
export const ofDecision: Annulling = {
  signedBy: 'custody',
  undo: ({ commandId }, things, annulled) => {
    const ended = things
      .of('decision')
      .filter(({ signatures }) => signatures.some(({ command }) => command === commandId));
    const items = new Set(ended.map(({ item }) => item));
    return {
      changes: ended.map((each) => ({ ...each, annulled })),
      look: things
        .of('dose')
        .flatMap((dose) => itemsGivenIn(dose, things))
        .filter(({ id, parents }) => items.has(id) || parents.some((each) => items.has(each.id))),
    };
  },
};
