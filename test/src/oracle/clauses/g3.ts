import { aboutOf, outputsOf } from '../account/about.js';
import { isTakenBack } from '../account/annulling.js';
import { isOf, type Said } from '../account/said.js';
import { type Matter, troublesIn } from '../matter.js';
import { type Clause, EVERY_GATE } from './clause.js';
import { hadCounted } from './expiry.js';
import { ofRuns } from './runs.js';

/** What was entered in error needs somebody's look before it is relied upon again: annulling permits nothing by itself. */
export const G3: Clause = {
  id: 'G3',
  gates: EVERY_GATE,
  forbids: (matter) => [
    ...ofRuns(matter, 'in-error'),
    ...matter.account.annulled
      .filter(({ said, last }) => !isRecordedAnew(matter, said, last))
      .filter(({ said }) => !isOf(said, 'manufacturing:ReportRunFailure'))
      .filter(
        ({ said }) => !isOf(said, 'manufacturing:RecallLot') || !isTakenBack(matter.account, said),
      )
      .filter(
        ({ said, last }) =>
          !isOf(said, 'quality:ExtendExpiry') || hadCounted(matter.account, said, last.index),
      )
      .flatMap(({ said, last }) =>
        troublesIn(
          matter,
          last.answer.deviations.length > 0 ? last : said,
          [...aboutOf(said), ...outputsOf(said)],
          `${said.type} was entered in error`,
        ),
      )
      .filter((trouble) => matter.reaches(trouble))
      .map(({ about, why }) => `${about}: ${why}`),
  ],
};

/** Whether a batch record with a mistake led to nothing that is looked at but the batch, which was recorded anew. */
function isRecordedAnew({ account }: Matter, said: Said, last: Said): boolean {
  if (!isOf(said, 'manufacturing:RecordBatch') || last.answer.deviations.length > 0) return false;
  const { coi, batch } = said.body;
  return account
    .of('manufacturing:RecordBatch')
    .some((each) => each.index > last.index && each.body.coi === coi && each.body.batch === batch);
}
