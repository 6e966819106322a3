import { Account } from '../account/account.js';
import { dosesToAlert } from '../account/alerts.js';
import { isOf } from '../account/said.js';
import type { Finding } from './finding.js';
import type { Player } from './player.js';
import type { Stage } from './stage.js';

/** A dose that was given of what a run turned out to be wrong of since, and of which nobody is asked to take note (C3). */
export async function unalertedAfter(
  { journeys }: Stage,
  end: Player,
): Promise<Finding | undefined> {
  const said = end.said.findLast((each) => isOf(each, 'manufacturing:ReportRunFailure'));
  if (!said) return undefined;
  const [{ coi }] = journeys;
  const doses = dosesToAlert(new Account(end.said), coi);
  if (doses.length === 0) return undefined;
  const { acts } = await end.next(coi);
  if (acts.some(({ noun }) => noun === 'alert')) return undefined;
  const key = 'nobody is alerted of what was found of a run after a dose (C3)';
  return { key, points: [`C3 alerts: ${doses.join(', ')}`], said };
}
