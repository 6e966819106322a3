import { OF_ANOTHER_THERAPY } from '../nouns/named-item.js';
import type { Reason } from '../nouns/reason.js';
import type { Scope } from '../nouns/scope.js';
import { namesIn } from '../values/names.js';
import type { Reader } from './reader.js';

/** The chain of identity of the therapy that a name is of; undefined for what nobody registered. */
export type TherapyOf = (name: string) => Promise<string | undefined>;

/**
 * The reasons as the receipt of a therapy tells them: what they say of another therapy they say without its names, since
 * whoever reads the one need not know the other (H2).
 */
export async function reasonsWithin(
  scope: Scope,
  reasons: readonly Reason[],
  therapyOf: TherapyOf,
): Promise<readonly Reason[]> {
  if (scope.kind !== 'therapy') return reasons;
  const foreign: string[] = [];
  for (const name of namesIn(reasons)) {
    const coi = name === scope.id ? scope.id : await therapyOf(name);
    if (coi !== undefined && coi !== scope.id) foreign.push(name);
  }
  return foreign.length === 0 ? reasons : reasons.map((each) => withoutForeign(each, foreign));
}

/** Looks in the ledger's state of which therapy a name is. */
export function therapyOfIn(reader: Pick<Reader, 'get'>): TherapyOf {
  return async (name) => {
    const item = await reader.get('item-index', { id: name });
    return (item ?? (await reader.get('therapy', { coi: name })))?.coi;
  };
}

/** A subject is a thing's short name, and so it is left out whole. */
function withoutForeign(
  { code, subject, expected, found }: Reason,
  foreign: readonly string[],
): Reason {
  const told = (text: string) =>
    foreign.reduce((left, name) => left.replaceAll(name, OF_ANOTHER_THERAPY), text);
  const isForeign = subject !== undefined && told(subject) !== subject;
  return {
    code,
    ...(subject === undefined || isForeign ? {} : { subject }),
    ...(expected === undefined ? {} : { expected: told(expected) }),
    ...(found === undefined ? {} : { found: told(found) }),
  };
}
