import { aboutOf, outputsOf } from '../account/about.js';
import { troublesIn } from '../matter.js';
import { type Clause, EVERY_GATE } from './clause.js';

/** What was entered in error needs somebody's look before it is relied upon again: annulling permits nothing by itself. */
export const G3: Clause = {
  id: 'G3',
  gates: EVERY_GATE,
  forbids: (matter) =>
    matter.account.annulled
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
};
