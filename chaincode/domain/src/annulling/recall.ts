import type { EarlyRecall } from '../nouns/early-recall.js';
import type { CommandRecord } from '../nouns/record.js';
import { type RunFailure, withFinding } from '../nouns/run.js';
import { isSaidBy, leftWithout } from '../nouns/said-too.js';
import type { Signed } from '../nouns/signed.js';
import type { Annulling } from './annulling.js';
import type { Things } from './things.js';
import { without } from './without.js';

/**
 * A lot that was recalled by mistake counts as not registered, until its owner has looked and registers it anew; one that
 * another recalled too is recalled by that.
 */
export const ofLotRecall: Annulling = {
  signedBy: 'identity',
  undo: (record, things, annulled) => ({
    changes: [
      ...earlyRecallsOf(record, things, annulled),
      ...things.of('lot').flatMap((lot) => {
        if (!lot.recall || !isSaidBy(lot.recall, record.commandId)) return [];
        const recall = leftWithout(lot.recall, record.commandId);
        return [recall ? { ...lot, recall } : { ...without(lot, 'recall'), annulled }];
      }),
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
        if (!failures.some((each) => isSaidBy(each, record.commandId))) return [];
        return [{ ...run, failures: [...leftOf(failures, record.commandId, annulled)] }];
      }),
    ],
  }),
};

/** Findings without what one command said: where it was the first, it shows as annulled, and what others said stands. */
function leftOf(
  failures: readonly RunFailure[],
  command: string,
  annulled: Signed,
): readonly RunFailure[] {
  const [mistaken] = failures.filter((each) => each.command === command);
  const shown = failures.map((each) => {
    if (each === mistaken) return { ...without(each, 'saidToo'), annulled };
    return isSaidBy(each, command) ? { ...each, ...leftWithout(each, command) } : each;
  });
  return (mistaken?.saidToo ?? []).reduce<readonly RunFailure[]>(withFinding, shown);
}

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
    .filter(({ recall }) => isSaidBy(recall, commandId))
    .map((early) => {
      const recall = leftWithout(early.recall, commandId);
      return recall ? { ...early, recall } : { ...early, annulled };
    });
}
