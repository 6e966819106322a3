import { z } from 'zod';
import { coi, itemId, localId } from '../values/identifiers.js';
import type { Blockable, Blocker } from './blockable.js';
import type { Signed } from './signed.js';

/** What a deviation or a hold is about. */
export const subjectRef = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('therapy'), coi }),
  z.strictObject({ kind: z.literal('item'), coi, id: itemId }),
  z.strictObject({ kind: z.literal('step'), coi, id: localId, attempt: z.int().min(1).max(99) }),
  z.strictObject({ kind: z.literal('dataset'), coi, id: localId }),
  z.strictObject({ kind: z.literal('design'), coi, id: localId }),
  z.strictObject({ kind: z.literal('batch'), coi, id: localId }),
]);

export type SubjectRef = z.infer<typeof subjectRef>;

/** Whether both refer to the same thing. */
export function isSameSubject(one: SubjectRef, other: SubjectRef): boolean {
  return one.coi === other.coi && nameOf(one) === nameOf(other);
}

/** `subject` with one more blocker. */
export function block<T extends Blockable>(subject: T, blocker: Blocker): T {
  return { ...subject, blockers: [...subject.blockers, blocker] };
}

/** `subject` without the blocker of that deviation or that hold; a hold's id says nothing of a deviation's. */
export function unblock<T extends Blockable>(
  subject: T,
  settled: Pick<Blocker, 'kind' | 'id'>,
  by: Signed,
): T {
  const stays = ({ kind, id }: Blocker) => kind !== settled.kind || id !== settled.id;
  const blockers = subject.blockers.filter(stays);
  if (blockers.length === subject.blockers.length) return subject;
  return { ...subject, blockers, cleared: [...(subject.cleared ?? []), by] };
}

/** `subject` with the blocker of that deviation made final: nothing permits its use any more. */
export function reject<T extends Blockable>(subject: T, id: string): T {
  const blockers = subject.blockers.map((blocker) =>
    blocker.kind === 'deviation' && blocker.id === id
      ? { ...blocker, kind: 'rejected' as const }
      : blocker,
  );
  return { ...subject, blockers };
}

/** `thing` as of a record that was entered in error: nothing permits its use, and it is not deleted. */
export function annul<T extends Blockable>(thing: T, command: string): T {
  return block(thing, { kind: 'annulled', id: `A.${command}`, code: 'ENTERED_IN_ERROR' });
}

/** Whether the record that made the thing was entered in error. */
export function isAnnulled({ blockers }: Blockable): boolean {
  return blockers.some(({ kind }) => kind === 'annulled');
}

/** Whether a thing stands for nothing any more: quality rejected it, or its record was entered in error. */
export function isSetAside({ blockers }: Blockable): boolean {
  return blockers.some(({ kind }) => kind === 'rejected' || kind === 'annulled');
}

/** What still stops a thing that is recorded anew after its first record was entered in error. */
export function stillBlocking({ blockers }: Blockable): Blockable['blockers'] {
  return blockers.filter(({ kind }) => kind !== 'annulled');
}

/** `subject` stopped again by a deviation whose disposition was entered in error. */
export function reopen<T extends Blockable>(
  subject: T,
  { id, code }: Pick<Blocker, 'id' | 'code'>,
  disposition: string,
): T {
  const others = subject.blockers.filter((each) => each.id !== id || each.kind === 'hold');
  return {
    ...subject,
    blockers: [...others, { kind: 'deviation', id, code }],
    cleared: (subject.cleared ?? []).filter(({ command }) => command !== disposition),
  };
}

/** A short name of a subject, for reasons and lists: `item https://id.gs1.org/…`, `step calling/1`. */
export function nameOf(ref: SubjectRef): string {
  switch (ref.kind) {
    case 'therapy':
      return `therapy ${ref.coi}`;
    case 'step':
      return `step ${ref.id}/${ref.attempt}`;
    default:
      return `${ref.kind} ${ref.id}`;
  }
}
