import { z } from 'zod';
import { type Command, consortiumScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { actorId } from '../values/identifiers.js';
import { publicKeysSchema } from '../signing/keys.js';
import type { Reason } from '../nouns/reason.js';
import { role, type Role } from '../values/roles.js';
import type { Actor } from '../nouns/actor.js';
import { actorKind } from '../values/words.js';
import type { Organisation } from '../nouns/organisation.js';
import { possessionProof, requirePossession } from '../signing/possession.js';
import { VeinledgerError } from '../errors/errors.js';
import { everybodyEntitled } from '../standing/refuse.js';

const enrolActorBody = z.strictObject({
  actor: actorId,
  kind: actorKind,
  roles: z.array(role).min(1).max(8),
  keys: publicKeysSchema,
  proof: possessionProof,
});

export const enrolActor = definePermission({
  type: 'registry:EnrolActor',
  roles: ['registrar'],
  signature: 'own',
  annexes: [],
  body: enrolActorBody,
  scope: consortiumScope,
  reads: async (reader, command, context) => {
    const id = context.actor.organisation;
    const organisation = await reader.get('organisation', { id });
    if (!organisation) {
      throw new VeinledgerError('UNKNOWN_ORGANISATION', 'the organisation is not a member', {
        field: 'actor.organisation',
        expected: 'a member',
        found: id,
      });
    }
    return { organisation, existing: await reader.get('actor', { id: command.body.actor }) };
  },
  standing: everybodyEntitled,
  decide: decideEnrol,
});
type Body = z.infer<typeof enrolActorBody>;

export interface EnrolState {
  readonly organisation: Organisation;
  readonly existing: Actor | undefined;
}

/**
 * A registrar enrols an actor of its own organisation, with roles that the consortium lets it grant.
 * @throws VeinledgerError WEAK_KEY, POSSESSION_NOT_PROVED
 */
export async function decideEnrol(
  state: EnrolState,
  command: Command<Body>,
  context: Context,
): Promise<PermissionDecision> {
  const { body } = command;
  const { actor, keys } = body;
  const { network } = context.root;
  await requirePossession(body.proof, { network, actor, keys }, context.verifier);
  const subject = `actor ${actor}`;
  const reasons: Reason[] = [...roleReasons(body.roles, state.organisation)];
  if (state.existing) reasons.push({ code: 'ACTOR_EXISTS', subject });
  const { organisation } = state;
  const registrars = [...organisation.registrars, actor];
  return permitUnless(reasons, () => [
    {
      noun: 'actor',
      id: actor,
      organisation: organisation.id,
      kind: body.kind,
      roles: body.roles,
      keys,
      enrolledAt: context.transactionTime,
      enrolledBy: command.actor,
    },
    ...(body.roles.includes('registrar') ? [{ ...organisation, registrars }] : []),
  ]);
}

function roleReasons(roles: readonly Role[], organisation: Organisation): readonly Reason[] {
  const reasons: Reason[] = roles
    .filter((each) => !organisation.grantable.includes(each))
    .map((each) => ({
      code: 'ROLE_NOT_GRANTABLE',
      subject: `role ${each}`,
      expected: organisation.grantable.join(),
      found: each,
    }));
  for (const alone of ['registrar', 'patient'] as const) {
    if (roles.includes(alone) && roles.length > 1) {
      reasons.push({ code: 'ROLE_STANDS_ALONE', subject: `role ${alone}`, found: roles.join() });
    }
  }
  return reasons;
}
