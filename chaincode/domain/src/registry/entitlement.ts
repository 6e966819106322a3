import { VeinledgerError } from '../errors/errors.js';
import { type Actor, isRelayed } from '../nouns/actor.js';
import type { Role } from '../values/roles.js';

/** The X.509 identity that submits a transaction: which organisation relays it, and what it may relay. */
export interface Submitter {
  readonly mspId: string;
  /** `veinledger.roles` */
  readonly roles: readonly string[];
  /** `veinledger.relay`: carries the commands of patients and of who speaks for them, and nothing else */
  readonly relay: boolean;
}

/**
 * Whether the actor may send this type of command at all, through this identity. What the command says is not
 * asked here: an entitled actor's facts are recorded.
 * @throws VeinledgerError ACTOR_REVOKED, ROLE_MISSING, RELAY_REQUIRED, RELAY_MISUSED, WRONG_ORGANISATION
 */
export function requireEntitled(
  actor: Actor,
  submitter: Submitter,
  type: { readonly roles: readonly Role[]; readonly byAnyKey?: true },
): void {
  if (actor.revocation && !type.byAnyKey) {
    throw new VeinledgerError('ACTOR_REVOKED', 'the actor signs nothing since its revocation', {
      field: 'actor',
      expected: 'an active actor',
      found: `${actor.id}, revoked ${actor.revocation.at}`,
    });
  }
  const roles = type.roles.filter((role) => actor.roles.includes(role));
  if (roles.length === 0) throw missingRole('actor.roles', type.roles, actor.roles);
  if (isRelayed(actor)) requireRelay(submitter);
  else requireMember(actor, submitter, roles);
}

function requireRelay(submitter: Submitter): void {
  if (submitter.relay) return;
  throw new VeinledgerError(
    'RELAY_REQUIRED',
    "a patient's command is carried by a relay identity",
    {
      field: 'submitter',
      expected: 'veinledger.relay=true',
      found: submitter.roles.join() || 'no attribute',
    },
  );
}

function requireMember(actor: Actor, submitter: Submitter, roles: readonly Role[]): void {
  if (submitter.relay) {
    throw new VeinledgerError('RELAY_MISUSED', "a relay identity carries patients' commands only", {
      field: 'submitter',
      expected: `an identity of ${actor.organisation} with one of the roles ${roles.join()}`,
      found: 'veinledger.relay=true',
    });
  }
  if (submitter.mspId !== actor.organisation) {
    throw new VeinledgerError(
      'WRONG_ORGANISATION',
      "the submitter's organisation is not the actor's",
      {
        field: 'submitter',
        expected: actor.organisation,
        found: submitter.mspId,
      },
    );
  }
  if (!roles.some((role) => submitter.roles.includes(role))) {
    throw missingRole('submitter.roles', roles, submitter.roles);
  }
}

function missingRole(
  field: string,
  expected: readonly string[],
  found: readonly string[],
): VeinledgerError {
  return new VeinledgerError('ROLE_MISSING', 'none of the roles that this command needs', {
    field,
    expected: expected.join(),
    found: found.join() || 'none',
  });
}
