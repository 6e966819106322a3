import { z } from 'zod';
import { type Command, consortiumScope } from '../commands/command.js';
import { printedNameRule } from '../commands/annex.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { actorId, digest } from '../values/identifiers.js';
import { publicKeysSchema } from '../signing/keys.js';
import type { Reason } from '../nouns/reason.js';
import { role, type Role } from '../values/roles.js';
import type { KeyHolder } from '../nouns/key-holder.js';
import { heldBy, holdersOf, reasonsOfHolders } from './key-holders.js';
import type { Actor } from '../nouns/actor.js';
import type { NaturalPerson } from '../nouns/natural-person.js';
import type { Reader } from '../commands/reader.js';
import { namedAs, type PersonKeyState, readPersonKey, reasonsAgainstDigest } from './person-key.js';
import { actorKind } from '../values/words.js';
import type { Organisation } from '../nouns/organisation.js';
import { possessionProof, requirePossession } from '../signing/possession.js';
import { VeinledgerError } from '../errors/errors.js';
import { everybodyEntitled } from '../standing/refuse.js';

const enrolActorBody = z.strictObject({
  actor: actorId,
  kind: actorKind,
  roles: z.array(role).min(1).max(8),
  /** keyed digest of the natural person, under the key that the programme's registrars share */
  person: digest.optional(),
  /** the id of that key */
  personKey: digest.optional(),
  keys: publicKeysSchema,
  proof: possessionProof,
});

export const enrolActor = definePermission({
  type: 'registry:EnrolActor',
  roles: ['registrar'],
  signature: 'own',
  annexes: [printedNameRule],
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
    const existing = await reader.get('actor', { id: command.body.actor });
    return {
      ...(await personIn(reader, command.body)),
      organisation,
      existing,
      holders: await holdersOf(reader, command.body.keys),
    };
  },
  standing: everybodyEntitled,
  annulling: 'never',
  decide: decideEnrol,
});
type Body = z.infer<typeof enrolActorBody>;

/** What is known of the person whom an enrolment names; of nobody, nothing is asked. */
async function personIn(
  reader: Reader,
  { person }: Pick<Body, 'person'>,
): Promise<Pick<EnrolState, 'personKey' | 'known'>> {
  if (person === undefined) return { personKey: undefined, known: undefined };
  return {
    personKey: await readPersonKey(reader),
    known: await reader.get('natural-person', { digest: person }),
  };
}

export interface EnrolState {
  /** under which key persons are named; left out where none is named */
  readonly personKey: PersonKeyState | undefined;
  /** whom the digest names already */
  readonly known: NaturalPerson | undefined;
  readonly organisation: Organisation;
  readonly existing: Actor | undefined;
  /** who has or had the keys */
  readonly holders: readonly KeyHolder[];
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
  const { actor, keys, person } = body;
  const printedName = command.annex?.['name'];
  const { network } = context.root;
  await requirePossession(body.proof, { network, actor, keys }, context.verifier);
  const subject = `actor ${actor}`;
  const reasons: Reason[] = [
    ...roleReasons(body.roles, state.organisation),
    ...personReasons(body),
    ...nameReasons(body, printedName),
    ...(state.personKey ? reasonsAgainstDigest(state.personKey, body.personKey) : []),
  ];
  if (state.existing) reasons.push({ code: 'ACTOR_EXISTS', subject });
  reasons.push(...reasonsOfHolders(state.holders));
  const { organisation } = state;
  const registrars = [...organisation.registrars, actor];
  const enrolled: Actor = {
    noun: 'actor',
    id: actor,
    organisation: organisation.id,
    kind: body.kind,
    roles: body.roles,
    ...(printedName === undefined ? {} : { printedName }),
    keys,
    enrolledAt: context.transactionTime,
    enrolledBy: command.actor,
  };
  return permitUnless(reasons, () => [
    ...(person === undefined
      ? [enrolled]
      : namedAs(enrolled, { person, personKey: body.personKey }, state.known)),
    ...heldBy(actor, keys),
    ...(body.roles.includes('registrar') ? [{ ...organisation, registrars }] : []),
  ]);
}

/** Patients and registrars hold one role alone, and are one person by that. */
const ALONE: readonly Role[] = ['patient', 'registrar'];

/** Staff are named as the natural persons that they are, so that two actors of one are known (E1); nobody else is. */
function personReasons({ actor, kind, roles, person }: Body): readonly Reason[] {
  const subject = `actor ${actor}`;
  const staff = kind === 'person' && !roles.some((each) => ALONE.includes(each));
  if (staff && person === undefined) {
    return [{ code: 'PERSON_NOT_NAMED', subject, expected: 'a keyed digest of the person' }];
  }
  if (staff || person === undefined) return [];
  return [{ code: 'NOT_STAFF', subject, expected: 'no person', found: person }];
}

/** A patient's name stands nowhere but in their hospital's vault, and what is no person has none to print. */
function nameReasons({ actor, kind, roles }: Body, printedName?: string): readonly Reason[] {
  if (printedName === undefined || (kind === 'person' && !roles.includes('patient'))) return [];
  return [{ code: 'NOT_STAFF', subject: `actor ${actor}`, expected: 'no name to print' }];
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
