import type { Annulling } from './annulling.js';

/** By the record nobody was shown anything then; what else was said of the inspection stays. */
export const ofInspection: Annulling = {
  signedBy: 'custody',
  undo: ({ commandId }, things, annulled) => ({
    changes: things
      .of('inspection')
      .filter(({ statements }) => statements.some(({ command }) => command === commandId))
      .map((each) => ({
        ...each,
        statements: each.statements.map((one) =>
          one.command === commandId ? { ...one, annulled } : one,
        ),
      })),
  }),
};
