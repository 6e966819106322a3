import type { Annulling } from './annulling.js';
import { without } from './without.js';

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

/**
 * The therapy is halted no more, unless somebody else halted it too, and waits for quality's look before it goes on. What
 * was decided on its things goes with the last halt.
 */
export const ofHalt: Annulling = {
  signedBy: 'custody',
  undo: ({ commandId }, things) => {
    const [therapy] = things
      .of('therapy')
      .filter(({ halts = [] }) => halts.some(({ command }) => command === commandId));
    if (!therapy) return {};
    const halts = therapy.halts?.filter(({ command }) => command !== commandId) ?? [];
    const blockers = therapy.blockers.filter(({ id }) => id !== `H.${commandId}`);
    if (halts.length > 0) return { look: [{ ...therapy, halts, blockers }] };
    const decidedOn = things
      .of('item')
      .filter(({ disposal, custody }) => disposal && custody !== 'disposed');
    return {
      changes: decidedOn.map((item) => without(item, 'disposal')),
      look: [{ ...without(therapy, 'halts', 'destruction', 'closed'), blockers }],
    };
  },
};
