import {
  type Envelope,
  parseClosed,
  parseJws,
  readEnvelope,
  VeinledgerError,
} from '@veinledger/domain';
import type { Caller } from '../auth/caller.js';
import { ProblemError } from '../problems/problem.js';
import { commandType, commandTypes, type KnownCommand } from './command-types.js';
import { type Pin, requirePinned } from './pin.js';

/** A command whose frame and envelope hold, and its body where annexes come with it; its signatures are the ledger's to verify. */
export interface ReadCommand {
  /** SHA-256 of the payload, base64url */
  readonly id: string;
  readonly type: KnownCommand;
  readonly envelope: Envelope;
  /** the chain of identity that its body names */
  readonly coi?: string;
}

/**
 * Reads a signed command of a caller who showed who they are, as far as it can be judged without verifying; the ledger
 * judges everything again, signatures first.
 * @param pin what the route says of the command; left out, any type is read
 * @throws VeinledgerError for whatever the contracts would refuse without looking at the state
 * @throws ProblemError 403 ACTOR_MISMATCH, 400 PATH_MISMATCH
 */
export function readCommand(jws: string, network: string, caller: Caller, pin?: Pin): ReadCommand {
  const read = readAnybodys(jws, network, pin);
  const { actor } = read.envelope;
  if (actor === caller.id) return read;
  throw new ProblemError({
    status: 403,
    code: 'ACTOR_MISMATCH',
    detail: 'the command is not signed by the caller',
    field: 'actor',
    expected: caller.id,
    found: actor,
  });
}

/**
 * Reads a patient's no, of which nobody showed that it is theirs: the ledger takes it by any key that ever was the
 * patient's.
 * @throws VeinledgerError as {@link readCommand}
 * @throws ProblemError 403 NOT_A_WITHDRAWAL
 */
export function readWithdrawal(jws: string, network: string): ReadCommand {
  const read = readAnybodys(jws, network);
  if (read.type.byAnyKey) return read;
  throw new ProblemError({
    status: 403,
    code: 'NOT_A_WITHDRAWAL',
    detail: 'only what a patient says no by is taken without a token',
    field: 'type',
    expected: WITHDRAWING.join(),
    found: read.type.type,
  });
}

const WITHDRAWING = commandTypes()
  .filter(({ byAnyKey }) => byAnyKey)
  .map(({ type }) => type);

function readAnybodys(jws: string, network: string, pin?: Pin): ReadCommand {
  const parsed = parseJws(jws, 'vnd.veinledger.command+jws', 'as-named');
  const expected = pin?.type ?? typeIn(parsed.payload);
  const envelope = readEnvelope(parsed.payload, network, expected);
  const type = commandType(expected);
  if (!type) {
    throw new VeinledgerError('UNKNOWN_TYPE', 'no such type of command', {
      field: 'type',
      expected: 'a type of command',
      found: expected,
    });
  }
  // the contract checks every body; annexes are kept before it is asked, and so theirs is checked here too
  if (envelope.annex !== undefined) parseClosed(type.body, envelope.body, 'body');
  if (pin) requirePinned(pin, envelope);
  const coi = envelope.body['coi'];
  const read = { id: parsed.payloadDigest, type, envelope };
  return typeof coi === 'string' ? { ...read, coi } : read;
}

function typeIn(payload: unknown): string {
  if (typeof payload !== 'object' || payload === null || !('type' in payload)) return '';
  return typeof payload.type === 'string' ? payload.type : '';
}
