import type { Account } from './account.js';
import { authorisations } from './overrides.js';
import type { RunFailure } from './run-failures.js';
import type { Said } from './said.js';
import { itemOf, stepOf } from './things.js';
import { stoppedByRuns } from './top-ups.js';

/** A dose that was given of what a run turned out to be wrong of since it was authorised: it asks for an alert (C3). */
export interface AlertDue {
  readonly given: Said<'care:RecordAdministration'>;
  readonly failure: RunFailure;
  /** where in the history it began to count */
  readonly since: number;
}

/** Every one of them, by each finding. */
export function alertsDue(account: Account, coi: string): readonly AlertDue[] {
  const stopped = stoppedByRuns(account).filter(({ stops }) => stops !== 'in-error');
  if (stopped.length === 0) return [];
  const authorised = authorisations(account).filter(({ body }) => body.coi === coi);
  return account
    .of('care:RecordAdministration')
    .filter(({ body }) => body.coi === coi && body.course !== 'not-started')
    .flatMap((given) => {
      const whole = account.origins.restsOn.closure([itemOf(given.body.item)]);
      const since = authorised.find((each) => each.body.dose === given.body.dose)?.index;
      return stopped
        .filter((found) => found.since > (since ?? Infinity))
        .filter(({ report: { body } }) => whole.has(stepOf(body.coi, body.step, body.attempt)))
        .map(({ failure, since: counted }) => ({ given, failure, since: counted }));
    });
}
