import { z } from 'zod';
import { COMMANDS } from '../catalogue.js';
import { canonicalise } from '../encoding/codec.js';
import { sha256Base64url } from '../encoding/bytes.js';
import type { Actor } from '../nouns/actor.js';
import type { ReadOnly } from '../nouns/noun.js';
import { coi, commandTypeName, digest, instant } from '../values/identifiers.js';
import type { Role } from '../values/roles.js';
import { meaningOf } from './meaning.js';
import { type CalledToAct, type Next, type NextAct, nextActSchema } from './next-act.js';
import { isExcepted } from './on-call.js';
import { prefilled } from './prefilled.js';

const { state, noun, subject, code, since, due, overdueMinutes } = nextActSchema.shape;

export const awaitedSignatureSchema = z.strictObject({
  /** SHA-256 of what is asked, by which it is signed as it was seen */
  id: digest,
  ...{ state, noun, subject, code, since, due, overdueMinutes },
  /** the type of command that leads on */
  act: commandTypeName,
  /**
   * `own`: an electronic signature, which only the person gives; `delegable`: also a device under the person's session;
   * `device`: also a device by itself
   */
  signature: z.enum(['own', 'delegable', 'device']),
  /** what the signature means, as whoever signs is shown it */
  meaning: z.string(),
  /** whether the person is among those who are called now */
  called: z.boolean(),
  /** the command's body, as far as the ledger knows it */
  body: z.record(z.string(), z.unknown()),
  /** members of it that whoever signs adds */
  lacking: z.array(z.string()),
  /** annexes that it needs, by name */
  annexes: z.array(z.string()),
});

/** A command that somebody is asked to sign. */
export interface AwaitedSignature extends ReadOnly<z.infer<typeof awaitedSignatureSchema>> {}

export const therapyWaitingSchema = z.strictObject({
  coi,
  /** as of then */
  at: instant,
  /** what may be signed about it, what stands still first */
  waiting: z.array(awaitedSignatureSchema),
});

/** What waits for somebody's signature in one therapy. */
export interface TherapyWaiting extends ReadOnly<z.infer<typeof therapyWaitingSchema>> {}

/** For whom something waits. */
export interface Signatory {
  readonly id: string;
  /** MSP id */
  readonly organisation: string;
  readonly kind: Actor['kind'];
  readonly roles: readonly Role[];
  /** keyed digest of the natural person */
  readonly person?: string | undefined;
}

/**
 * What of all that waits in a therapy somebody may sign: by their organisation and roles, by name where somebody is named,
 * and not where two people are asked for and they are the first. What nobody is waited for, the patient having said no, is
 * left out. Whether the command is then permitted, its gate says.
 */
export function waitingFor(signatory: Signatory, next: Next): TherapyWaiting {
  const waiting = next.acts
    .filter((act) => act.state !== 'ended' && !isExcepted(act, signatory))
    .flatMap((act) =>
      act.asked
        .filter((called) => isAsked(signatory, called))
        .flatMap((called) => waitingOf(signatory, next.coi, act, called)),
    );
  const { coi: chain, at } = next;
  return { coi: chain, at, waiting };
}

function isAsked({ id, organisation, roles }: Signatory, called: CalledToAct): boolean {
  if (called.organisation !== organisation) return false;
  if (!called.roles.some((role) => roles.includes(role))) return false;
  const inPerson = called.as === 'patient' || called.as === 'named';
  return !inPerson || called.people.includes(id);
}

function waitingOf(
  signatory: Signatory,
  chain: string,
  act: NextAct,
  called: CalledToAct,
): readonly AwaitedSignature[] {
  const type = COMMANDS.find((each) => each.type === called.act);
  // an electronic signature is a person's (E2)
  if (!type || (type.signature === 'own' && signatory.kind !== 'person')) return [];
  const { body, lacking } = prefilled(type, chain, act);
  const told = { state: act.state, noun: act.noun, subject: act.subject, code: act.code };
  const asked = { ...told, since: act.since, act: type.type, body };
  return [
    {
      id: sha256Base64url(canonicalise({ ...asked, coi: chain })),
      ...asked,
      ...(act.due === undefined ? {} : { due: act.due }),
      ...(act.overdueMinutes === undefined ? {} : { overdueMinutes: act.overdueMinutes }),
      signature: type.signature,
      meaning: meaningOf(type.type) ?? type.type,
      called: called.people.includes(signatory.id),
      lacking: [...lacking],
      annexes: type.annexes.filter(({ required }) => required).map(({ name }) => name),
    },
  ];
}
