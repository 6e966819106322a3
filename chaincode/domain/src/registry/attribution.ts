import { VeinledgerError } from '../errors/errors.js';
import type { Actor } from '../nouns/actor.js';
import type { DelegableType } from '../commands/command.js';
import { isOpen } from './session.js';
import type { Session } from '../nouns/session.js';

/** Who answers for a command: the actor with the roles that count, and the person behind it. */
export interface Attribution {
  readonly actor: Actor;
  readonly principal: string;
  /** the principal's natural person */
  readonly person: string | undefined;
}

/** What attribution reads of a device. */
export interface DeviceState {
  readonly session: Session | undefined;
  /** the person who opened the session */
  readonly principal: Actor | undefined;
}

/**
 * Under whose name a device signs. Without an open session for the type a device signs only what a device reports by
 * itself; with one it acts for the person, in the roles that both have. A person and a service answer for themselves; electronic signatures are given by persons only
 * (E2).
 * @throws VeinledgerError SIGNATURE_NOT_DELEGABLE, SESSION_REQUIRED, SESSION_TYPE, ROLE_MISSING
 */
export function attribute(
  actor: Actor,
  type: DelegableType,
  state: DeviceState,
  transactionTime: string,
): Attribution {
  if (type.signature === 'own' && actor.kind !== 'person') {
    throw new VeinledgerError(
      'SIGNATURE_NOT_DELEGABLE',
      'no device and no service signs this in a person’s place',
      {
        field: 'actor',
        expected: `the person's own signature on ${type.type}`,
        found: `${actor.kind} ${actor.id}`,
      },
    );
  }
  if (actor.kind !== 'device') return own(actor);
  const { session, principal } = state;
  const open = session && principal && isOpen(session, transactionTime) && !principal.revocation;
  if (!open) {
    if (type.signature === 'device') return own(actor);
    throw new VeinledgerError('SESSION_REQUIRED', 'the device has no open session', {
      field: 'actor',
      expected: `a session of ${actor.id} for ${type.type}, open at ${transactionTime}`,
      found: session ? `one until ${session.closed?.time ?? session.until}` : 'none',
    });
  }
  if (!session.types.includes(type.type)) {
    if (type.signature === 'device') return own(actor);
    throw new VeinledgerError('SESSION_TYPE', 'the session is not for this type of command', {
      field: 'type',
      expected: session.types.join(),
      found: type.type,
    });
  }
  return {
    actor: { ...actor, roles: sharedRoles(actor, principal, type) },
    principal: principal.id,
    person: principal.person,
  };
}

function own(actor: Actor): Attribution {
  return { actor, principal: actor.id, person: actor.person };
}

function sharedRoles(device: Actor, person: Actor, { roles }: DelegableType) {
  const shared = device.roles.filter((role) => person.roles.includes(role));
  if (shared.some((role) => roles.includes(role))) return shared;
  throw new VeinledgerError('ROLE_MISSING', 'person and device have no role in common for it', {
    field: 'actor.roles',
    expected: roles.join(),
    found: shared.join() || 'none',
  });
}
