import type { Ancestry } from '../graph/ancestry.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Alarm, AlarmSubject } from '../nouns/alarm.js';
import type { Reason } from '../nouns/reason.js';
import { refOf } from '../nouns/reference.js';
import { lotsOf, runsOf, type StepAttempt } from '../nouns/step.js';
import {
  openAlarms,
  type PhysicianAsking,
  reasonsOfAlarms,
  reasonsOfOpenAlarms,
  reasonsOfUnseen,
} from '../standing/alarms.js';
import { standingChecks } from './bedside.js';

/** Why an approval, a review or a certification waits: quality has not dismissed an alarm about something upstream (B2). */
export function reasonsToLook(whole: WholeTherapy, ancestry: Ancestry): readonly Reason[] {
  return reasonsOfOpenAlarms(alarmsUpstream(whole, ancestry));
}

/** What the physician names beside the container. */
export interface AskedAtBedside {
  readonly item: string;
  readonly verifications: readonly string[];
  /** alarms, by the commands that raised them */
  readonly alarmsSeen: readonly string[];
  readonly physician: PhysicianAsking;
}

/**
 * Why a dose stops at an alarm upstream (B2): it claims a wrong identity, tampering or a loss, and pharmacist and
 * physician have not both named it.
 * @param at RFC 3339
 */
export function reasonsOfAlarmsAtBedside(
  whole: WholeTherapy,
  ancestry: Ancestry,
  { item, verifications, alarmsSeen, physician }: AskedAtBedside,
  at: string,
): readonly Reason[] {
  return reasonsOfAlarms(alarmsUpstream(whole, ancestry), {
    verifications: standingChecks(whole, item, verifications, at),
    byPhysician: alarmsSeen,
    physician,
  });
}

/**
 * Why a dose stops at an alarm upstream that those who sign for it together, pharmacist and physician, do not name (B2).
 * @param named by the commands that raised them
 */
export function reasonsOfAlarmsUnnamed(
  whole: WholeTherapy,
  ancestry: Ancestry,
  named: readonly string[],
): readonly Reason[] {
  const open = alarmsUpstream(whole, ancestry);
  return reasonsOfUnseen(open.filter(({ raised }) => !named.includes(raised.command)));
}

function alarmsUpstream(whole: WholeTherapy, ancestry: Ancestry): readonly Alarm[] {
  const { items, attempts, datasets, designs, batches } = ancestry;
  const things = [whole.therapy, ...items, ...attempts, ...datasets, ...designs, ...batches];
  return openAlarms(whole.alarms, [...things.map(refOf), ...attempts.flatMap(sharedIn)]);
}

/** The lots and the runs of an attempt, whichever report of it names them, also those that nobody registered. */
function sharedIn(attempt: StepAttempt): readonly AlarmSubject[] {
  return [
    ...lotsOf(attempt).map((id) => ({ kind: 'lot', id }) as const),
    ...runsOf(attempt).map((id) => ({ kind: 'run', id }) as const),
  ];
}
