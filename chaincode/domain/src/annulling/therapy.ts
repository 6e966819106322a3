import type { Annulling } from './annulling.js';

/** Nothing is given on the line any more, nor on the one whose place it took, until a physician orders anew. */
export const ofOrderLine: Annulling = {
  signedBy: 'custody',
  undo: ({ commandId }, things, annulled) => ({
    changes: things.of('therapy').map((therapy) => ({
      ...therapy,
      orderLines: therapy.orderLines.map((line) =>
        line.ordered?.command === commandId ? { ...line, annulled } : line,
      ),
    })),
  }),
};
