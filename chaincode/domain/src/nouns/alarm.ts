import { z } from 'zod';
import { commandTypeName, organisationId } from '../values/identifiers.js';
import { ALARM_CLAIMS, type AlarmClaim } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { type Scope, scopeSchema } from './scope.js';
import { signedSchema } from './signed.js';
import { nameOf, type SubjectRef } from './subject.js';

/** What an alarm can be about. */
export type AlarmSubject = SubjectRef | { readonly kind: 'lot' | 'run'; readonly id: string };

/** What a word without standing says of a thing. */
export interface Claim {
  readonly subject: AlarmSubject;
  readonly claim: AlarmClaim;
}

export const alarmSchema = z.strictObject({
  noun: z.literal('alarm'),
  scope: scopeSchema,
  /** the short name of what it is about */
  subject: z.string(),
  /** whose people said it */
  organisation: organisationId,
  claim: z.enum(ALARM_CLAIMS),
  /** the type of the command that said it */
  type: commandTypeName,
  /** the command's id names the alarm: when it is raised again, it is another */
  raised: signedSchema,
  /** by whose quality looked at it; of a lot or a run also by its registration, where that names who said it as its owner */
  dismissed: signedSchema.exactOptional(),
});

/**
 * Somebody without standing said something of a thing. It blocks nothing and changes nothing; it is open until quality
 * dismisses it. There is one of each subject and organisation, however often it is said.
 */
export interface Alarm extends ReadOnly<z.infer<typeof alarmSchema>> {}

export const alarmNoun = defineNoun<Alarm>()({
  noun: 'alarm',
  schema: alarmSchema,
  key: ['scope', 'subject', 'organisation'],
});

/** Where the alarms about a thing lie. */
export function scopeOfSubject(subject: AlarmSubject): Scope {
  return 'coi' in subject
    ? { kind: 'therapy', id: subject.coi }
    : { kind: subject.kind, id: subject.id };
}

/** The short name by which alarms name a thing. */
export function nameOfSubject(subject: AlarmSubject): string {
  return 'coi' in subject ? nameOf(subject) : `${subject.kind} ${subject.id}`;
}

/** Where the one alarm stands that an organisation's people raise about a thing. */
export function placeOfAlarm(subject: AlarmSubject, organisation: string) {
  return { scope: scopeOfSubject(subject), subject: nameOfSubject(subject), organisation } as const;
}

/** Whether one claim is graver than another. */
export function isGraver(one: AlarmClaim, other: AlarmClaim): boolean {
  return ALARM_CLAIMS.indexOf(one) < ALARM_CLAIMS.indexOf(other);
}
