import type { Noun, Outlook } from '@veinledger/domain';
import type { Caller } from '../auth/caller.js';
import { seesAll, seesThing } from './sight.js';

/**
 * An outlook within what a caller's roles see. Who sees a part of a therapy learns how the things of that part stand by
 * their own records, and that more counts: what a gate says of them rests on everything that they were made of.
 */
export function seenOutlook(caller: Pick<Caller, 'roles'>, outlook: Outlook): Outlook {
  if (seesAll(caller)) return outlook;
  const { coi, at, things } = outlook;
  const shown = things.filter(({ subject }) => isShown(caller, subject));
  return {
    coi,
    at,
    gates: [],
    things: shown.map(({ subject, byRecord }) => ({ subject, state: byRecord, byRecord })),
    partial: true,
  };
}

/** The therapy itself is for everybody who may read any of it. */
function isShown(caller: Pick<Caller, 'roles'>, subject: string): boolean {
  const noun = subject.slice(0, subject.indexOf(' ')) as Noun;
  return noun === 'therapy' || seesThing(caller, { noun });
}
