import { type Alarm, type AlarmSubject, nameOfSubject, scopeOfSubject } from '../nouns/alarm.js';
import type { EarlyRecall } from '../nouns/early-recall.js';
import type { Reason } from '../nouns/reason.js';
import { isOwnSignature, type Signed } from '../nouns/signed.js';
import type { Verification } from '../nouns/verification.js';
import type { ReasonCode } from '../values/reason-codes.js';

/** The most alarms that one person looks at and names; more than these quality dismisses first. */
export const MAX_ALARMS_SEEN = 64;

/** The alarms about some things that nobody has dismissed. What approves, reviews or certifies waits for these (B2). */
export function openAlarms(
  alarms: readonly Alarm[],
  things: readonly AlarmSubject[],
): readonly Alarm[] {
  const meant = new Set(
    things.map((thing) => placeOf(scopeOfSubject(thing), nameOfSubject(thing))),
  );
  return alarms.filter(
    ({ scope, subject, dismissed }) => !dismissed && meant.has(placeOf(scope, subject)),
  );
}

/**
 * The alarm that is none any more, since a lot or a run is registered by whose people had said something of it before: that
 * counts from now on (B2). Where some of it was entered in error, somebody looks at it still.
 * @param early what they had said
 */
export function dismissedByOwner(
  alarm: Alarm | undefined,
  early: readonly EarlyRecall[],
  registered: Signed,
): readonly Alarm[] {
  if (!alarm || alarm.dismissed || early.some(({ annulled }) => annulled)) return [];
  return [{ ...alarm, dismissed: registered }];
}

/** Why design approval, review and certification wait: quality has dismissed none of these yet. */
export function reasonsOfOpenAlarms(open: readonly Alarm[]): readonly Reason[] {
  return open.map((alarm) => reasonOf('ALARM_OPEN', alarm, 'a dismissal by quality'));
}

/** Who authorises a dose: the actor, and the natural person that it is. */
export interface PhysicianAsking {
  readonly principal: string;
  readonly person?: string | undefined;
}

/** Who has looked at what alarms are about, at this dose. */
export interface AlarmsSeen {
  /** of this item, and not too old */
  readonly verifications: readonly Verification[];
  /** the alarms that the physician names, by the commands that raised them */
  readonly byPhysician: readonly string[];
  /** who authorises */
  readonly physician: PhysicianAsking;
}

/**
 * Why a dose stops at alarms (B2): of what they claim only a wrong identity, tampering and a loss, until the pharmacist at
 * the bedside and the physician, two people, have each named the alarm.
 * @param open the alarms about what the dose was made of, of which {@link openAlarms} are left
 */
export function reasonsOfAlarms(open: readonly Alarm[], seen: AlarmsSeen): readonly Reason[] {
  const pharmacists = seen.verifications.filter(
    ({ by, matches }) =>
      matches && by.roles.includes('pharmacist') && !isOwnSignature(by, seen.physician),
  );
  const byPharmacist = new Set(pharmacists.flatMap(({ alarmsSeen }) => alarmsSeen ?? []));
  return reasonsOfUnseen(
    open.filter(
      ({ raised: { command } }) =>
        !byPharmacist.has(command) || !seen.byPhysician.includes(command),
    ),
  );
}

/** Why a dose stops at open alarms that pharmacist and physician have not both named (B2). */
export function reasonsOfUnseen(unseen: readonly Alarm[]): readonly Reason[] {
  return unseen
    .filter(({ claim }) => claim !== 'other')
    .map((alarm) => reasonOf('ALARM_NOT_SEEN', alarm, 'pharmacist and physician who name it'));
}

function reasonOf(code: ReasonCode, { subject, claim, raised }: Alarm, expected: string): Reason {
  return { code, subject, expected, found: `${claim}: alarm ${raised.command}` };
}

function placeOf({ kind, id }: { readonly kind: string; readonly id: string }, name: string) {
  return JSON.stringify([kind, id, name]);
}
