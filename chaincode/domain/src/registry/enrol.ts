import { z } from 'zod';
import { type Command, consortiumScope } from '../commands/command.js';
import { printedNameRule } from '../commands/annex.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { actorId, digest } from '../values/identifiers.js';
import { publicKeysSchema } from '../signing/keys.js';
import type { Reason } from '../nouns/reason.js';
import { LONE_ROLES, role, type Role } from '../values/roles.js';
import type { KeyHolder } from '../nouns/key-holder.js';
import { heldBy, holdersOf, reasonsOfHolders } from './key-holders.js';
import { type Actor, hospitalOf, isPatient, isRelayed } from '../nouns/actor.js';
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
  /** of who speaks in a patient's place: whose */
  patient: actorId.optional(),
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
    const { actor, patient } = command.body;
    const existing = await reader.get('actor', { id: actor });
    return {
      patient: patient === undefined ? undefined : await reader.get('actor', { id: patient }),
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
  /** in whose place the actor would speak, where somebody is named */
  readonly patient?: Actor | undefined;
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
    ...reasonsOfPatient(body, state),
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
    ...(body.patient === undefined ? {} : { patient: body.patient }),
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

/** Staff are named as the natural persons that they are, so that two actors of one are known (E1); nobody else is. */
function personReasons({ actor, kind, roles, person }: Body): readonly Reason[] {
  const subject = `actor ${actor}`;
  const staff = kind === 'person' && !LONE_ROLES.some((each) => roles.includes(each));
  if (staff && person === undefined) {
    return [{ code: 'PERSON_NOT_NAMED', subject, expected: 'a keyed digest of the person' }];
  }
  if (staff || person === undefined) return [];
  return [{ code: 'NOT_STAFF', subject, expected: 'no person', found: person }];
}

/** A patient's name, or that of who speaks for them, stands in their hospital's vault alone, and what is no person has none to print. */
function nameReasons({ actor, kind, roles }: Body, printedName?: string): readonly Reason[] {
  if (printedName === undefined || (kind === 'person' && !isRelayed({ roles }))) return [];
  return [{ code: 'NOT_STAFF', subject: `actor ${actor}`, expected: 'no name to print' }];
}

/** Who speaks in a patient's place is enrolled for one patient, by the hospital that has the patient in care. */
function reasonsOfPatient(
  { actor, roles, patient: named }: Body,
  { patient, organisation }: Pick<EnrolState, 'patient' | 'organisation'>,
): readonly Reason[] {
  const isProxy = roles.includes('proxy');
  if (named === undefined) {
    const expected = 'the patient in whose place they speak';
    return isProxy ? [{ code: 'NOT_A_PATIENT', subject: `actor ${actor}`, expected }] : [];
  }
  const subject = `actor ${named}`;
  if (!isProxy) return [{ code: 'NOT_A_PROXY', subject: `actor ${actor}`, found: roles.join() }];
  if (!patient || !isPatient(patient)) return [{ code: 'NOT_A_PATIENT', subject }];
  const found = hospitalOf(patient);
  if (found === organisation.id) return [];
  return [{ code: 'NOT_THE_PATIENTS_HOSPITAL', subject, expected: organisation.id, found }];
}

/** Who may enrol patients may enrol who speaks for them. */
function roleReasons(roles: readonly Role[], organisation: Organisation): readonly Reason[] {
  const reasons: Reason[] = roles
    .filter((each) => !organisation.grantable.includes(each === 'proxy' ? 'patient' : each))
    .map((each) => ({
      code: 'ROLE_NOT_GRANTABLE',
      subject: `role ${each}`,
      expected: organisation.grantable.join(),
      found: each,
    }));
  for (const alone of LONE_ROLES) {
    if (roles.includes(alone) && roles.length > 1) {
      reasons.push({ code: 'ROLE_STANDS_ALONE', subject: `role ${alone}`, found: roles.join() });
    }
  }
  return reasons;
}
