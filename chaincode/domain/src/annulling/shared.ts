import type { Annulling } from './annulling.js';
import { without } from './without.js';

/** What was registered wrongly counts as not registered, until its owner registers it anew. */
export const ofRegistration: Annulling = {
  signedBy: 'custody',
  undo: ({ commandId }, things, annulled) => ({
    changes: [...things.of('lot'), ...things.of('run')]
      .filter(({ registered }) => registered.command === commandId)
      .map((each) => ({ ...each, annulled })),
  }),
};

/** A lot that was recalled by mistake counts as not registered, until its owner has looked and registers it anew. */
export const ofLotRecall: Annulling = {
  signedBy: 'identity',
  undo: ({ commandId }, things, annulled) => ({
    changes: things
      .of('lot')
      .filter(({ recall }) => recall?.command === commandId)
      .map((lot) => ({ ...without(lot, 'recall'), annulled })),
  }),
};
