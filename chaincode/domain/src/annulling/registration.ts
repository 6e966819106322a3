import type { Annulling } from './annulling.js';

/** What was registered wrongly counts as not registered, until its owner registers it anew. */
export const ofRegistration: Annulling = {
  signedBy: 'custody',
  undo: ({ commandId }, things, annulled) => ({
    changes: [...things.of('lot'), ...things.of('run')]
      .filter(({ registered }) => registered.command === commandId)
      .map((each) => ({ ...each, annulled })),
  }),
};
