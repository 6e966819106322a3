import type { EarlyRecall } from '../nouns/early-recall.js';
import type { CommandRecord } from '../nouns/record.js';
import type { RunFailure } from '../nouns/run.js';
import type { Signed } from '../nouns/signed.js';
import type { Annulling } from './annulling.js';
import type { Things } from './things.js';
import { without } from './without.js';

/** A lot that was recalled by mistake counts as not registered, until its owner has looked and registers it anew. */
export const ofLotRecall: Annulling = {
  signedBy: 'identity',
  undo: (record, things, annulled) => ({
    changes: [
      ...earlyRecallsOf(record, things, annulled),
      ...things
        .of('lot')
        .filter(({ recall }) => recall?.command === record.commandId)
        .map((lot) => ({ ...without(lot, 'recall'), annulled })),
    ],
  }),
};

/**
 * What was found of a run by mistake stays in its record as annulled, and is a deviation of each attempt in it until quality
 * has looked: `graph/failed-runs.ts`.
 */
export const ofRunFailure: Annulling = {
  signedBy: 'identity',
  undo: (record, things, annulled) => ({
    changes: [
      ...earlyRecallsOf(record, things, annulled),
      ...things.of('run').flatMap((run) => {
        const { failures = [] } = run;
        if (failures.every(({ command }) => command !== record.commandId)) return [];
        return [
          {
            ...run,
            failures: failures.map((each) =>
              each.command === record.commandId ? { ...each, annulled } : each,
            ),
          },
        ];
      }),
    ],
  }),
};

/** That controls failed is said by one person again: what failed in the run has failed, and the finding stands. */
export const ofRunConfirmation: Annulling = {
  signedBy: 'identity',
  undo: ({ commandId }, things) => ({
    changes: things.of('run').flatMap((run) => {
      const { failures = [] } = run;
      const isIts = ({ confirmed }: RunFailure) => confirmed?.command === commandId;
      if (!failures.some(isIts)) return [];
      const left = failures.map((each) => (isIts(each) ? without(each, 'confirmed') : each));
      return [{ ...run, failures: left }];
    }),
  }),
};

/** The recall of what nobody had recorded, which then waits for no record any more. */
export function earlyRecallsOf(
  { commandId }: CommandRecord,
  things: Things,
  annulled: Signed,
): readonly EarlyRecall[] {
  return things
    .of('early-recall')
    .filter(({ recall }) => recall.command === commandId)
    .map((early) => ({ ...early, annulled }));
}
