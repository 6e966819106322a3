import { stepOf, type Thing } from '../account/things.js';
import type { RunFinding } from '../account/run-failures.js';
import { stoppedByRuns } from '../account/top-ups.js';
import type { Matter } from '../matter.js';

/** What was found of a run says of an attempt, by what becomes of that. */
const SAYS: Readonly<Record<RunFinding['stops'], string>> = {
  'no-result': 'the controls of its run failed',
  unconfirmed: 'the controls of its run failed, as one person says',
  'for-good': 'the samples of its run were mixed up',
  open: 'index hopping in its run waits for quality',
  'in-error': 'what was found of its run was entered in error',
};

/**
 * The attempts that a permission rests on, and that what was found of a run stops. A test without a result is no test, and
 * another suffices: only what something was made of by it stops; what waits for quality stops wherever it counts.
 */
export function ofRuns(matter: Matter, stops: RunFinding['stops']): string[] {
  const waits = stops === 'open' || stops === 'in-error';
  const counts = (about: Thing) => (waits ? matter.whole : matter.upstream).has(about);
  const found = stoppedByRuns(matter.account)
    .filter((each) => each.stops === stops)
    .filter(({ report: { body } }) => {
      const about = stepOf(body.coi, body.step, body.attempt);
      return counts(about) && matter.reaches({ about, why: '' });
    })
    .map(({ report: { body } }) => `${body.step} ${body.attempt}: ${SAYS[stops]}`);
  return [...new Set(found)];
}
