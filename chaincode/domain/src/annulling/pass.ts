import type { Annulling } from './annulling.js';
import { itemsGivenIn } from './care.js';

/** A pass that was issued in error counts for nobody; what was given by it is looked at. */
export const ofPass: Annulling = {
  signedBy: 'custody',
  undo: ({ commandId }, things, annulled) => {
    const passes = things.of('dose-pass').filter(({ issued }) => issued.command === commandId);
    const doses = things
      .of('dose')
      .filter(({ administrations }) =>
        administrations.some(({ pass }) => passes.some(({ id }) => id === pass)),
      );
    return {
      changes: passes.map((each) => ({ ...each, annulled })),
      look: doses.flatMap((dose) => itemsGivenIn(dose, things)),
    };
  },
};
