import { z } from 'zod';
import { type Command, consortiumScope, type DelegableType } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { actorId, commandTypeName } from '../values/identifiers.js';
import type { Reason } from '../nouns/reason.js';
import { type Role, STAFF_ROLES } from '../values/roles.js';
import { signedBy } from '../nouns/signed.js';
import { addMinutes } from '../values/time.js';
import type { Actor } from '../nouns/actor.js';
import { isOpen, MAX_SESSION_MINUTES } from './session.js';
import type { Session } from '../nouns/session.js';
import { everybodyEntitled } from '../standing/refuse.js';

const STAFF: readonly Role[] = [...STAFF_ROLES, 'auditor'];

const openSessionBody = z.strictObject({
  device: actorId,
  types: z.array(commandTypeName).min(1).max(32),
  minutes: z.int().min(1).max(MAX_SESSION_MINUTES),
});

export const openSession = definePermission({
  type: 'registry:OpenSession',
  roles: STAFF,
  signature: 'own',
  annexes: [],
  body: openSessionBody,
  scope: consortiumScope,
  reads: async (reader, { body }, { typeNamed }) => ({
    device: await reader.get('actor', { id: body.device }),
    session: await reader.get('session', { device: body.device }),
    types: body.types.map(typeNamed),
  }),
  standing: everybodyEntitled,
  annulling: 'never',
  decide: decideOpenSession,
});
type Body = z.infer<typeof openSessionBody>;

export interface OpenSessionState {
  readonly device: Actor | undefined;
  readonly session: Session | undefined;
  /** what the catalogue says of each type that the body names */
  readonly types: readonly (DelegableType | undefined)[];
}

/** A person lets one device of the same organisation sign some types of command for a shift. */
export function decideOpenSession(
  state: OpenSessionState,
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const reasons: Reason[] = [...deviceReasons(state, body, context)];
  body.types.forEach((type, index) => {
    reasons.push(...typeReasons(type, state.types[index], context.actor, state.device));
  });
  if (context.actor.kind !== 'person') {
    reasons.push({ code: 'NOT_A_PERSON', subject: `actor ${command.actor}` });
  }
  return permitUnless(reasons, () => [
    {
      noun: 'session',
      device: body.device,
      principal: command.actor,
      organisation: context.actor.organisation,
      types: body.types,
      opened: signedBy(command, context),
      until: addMinutes(context.transactionTime, body.minutes),
    },
  ]);
}

function deviceReasons(state: OpenSessionState, body: Body, context: Context): readonly Reason[] {
  const { device, session } = state;
  const subject = `actor ${body.device}`;
  if (device?.kind !== 'device') return [{ code: 'NOT_A_DEVICE', subject }];
  const reasons: Reason[] = [];
  const { organisation } = context.actor;
  if (device.organisation !== organisation) {
    reasons.push({
      code: 'FOREIGN_ACTOR',
      subject,
      expected: organisation,
      found: device.organisation,
    });
  }
  if (device.revocation)
    reasons.push({ code: 'DEVICE_REVOKED', subject, found: device.revocation.at });
  if (session && isOpen(session, context.transactionTime)) {
    reasons.push({
      code: 'SESSION_OPEN',
      subject,
      expected: 'a device without an open session',
      found: `${session.principal} until ${session.until}`,
    });
  }
  return reasons;
}

function typeReasons(
  type: string,
  known: DelegableType | undefined,
  person: Actor,
  device: Actor | undefined,
): readonly Reason[] {
  const subject = `type ${type}`;
  if (!known) return [{ code: 'UNKNOWN_TYPE', subject }];
  if (known.signature === 'own') {
    return [{ code: 'NOT_DELEGABLE', subject, expected: "the person's own signature" }];
  }
  const shared = person.roles.filter((role) => device?.roles.includes(role));
  if (shared.some((role) => known.roles.includes(role))) return [];
  return [
    {
      code: 'ROLE_NOT_SHARED',
      subject,
      expected: `person and device each one of ${known.roles.join()}`,
      found: shared.join() || 'none in common',
    },
  ];
}
