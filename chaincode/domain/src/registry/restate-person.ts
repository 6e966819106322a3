import { z } from 'zod';
import { type Command, consortiumScope } from '../commands/command.js';
import { printedNameRule } from '../commands/annex.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import type { Actor } from '../nouns/actor.js';
import type { NaturalPerson } from '../nouns/natural-person.js';
import type { Reason } from '../nouns/reason.js';
import { onlyOwn } from '../standing/refuse.js';
import { actorId, digest } from '../values/identifiers.js';
import { namedAs, type PersonKeyState, readPersonKey, reasonsAgainstDigest } from './person-key.js';

const restatePersonBody = z.strictObject({
  actor: actorId,
  /** keyed digest of the natural person, under the current key */
  person: digest,
  personKey: digest,
});

export const restatePerson = definePermission({
  type: 'registry:RestatePerson',
  roles: ['registrar'],
  signature: 'own',
  annexes: [printedNameRule],
  body: restatePersonBody,
  scope: consortiumScope,
  reads: async (reader, { body }) => ({
    ...(await readPersonKey(reader)),
    target: await reader.get('actor', { id: body.actor }),
    known: await reader.get('natural-person', { digest: body.person }),
  }),
  standing: ({ target }, { body }, context) =>
    onlyOwn(target, { code: 'FOREIGN_ACTOR', subject: `actor ${body.actor}` }, context),
  annulling: 'never',
  decide: decideRestatePerson,
});

export interface RestateState extends PersonKeyState {
  readonly target: Actor | undefined;
  /** whom the digest names already */
  readonly known: NaturalPerson | undefined;
}

/**
 * A registrar names one of its own staff under the current key, once for each key, so that whoever is enrolled under it from
 * now on is known as the same person; with another name to print, where it changed.
 */
export function decideRestatePerson(
  state: RestateState,
  command: Command<z.infer<typeof restatePersonBody>>,
  { transactionTime }: Pick<Context, 'transactionTime'>,
): PermissionDecision {
  const { body } = command;
  const { target } = state;
  const subject = `actor ${body.actor}`;
  if (!target) return { decision: 'refused', reasons: [{ code: 'NO_SUCH_ACTOR', subject }] };
  const reasons: Reason[] = [...reasonsAgainstDigest(state, body.personKey)];
  if (target.person === undefined) {
    reasons.push({ code: 'NOT_STAFF', subject, expected: 'an actor who is named as a person' });
  }
  if (state.current && target.personKey === state.current.id) {
    reasons.push({ code: 'PERSON_RESTATED', subject, found: target.personKey });
  }
  const printedName = command.annex?.['name'];
  const renamed =
    printedName === undefined ? target : printedAs(target, printedName, transactionTime);
  return permitUnless(reasons, () => namedAs(renamed, body, state.known));
}

/** Somebody by another name: what they signed before keeps the one that it was printed with, or none. */
function printedAs(target: Actor, printedName: string, until: string): Actor {
  const { printedName: former, formerNames = [] } = target;
  const before = { ...(former === undefined ? {} : { printedName: former }), until };
  return { ...target, printedName, formerNames: [...formerNames, before] };
}
