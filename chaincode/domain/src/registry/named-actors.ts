import type { CommandRecord } from '../nouns/record.js';

/** How changes and reasons name an actor: `actor patient-7`. */
const NAMED = /^actor (\S+)$/;

/** The ids of the actors whom a record names: who signed it, whom it changed, and about whom it was refused. */
export function actorsNamedIn({
  actor,
  changed,
  reasons,
}: Pick<CommandRecord, 'actor' | 'changed' | 'reasons'>): readonly string[] {
  const names = [...changed, ...reasons.flatMap(({ subject }) => subject ?? [])];
  const named = names.flatMap((name) => NAMED.exec(name)?.[1] ?? []);
  return [...new Set([actor, ...named])];
}
