import { z } from 'zod';
import { deviationCode } from '../values/deviation-codes.js';
import { classification, groundOfPermission, settlement } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { scopeSchema } from './scope.js';
import { signedSchema } from './signed.js';
import { isSameSubject, type SubjectRef, subjectRef } from './subject.js';

const dispositionSchema = signedSchema.extend({
  decision: settlement,
  /** of a failed check that is permitted without an investigation of its own: what stands for it, and as long as it does */
  restsOn: groundOfPermission.exactOptional(),
});

const concernedSchema = z.strictObject({
  ref: subjectRef,
  disposition: dispositionSchema.exactOptional(),
});

/** One thing that a deviation is about, with how it was settled for that thing. */
export interface Concerned extends ReadOnly<z.infer<typeof concernedSchema>> {}

export const deviationSchema = z.strictObject({
  noun: z.literal('deviation'),
  scope: scopeSchema,
  id: z.string(),
  code: deviationCode,
  classification,
  /** of this scope alone: what it is about elsewhere stands there, under the same id */
  subjects: z.array(concernedSchema),
  /** what was expected and found, in codes and ids */
  expected: z.string().exactOptional(),
  found: z.string().exactOptional(),
  opened: signedSchema,
  /** since when it counts anew: a disposition of it was entered in error; of what was found early, the run was registered */
  reopened: signedSchema.exactOptional(),
  /** that it was entered in error */
  annulled: signedSchema.exactOptional(),
});

/** Something that went otherwise than agreed. A subject may not be used until it is settled for it. */
export interface Deviation extends ReadOnly<z.infer<typeof deviationSchema>> {}

export const deviationNoun = defineNoun<Deviation>()({
  noun: 'deviation',
  schema: deviationSchema,
  key: ['scope', 'id'],
});

/** What a deviation has on one of its subjects; undefined where it is about something else. */
export function concernedIn(deviation: Deviation, ref: SubjectRef): Concerned | undefined {
  return deviation.subjects.find((each) => isSameSubject(each.ref, ref));
}

/** The deviation, settled for one of its subjects and no other. */
export function settle(
  deviation: Deviation,
  ref: SubjectRef,
  disposition: NonNullable<Concerned['disposition']>,
): Deviation {
  const subjects = deviation.subjects.map((each) =>
    isSameSubject(each.ref, ref) ? { ...each, disposition } : each,
  );
  return { ...deviation, subjects };
}
