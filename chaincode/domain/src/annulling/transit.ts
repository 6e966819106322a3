import type { Annulling } from './annulling.js';

/** By the record nothing of the kind befell the thing on its way. */
export const ofTransit: Annulling = {
  signedBy: 'slip',
  undo: ({ commandId }, things, annulled) => ({
    changes: things
      .of('transit-event')
      .filter(({ id }) => id === commandId)
      .map((each) => ({ ...each, annulled })),
  }),
};
