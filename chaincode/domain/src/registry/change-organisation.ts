import { heldBy, reasonsOfHolders } from './key-holders.js';
import type { Entity } from '../nouns/registry.js';
import type { Reason } from '../nouns/reason.js';
import { milliseconds } from '../values/time.js';
import type { Actor } from '../nouns/actor.js';
import type { Assessment, ChangeState, Effect } from './assessment.js';
import { type OrganisationChange, subjectOf } from '../nouns/change.js';
import { activeMembers, MAX_MEMBERS, MIN_MEMBERS, withMember } from './governance.js';
import type { Organisation } from '../nouns/organisation.js';
import type { Standing } from '../values/words.js';

type Admission = Extract<OrganisationChange, { kind: 'admit-organisation' }>;
type Appointment = Extract<OrganisationChange, { kind: 'appoint-registrar' }>;

/** Judges a change of an organisation's. */
export function changeOrganisation(
  change: OrganisationChange,
  state: ChangeState,
  transactionTime: string,
): Assessment {
  if (change.kind === 'admit-organisation') return admit(change, state);
  const { organisation } = state;
  if (!organisation) return impossible({ code: 'NOT_A_MEMBER', subject: subjectOf(change) });
  switch (change.kind) {
    case 'suspend-organisation':
      return stand(organisation, 'suspended', ['active'], state);
    case 'reinstate-organisation':
      return stand(organisation, 'active', ['suspended', 'left'], state);
    case 'remove-organisation':
      return stand(organisation, 'left', ['active', 'suspended'], state);
    case 'set-grantable-roles':
      return amend(organisation, 'grantable', change.grantable, state);
    case 'set-country':
      return amend(organisation, 'country', change.country, state);
    case 'appoint-registrar':
      return appoint(organisation, change, state, transactionTime);
  }
}

function impossible(reason: Reason): Assessment {
  return {
    replaces: {},
    reasons: [reason],
    changes: () => {
      throw new Error(`${reason.code} changes nothing`);
    },
  };
}

function admit(change: Admission, state: ChangeState): Assessment {
  const { governance, organisation } = state;
  const { organisation: id, country, grantable } = change;
  const reasons = [...takenReasons(change, state)];
  const subject = subjectOf(change);
  if (organisation) {
    reasons.push({ code: 'ORGANISATION_EXISTS', subject, found: organisation.standing });
  }
  if (governance.members.length >= MAX_MEMBERS) {
    reasons.push({ code: 'CONSORTIUM_FULL', subject, expected: `at most ${MAX_MEMBERS}` });
  }
  const member = {
    noun: 'organisation',
    id,
    country,
    grantable,
    registrars: [change.registrar.actor],
    standing: 'active',
  } as const;
  return {
    replaces: {},
    reasons,
    changes: (effect) => ({
      governance: withMember(governance, { id, standing: 'active' }),
      others: [member, ...appointed(change, effect)],
    }),
  };
}

function stand(
  organisation: Organisation,
  standing: Standing,
  from: readonly Standing[],
  { governance }: ChangeState,
): Assessment {
  const { id, standing: before } = organisation;
  const subject = `organisation ${id}`;
  const reasons: Reason[] = [];
  if (!from.includes(before)) {
    reasons.push({ code: 'OTHER_STANDING', subject, expected: from.join(), found: before });
  }
  const after = withMember(governance, { id, standing });
  const left = activeMembers(after).length;
  if (standing !== 'active' && before === 'active' && left < MIN_MEMBERS) {
    reasons.push({
      code: 'LAST_MEMBERS',
      subject,
      expected: `at least ${MIN_MEMBERS} active members`,
      found: String(left),
    });
  }
  return {
    replaces: { standing: before },
    reasons,
    changes: () => ({ governance: after, others: [{ ...organisation, standing }] }),
  };
}

function amend<Member extends 'grantable' | 'country'>(
  organisation: Organisation,
  member: Member,
  value: Organisation[Member],
  { governance }: ChangeState,
): Assessment {
  const { id, standing, [member]: before } = organisation;
  const subject = `organisation ${id}`;
  const found = textOf(before);
  const reasons: Reason[] = [];
  if (standing === 'left') reasons.push({ code: 'NOT_A_MEMBER', subject, found: standing });
  if (isSame(before, value)) reasons.push({ code: 'NOTHING_CHANGES', subject, found });
  return {
    replaces: { [member]: before },
    reasons,
    changes: () => ({ governance, others: [{ ...organisation, [member]: value }] }),
  };
}

function textOf(value: string | readonly string[]): string {
  return typeof value === 'string' ? value : [...new Set(value)].sort().join();
}

/** The same word, or the same words in whichever order. */
function isSame(one: string | readonly string[], other: string | readonly string[]): boolean {
  const [first, second] = [one, other].map((each) =>
    JSON.stringify(typeof each === 'string' ? each : [...new Set(each)].sort()),
  );
  return first === second;
}

function appoint(
  organisation: Organisation,
  change: Appointment,
  state: ChangeState,
  transactionTime: string,
): Assessment {
  const { registrars } = organisation;
  const ended = change.ends?.actors ?? [];
  const { governance, ending } = state;
  return {
    replaces: { registrars },
    reasons: [
      ...takenReasons(change, state),
      ...ended
        .filter((actor) => !registrars.includes(actor))
        .map((actor) => ({ code: 'NOT_A_REGISTRAR' as const, subject: `actor ${actor}` })),
      ...futureReasons(change, transactionTime),
    ],
    changes: (effect) => {
      const stay = registrars.filter((actor) => !ended.includes(actor));
      const renewed = { ...organisation, registrars: [...stay, change.registrar.actor] };
      const others: Entity[] = [renewed, ...appointed(change, effect)];
      for (const actor of ending) if (actor) others.push(revoked(actor, change, effect));
      return { governance, others };
    },
  };
}

function takenReasons(
  { registrar: { actor } }: Admission | Appointment,
  { registrar: existing, holders }: ChangeState,
): readonly Reason[] {
  const taken = existing ? [{ code: 'ACTOR_EXISTS' as const, subject: `actor ${actor}` }] : [];
  return [...taken, ...reasonsOfHolders(holders)];
}

function appointed(
  { organisation, registrar }: Admission | Appointment,
  { proposer, transactionTime }: Effect,
): readonly Entity[] {
  const actor: Actor = {
    noun: 'actor',
    id: registrar.actor,
    organisation,
    kind: 'person',
    roles: ['registrar'],
    keys: registrar.keys,
    enrolledAt: transactionTime,
    enrolledBy: proposer,
  };
  return [actor, ...heldBy(actor.id, actor.keys)];
}

function futureReasons({ ends }: Appointment, transactionTime: string): readonly Reason[] {
  const since = ends?.compromisedSince;
  if (since === undefined || milliseconds(since) <= milliseconds(transactionTime)) return [];
  const expected = `not after ${transactionTime}`;
  return [{ code: 'COMPROMISED_IN_FUTURE', expected, found: since }];
}

function revoked(actor: Actor, { ends }: Appointment, { decider, transactionTime }: Effect): Actor {
  const since = ends?.compromisedSince;
  return {
    ...actor,
    revocation: {
      at: transactionTime,
      by: decider,
      reason: ends?.reason ?? 'role-ended',
      ...(since === undefined ? {} : { compromisedSince: since }),
    },
  };
}
