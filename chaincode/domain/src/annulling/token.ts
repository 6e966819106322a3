import type { Annulling } from './annulling.js';

/** Nobody said that the patient wears another token; both staff say it anew. */
export const ofTokenReplacement: Annulling = {
  signedBy: 'custody',
  undo: ({ commandId }, things, annulled) => ({
    changes: things
      .of('token-replacement')
      .filter(({ statements }) => statements.some(({ command }) => command === commandId))
      .map((each) => ({ ...each, annulled })),
  }),
};
