import type { Account } from './account.js';
import { authorisations } from './overrides.js';
import { itemOf, stepOf } from './things.js';
import { stoppedByRuns } from './top-ups.js';

/** The doses that were given of what a run turned out to be wrong of since they were authorised: each asks for an alert (C3). */
export function dosesToAlert(account: Account, coi: string): readonly string[] {
  const stopped = stoppedByRuns(account).filter(({ stops }) => stops !== 'in-error');
  if (stopped.length === 0) return [];
  const authorised = authorisations(account).filter(({ body }) => body.coi === coi);
  return account
    .of('care:RecordAdministration')
    .filter(({ body }) => body.coi === coi && body.course !== 'not-started')
    .filter(({ body }) => {
      const whole = account.origins.restsOn.closure([itemOf(body.item)]);
      const since = authorised.find((each) => each.body.dose === body.dose)?.index ?? Infinity;
      return stopped.some(
        (found) =>
          found.since > since &&
          whole.has(
            stepOf(found.report.body.coi, found.report.body.step, found.report.body.attempt),
          ),
      );
    })
    .map(({ body }) => body.dose);
}
