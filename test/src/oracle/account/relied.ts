import type { Account } from './account.js';
import { stepOf, type Thing } from './things.js';
import type { Said } from './said.js';
import { outcomesOf } from './verdicts.js';

/**
 * Whether a thing that only tests were done on is relied upon: of some step there is no other attempt with every result that
 * rests on something else (A3).
 * @param tests things of a matter that something was not made of
 * @param since for a condition, from when on; milliseconds
 */
export function isReliedUpon(
  account: Account,
  tests: readonly Thing[],
  thing: Thing,
  since = -Infinity,
): boolean {
  const { madeAt, restsOn } = account.origins;
  const attempts = account
    .of('manufacturing:ReportStep')
    .filter((report) => tests.includes(attemptOf(report)));
  const touched = attempts.filter((report) => {
    const attempt = attemptOf(report);
    const isLater = (madeAt.get(attempt) ?? Infinity) >= since;
    return isLater && restsOn.closure([attempt]).has(thing);
  });
  return touched.some(
    ({ body }) =>
      !attempts.some(
        (other) =>
          other.body.step === body.step && !touched.includes(other) && isWhole(account, other),
      ),
  );
}

function attemptOf({ body }: Said<'manufacturing:ReportStep'>): Thing {
  return stepOf(body.coi, body.step, body.attempt);
}

function isWhole(account: Account, report: Said<'manufacturing:ReportStep'>): boolean {
  return outcomesOf(account, report).every(({ verdict }) => verdict !== 'missing');
}
