import type { Annulling } from './annulling.js';

/**
 * The thing bears the label that it would bear without it, as far as the ledger can tell: quality looks at it with the label
 * before them. Where the new label is on it all the same, both who relabelled it say so anew.
 */
export const ofRelabelling: Annulling = {
  signedBy: 'identity',
  undo: ({ commandId }, things, annulled) => ({
    look: things.of('item').flatMap((item) => {
      const { relabellings = [] } = item;
      const isMistaken = ({ signatures }: (typeof relabellings)[number]) =>
        signatures.some(({ command }) => command === commandId);
      if (!relabellings.some(isMistaken)) return [];
      return [
        {
          ...item,
          relabellings: relabellings.map((each) =>
            isMistaken(each) ? { ...each, annulled } : each,
          ),
        },
      ];
    }),
  }),
};
