import type { Account } from './account.js';
import { effectiveTime, type Said } from './said.js';

type Opened = Said<'care:OpenEmergencyAccess'>;

const A_DAY = 1440;

/**
 * Why nobody needs an emergency access that a physician asks for (H1: what a role may know, never more): who is of a party
 * learns without it, and who has one open does too, for the process's minutes or until quality finds it not justified.
 * @param account of everything that was said before
 */
export function needsNoAccess(account: Account, asked: Opened): string | undefined {
  const { coi, emergencyAccess } = asked.body;
  if (account.therapy(coi).parties.includes(asked.organisation)) return 'they are of a party';
  const before = account
    .of('care:OpenEmergencyAccess')
    .filter(({ body, answer }) => body.coi === coi && answer.outcome === 'permitted');
  if (before.some(({ body }) => body.emergencyAccess === emergencyAccess))
    return 'its name is taken';
  return before.some((each) => each.actor === asked.actor && isOpen(account, each, asked.time))
    ? 'they have one open'
    : undefined;
}

/** @param at milliseconds */
function isOpen(account: Account, opened: Opened, at: number): boolean {
  const { coi, emergencyAccess } = opened.body;
  const { emergencyAccessMinutes = A_DAY } = account.therapy(coi).definition;
  const ended = account
    .of('quality:ReviewEmergencyAccess')
    .filter(({ body, answer }) => body.coi === coi && answer.outcome === 'permitted')
    .some(
      ({ body }) => body.emergencyAccess === emergencyAccess && body.finding === 'not-justified',
    );
  return !ended && at < effectiveTime(opened) + emergencyAccessMinutes * 60_000;
}
