import { z } from 'zod';
import { actorId, digest, instant } from '../values/identifiers.js';
import { earlier } from '../values/time.js';
import type { ReadOnly } from './noun.js';

export const signedSchema = z.strictObject({
  actor: actorId,
  /** the person behind it, when a device signed under that person's open session */
  principal: actorId.exactOptional(),
  /** keyed digest of the natural person who answers for it */
  person: digest.exactOptional(),
  command: digest,
  /** when it happened, by the actor's word */
  at: instant,
  /** the transaction's time, by which rules judge whether the signature is suspect */
  time: instant,
});

/** Who signed something, by which command, and when. */
export interface Signed extends ReadOnly<z.infer<typeof signedSchema>> {}

/** Who gave a signature, as far as it says. */
type Signatory = Pick<Signed, 'actor' | 'principal' | 'person'>;

/** The signature alone, of something that says more. */
export function signatureIn({ actor, principal, person, command, at, time }: Signed): Signed {
  const by = { ...(principal === undefined ? {} : { principal }), ...(person && { person }) };
  return { actor, command, at, time, ...by };
}

/** The signature that a command puts on what it writes. */
export function signedBy(
  command: { readonly actor: string; readonly id: string; readonly at: string },
  context: {
    readonly transactionTime: string;
    readonly principal: string;
    readonly person?: string | undefined;
  },
): Signed {
  const { actor, id, at } = command;
  return {
    actor,
    command: id,
    at,
    time: context.transactionTime,
    ...behind(actor, context),
    ...(context.person === undefined ? {} : { person: context.person }),
  };
}

/**
 * When a clock begins to run that this starts: what a signer says can only shorten it. What is held against a clock is the
 * transaction's time.
 */
export function effectiveOf({ at, time }: Pick<Signed, 'at' | 'time'>): string {
  return earlier(at, time);
}

/** The person behind an actor, where that is somebody else than the actor. */
export function behind(
  actor: string,
  { principal }: { readonly principal: string },
): { readonly principal?: string } {
  return principal === actor ? {} : { principal };
}

/** The actor who answers for a signature: the one behind a device, else who signed. */
export function principalOf(signed: {
  readonly actor: string;
  readonly principal?: string;
}): string {
  return signed.principal ?? signed.actor;
}

/** Whose signature counts where two people are asked for: one natural person is one, under whatever actors (E1). */
export function personOf(signed: {
  readonly actor: string;
  readonly principal?: string;
  readonly person?: string;
}): string {
  return signed.person ?? principalOf(signed);
}

/** All by which whoever gave a signature is known: as an actor, and as a natural person where that is stated (E1). */
export function knownAs(signed: Signatory): readonly string[] {
  return [...new Set([principalOf(signed), personOf(signed)])];
}

/** How many people gave some signatures: who shares a name with another is the same (E1). */
export function peopleIn(signatures: readonly Signatory[]): number {
  const people = signatures.map(knownAs).reduce<readonly (readonly string[])[]>((before, names) => {
    const isShared = (known: readonly string[]) => known.some((name) => names.includes(name));
    const others = before.filter((known) => !isShared(known));
    return [...others, [...names, ...before.filter(isShared).flat()]];
  }, []);
  return people.length;
}

/** Whether one person gave both of two signatures, as the same actor or as the same natural person (E1). */
export function isSamePerson(one: Signatory, other: Signatory): boolean {
  const known = knownAs(other);
  return knownAs(one).some((each) => known.includes(each));
}

/** Whether who asks gave a signature, as the same actor or as the same natural person under another one (E1). */
export function isOwnSignature(
  signed: Signatory,
  context: Parameters<typeof personAsking>[0],
): boolean {
  return principalOf(signed) === context.principal || personOf(signed) === personAsking(context);
}

/** Who asks, as {@link personOf} tells who signed. */
export function personAsking(context: {
  readonly principal: string;
  readonly person?: string | undefined;
}): string {
  return context.person ?? context.principal;
}
