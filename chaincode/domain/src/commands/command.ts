import { z } from 'zod';
import { annexName, type AnnexRule } from './annex.js';
import { VeinledgerError } from '../errors/errors.js';
import { actorId, commandTypeName, digest, instant } from '../values/identifiers.js';
import type { Annulling } from '../annulling/annulling.js';
import type { Role } from '../values/roles.js';
import { parseClosed } from '../errors/schema.js';
import type { Scope } from '../nouns/scope.js';
import { lateReason } from '../values/words.js';

/** The envelope of every command's payload; the body has a schema of its own. */
export const envelopeSchema = z.strictObject({
  v: z.literal(1),
  network: digest,
  type: commandTypeName,
  actor: actorId,
  at: instant,
  nonce: z
    .string()
    .regex(
      /^[A-Za-z0-9_-]{21}[AQgw]$/,
      'the 22 characters of 16 random bytes in base64url without padding',
    ),
  body: z.record(z.string(), z.unknown()),
  lateReason: lateReason.optional(),
  annex: z.record(annexName, digest).optional(),
});

export type Envelope = z.infer<typeof envelopeSchema>;

/** A command whose body has been checked: what its actor signed, and its id. */
export interface Command<Body> extends Omit<Envelope, 'body'> {
  /** SHA-256 of the payload, base64url */
  readonly id: string;
  readonly body: Body;
}

/**
 * Who may sign a type of command. `own`: the person alone, by their own authenticator (21 CFR Part 11), never a device.
 * `delegable`: the person, or a device under that person's open session. `device`: also a device by itself, because it
 * reports what it measured.
 */
export type CommandSignature = 'own' | 'delegable' | 'device';

/** What a type of command is, whatever is decided on it. */
export interface TypeOfCommand<Body> {
  /** the contract and the transaction that carry it */
  readonly type: string;
  /** the actor needs one of these, and so does the X.509 identity that relays it */
  readonly roles: readonly Role[];
  readonly signature: CommandSignature;
  readonly body: z.ZodType<Body>;
  readonly annexes: readonly AnnexRule[];
  /**
   * It takes effect by any key that ever was the actor's, whatever became of the key or of the actor since, and
   * whatever the clock says by which it was signed: nobody silences a patient (E4).
   */
  readonly byAnyKey?: true;
  readonly scope: (body: Body, actor: string) => Scope;
  readonly annulling: Annulling;
}

/** What decides whether a record of a type can be annulled, and how. */
export type AnnullableType = Pick<TypeOfCommand<never>, 'roles' | 'annulling'>;

/** What a session's types are judged by. */
export type DelegableType = Pick<TypeOfCommand<never>, 'type' | 'signature' | 'roles'>;

/** The scope of everything that belongs to one therapy. */
export function therapyScope(body: { readonly coi: string }): Scope {
  return { kind: 'therapy', id: body.coi };
}

/** The scope of what the consortium shares: organisations, actors, process definitions. */
export function consortiumScope(): Scope {
  return { kind: 'consortium', id: 'root' };
}

/**
 * Checks a payload's envelope.
 * @throws VeinledgerError SCHEMA_VIOLATION, WRONG_NETWORK, WRONG_TYPE
 */
export function readEnvelope(payload: unknown, network: string, type: string): Envelope {
  const read = parseClosed(envelopeSchema, payload, 'payload');
  if (read.network !== network) {
    throw new VeinledgerError('WRONG_NETWORK', 'the command was signed for another network', {
      field: 'network',
      expected: network,
      found: read.network,
    });
  }
  if (read.type !== type) {
    throw new VeinledgerError('WRONG_TYPE', 'the command was signed for another transaction', {
      field: 'type',
      expected: type,
      found: read.type,
    });
  }
  return read;
}
