import type { Annulling } from './annulling.js';
import { without } from './without.js';

/** Nobody is assigned to an arm any more, until somebody of the unblinded group says anew to which. */
export const ofArm: Annulling = {
  signedBy: 'identity',
  undo: ({ commandId }, things) => ({
    look: things
      .of('therapy')
      .filter(({ arm }) => arm?.assigned.command === commandId)
      .map((therapy) => without(therapy, 'arm')),
  }),
};
