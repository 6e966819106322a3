import {
  type Envelope,
  parseCanonical,
  parseClosed,
  readEnvelope,
  sha256Base64url,
  VeinledgerError,
} from '@veinledger/domain';
import type { Caller } from '../auth/caller.js';
import { commandType } from '../commands/command-types.js';
import { ProblemError } from '../problems/problem.js';

/** A payload that may be signed: a command of its actor, for this network, of a type that its roles allow. */
export interface SigningRequest {
  readonly payload: string;
  /** the command's id: SHA-256 of the payload, base64url */
  readonly id: string;
  readonly envelope: Envelope;
}

/**
 * Checks what the keystore is asked to sign. It signs commands and nothing else.
 * @throws VeinledgerError for whatever the contracts would refuse without looking at the state, ROLE_MISSING included
 * @throws ProblemError 403 ACTOR_MISMATCH
 */
export function readSigningRequest(
  payload: string,
  network: string,
  caller: Caller,
): SigningRequest {
  const value = parseCanonical(payload, 'payload');
  const type = commandType(typeIn(value));
  if (type === undefined) {
    throw new VeinledgerError('UNKNOWN_TYPE', 'no such type of command', {
      field: 'type',
      expected: 'a type of command',
      found: typeIn(value),
    });
  }
  const envelope = readEnvelope(value, network, type.type);
  if (envelope.actor !== caller.id) {
    throw new ProblemError({
      status: 403,
      code: 'ACTOR_MISMATCH',
      detail: 'the command is not of the caller',
      field: 'actor',
      expected: caller.id,
      found: envelope.actor,
    });
  }
  parseClosed(type.body, envelope.body, 'body');
  if (!type.roles.some((role) => caller.roles.includes(role))) {
    throw new VeinledgerError('ROLE_MISSING', 'none of the roles that this command needs', {
      field: 'actor.roles',
      expected: type.roles.join(),
      found: caller.roles.join(),
    });
  }
  return { payload, id: sha256Base64url(payload), envelope };
}

function typeIn(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('type' in value)) return '';
  return typeof value.type === 'string' ? value.type.slice(0, MAX_TYPE) : '';
}

const MAX_TYPE = 64;
