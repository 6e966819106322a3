import { failuresIn, isFinal, stands } from '../account/failures.js';
import { designOf } from '../account/things.js';
import { designOutcomes } from '../account/verdicts.js';
import type { Matter } from '../matter.js';
import { type Clause, EVERY_GATE } from './clause.js';
import { ofRuns } from './runs.js';

/**
 * No risk decision permits what a check of identity or of safety failed, unless a retest stands for it, nor what came of a
 * run whose samples were told apart wrongly.
 */
export const C2: Clause = {
  id: 'C2',
  gates: EVERY_GATE,
  forbids: (matter) => [
    ...failuresIn(matter)
      .filter(({ late }) => !late)
      .filter(({ as, verdict }) => as === 'upstream' || (as === 'named-test' && verdict === 'fail'))
      .filter((each) => isFinal(each) && stands(matter, each))
      .map(({ check, verdict, report }) => `${report.body.step}: ${check} ${verdict}`),
    ...ofDesigns(matter),
    ...ofRuns(matter, 'for-good'),
  ],
};

function ofDesigns({ account, upstream }: Matter): string[] {
  return account
    .of('manufacturing:SubmitDesign')
    .filter(({ body }) => upstream.has(designOf(body.coi, body.design)))
    .flatMap((design) =>
      designOutcomes(account, design)
        .filter((outcome) => outcome.verdict !== 'pass' && isFinal(outcome))
        .map(({ check, verdict }) => `${design.body.design}: ${check} ${verdict}`),
    );
}
