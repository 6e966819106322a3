import { Account } from '../account/account.js';
import { type AlertDue, alertsDue } from '../account/alerts.js';
import { effectiveTime, isOf, type Said } from '../account/said.js';
import type { Finding } from './finding.js';
import type { Player } from './player.js';
import type { Stage } from './stage.js';

type Act = Awaited<ReturnType<Player['next']>>['acts'][number];

/**
 * A dose that was given of what a run turned out to be wrong of since, and of which nobody is asked to take note (C3), or as if
 * that had been known at another time: what was said before the run was registered counts from then on.
 */
export async function unalertedAfter(
  { journeys }: Stage,
  end: Player,
): Promise<Finding | undefined> {
  const said = end.said.findLast((each) => isOf(each, 'manufacturing:ReportRunFailure'));
  if (!said) return undefined;
  const [{ coi }] = journeys;
  const due = alertsDue(new Account(end.said), coi);
  if (due.length === 0) return undefined;
  const alerts = (await end.next(coi)).acts.filter(({ noun }) => noun === 'alert');
  if (alerts.length === 0) {
    const key = 'nobody is alerted of what was found of a run after a dose (C3)';
    const doses = [...new Set(due.map(({ given }) => given.body.dose))];
    return { key, points: [`C3 alerts: ${doses.join(', ')}`], said };
  }
  const wrong = alerts.find((alert) => !isInTime(end.said, due, alert));
  if (!wrong) return undefined;
  const key = 'an alert of what was found of a run counts from another time (C3)';
  return { key, points: [`C3 alerts: ${wrong.subject} since ${wrong.since}`], said };
}

/** Whether an alert of what was found of a run counts from when the first of what it names did, and the dose was given. */
function isInTime(said: readonly Said[], due: readonly AlertDue[], alert: Act): boolean {
  const named = alert.named?.['command'] ?? [];
  const times = due
    .filter(({ given }) => alert.subject === `dose ${given.body.dose}`)
    .filter(({ failure }) => named.includes(failure.answer.command ?? ''))
    .map(({ given, since }) => {
      const counted = said[since];
      return Math.max(effectiveTime(given), counted ? effectiveTime(counted) : Infinity);
    });
  return times.length === 0 || Date.parse(alert.since) === Math.min(...times);
}
