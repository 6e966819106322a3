import { z } from 'zod';
import { type Command, consortiumScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { type Actor, isRelayed } from '../nouns/actor.js';
import type { Reason } from '../nouns/reason.js';
import { periodOnDutySchema } from '../nouns/rota.js';
import { signedBy } from '../nouns/signed.js';
import { onlyOwn } from '../standing/refuse.js';
import { actorId, organisationId } from '../values/identifiers.js';
import { type Role, ROLES } from '../values/roles.js';
import { milliseconds } from '../values/time.js';

const recordRotaBody = z.strictObject({
  organisation: organisationId,
  /** whom it names is asked for this role; patients, and who speaks for them, are on no rota */
  role: z.enum(ROLES).exclude(['patient', 'proxy']),
  periods: z.array(periodOnDutySchema).max(62),
  deputies: z.array(actorId).max(4),
  management: z.array(actorId).min(1).max(4),
});

export const recordRota = definePermission({
  type: 'registry:RecordRota',
  roles: ['registrar', 'quality', 'coordinator'],
  signature: 'own',
  annexes: [],
  body: recordRotaBody,
  scope: consortiumScope,
  reads: async (reader, { body }) => {
    const named = await Promise.all(namedIn(body).map((id) => reader.get('actor', { id })));
    return { people: named.filter((each) => each !== undefined) };
  },
  standing: (_state, { body: { organisation, role } }, context) =>
    onlyOwn(
      { organisation },
      { code: 'NOT_THE_OWNER', subject: `rota ${organisation} ${role}` },
      context,
    ),
  annulling: 'never',
  decide: decideRecordRota,
});
type Body = z.infer<typeof recordRotaBody>;

/**
 * An organisation says whom it has on call for a role (G1), in place of what it said before: people of its own who act, and
 * who have the role. Its management is called last, and may have any.
 */
export function decideRecordRota(
  { people }: { readonly people: readonly Actor[] },
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const known = new Map(people.map((each) => [each.id, each]));
  const called = new Set([...body.periods.flatMap((each) => each.people), ...body.deputies]);
  const reasons = [
    ...reasonsOfPeriods(body),
    ...namedIn(body).flatMap((id) =>
      reasonsOfPerson(id, known.get(id), called.has(id) ? body.role : undefined, context),
    ),
  ];
  return permitUnless(reasons, () => [
    { noun: 'rota', ...body, recorded: signedBy(command, context) },
  ]);
}

function namedIn({ periods, deputies, management }: Body): readonly string[] {
  return [...new Set([...periods.flatMap(({ people }) => people), ...deputies, ...management])];
}

function reasonsOfPeriods({ organisation, role, periods }: Body): readonly Reason[] {
  const subject = `rota ${organisation} ${role}`;
  return periods.flatMap(({ from, until }, index): readonly Reason[] => {
    const before = periods[index - 1]?.until ?? from;
    if (milliseconds(from) >= milliseconds(until)) {
      return [{ code: 'PERIOD_EMPTY', subject, expected: `an end after ${from}`, found: until }];
    }
    if (milliseconds(before) <= milliseconds(from)) return [];
    const expected = `a period that begins at ${before} or later`;
    return [{ code: 'PERIODS_OVERLAP', subject, expected, found: from }];
  });
}

function reasonsOfPerson(
  id: string,
  person: Actor | undefined,
  role: Role | undefined,
  { actor: { organisation } }: Context,
): readonly Reason[] {
  const subject = `actor ${id}`;
  if (!person) return [{ code: 'NO_SUCH_ACTOR', subject }];
  if (person.organisation !== organisation) {
    const found = person.organisation;
    return [{ code: 'FOREIGN_ACTOR', subject, expected: organisation, found }];
  }
  const reasons: Reason[] = [];
  if (person.kind !== 'person' || isRelayed(person)) {
    const found = isRelayed(person) ? person.roles.join() : person.kind;
    reasons.push({ code: 'NOT_STAFF', subject, expected: 'a person of the staff', found });
  }
  if (person.revocation) {
    reasons.push({ code: 'ACTOR_REVOKED', subject, found: person.revocation.at });
  }
  if (role !== undefined && !person.roles.includes(role)) {
    reasons.push({ code: 'ROLE_NOT_HELD', subject, expected: role, found: person.roles.join() });
  }
  return reasons;
}
