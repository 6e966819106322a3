import { beforeAll, describe } from '@jest/globals';
import type { World } from '../../support/world.js';
import { bedsideHistories } from './at-the-ward.js';
import { batchHistories } from './batches.js';
import { branchHistories } from './branches.js';
import { dataHistories } from './data.js';
import { factHistories } from './facts.js';
import { labelHistories } from './labels.js';
import { lifeHistories } from './life.js';
import { runHistories } from './runs.js';
import { setStage, type Stage } from './stage.js';

/** Histories that lead around a rule, or leave a patient without a way on: what stops each, and the way back. */
export function historyChapter(world: () => World): void {
  describe('a history', () => {
    let set: Stage | undefined;
    const stage = (): Stage => {
      if (!set) throw new Error('the stage is not set');
      return set;
    };
    beforeAll(async () => {
      set = await setStage(world());
    });

    dataHistories(stage);
    batchHistories(stage);
    branchHistories(stage);
    lifeHistories(stage);
    bedsideHistories(stage);
    factHistories(world);
    runHistories(world);
    labelHistories(world);
  });
}
