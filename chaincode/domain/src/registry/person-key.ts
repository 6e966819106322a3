import type { Reader } from '../commands/reader.js';
import type { Actor } from '../nouns/actor.js';
import type { Governance } from '../nouns/governance.js';
import type { NaturalPerson } from '../nouns/natural-person.js';
import type { PersonKey } from '../nouns/person-key.js';
import type { Reason } from '../nouns/reason.js';
import { requireGovernance } from './governance.js';

/** The key of persons' digests, and which of those who hold it have left. */
export interface PersonKeyState {
  readonly current: PersonKey | undefined;
  readonly left: readonly string[];
}

/** Reads the key of persons' digests, and each registrar who holds it. */
export async function readPersonKey(reader: Reader): Promise<PersonKeyState> {
  const current = await reader.get('person-key', {});
  if (!current) return { current, left: [] };
  const governance = requireGovernance(await reader.get('governance', {}));
  const holders = await Promise.all(current.holders.map((id) => reader.get('actor', { id })));
  const left = holders.flatMap((each) => (each && hasLeft(each, governance) ? [each.id] : []));
  return { current, left };
}

/** Whether an actor is revoked, or of a member that has left; a member that is suspended may come back. */
export function hasLeft(
  { organisation, revocation }: Pick<Actor, 'organisation' | 'revocation'>,
  { members }: Pick<Governance, 'members'>,
): boolean {
  const gone = members.some(({ id, standing }) => id === organisation && standing === 'left');
  return gone || revocation !== undefined;
}

/**
 * Why a digest does not name a person now: it is made under another key than the current one, or that is known to somebody
 * who has left and is to be rotated first. Before a key is shared on the ledger, registrars agree on one elsewhere.
 * @param key the id of the key under which the digest is made
 */
export function reasonsAgainstDigest(
  { current, left }: PersonKeyState,
  key: string | undefined,
): readonly Reason[] {
  const subject = 'person key';
  const reasons: Reason[] = [];
  if (key !== current?.id) {
    const expected = current?.id ?? 'none, since none is shared';
    reasons.push({ code: 'OTHER_PERSON_KEY', subject, expected, found: key ?? 'none' });
  }
  if (left.length > 0) {
    const expected = 'a new key by registry:SharePersonKey, of which those who left know nothing';
    reasons.push({ code: 'PERSON_KEY_TO_ROTATE', subject, expected, found: left.join() });
  }
  return reasons;
}

/** The actor as the person whom a digest under this key names, and that it does. */
export function namedAs(
  actor: Actor,
  {
    person: digest,
    personKey,
  }: { readonly person: string; readonly personKey?: string | undefined },
  known: NaturalPerson | undefined,
): readonly [Actor, ...NaturalPerson[]] {
  const person = known?.person ?? actor.person ?? digest;
  const named = { ...actor, person, ...(personKey === undefined ? {} : { personKey }) };
  return known ? [named] : [named, { noun: 'natural-person', digest, person }];
}
