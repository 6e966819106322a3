import type { Investigation } from '../nouns/investigation.js';
import type { Annulling } from './annulling.js';
import { without } from './without.js';

/** The phase did not begin: what it planned was never planned. An investigation without a phase stands for nothing. */
export const ofInvestigation: Annulling = {
  signedBy: 'identity',
  undo: ({ commandId }, things, annulled) => {
    const found = things
      .of('investigation')
      .find(({ phases }) => phases.some(({ command }) => command === commandId));
    if (!found) return {};
    const phases = found.phases.filter(({ command }) => command !== commandId);
    const rest: Investigation = { ...without(found, 'conclusion'), phases };
    return { changes: [phases.length === 0 ? { ...rest, annulled } : rest] };
  },
};

/** The investigation is open again, and nothing stands for the failed check. */
export const ofConclusion: Annulling = {
  signedBy: 'identity',
  undo: ({ commandId }, things) => ({
    changes: things
      .of('investigation')
      .filter(({ conclusion }) =>
        conclusion?.signatures.some(({ command }) => command === commandId),
      )
      .map((each) => without(each, 'conclusion')),
  }),
};
