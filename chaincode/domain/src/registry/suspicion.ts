import type { Reason } from '../nouns/reason.js';
import type { Signed } from '../nouns/signed.js';
import { milliseconds } from '../values/time.js';
import type { Actor, Revocation } from '../nouns/actor.js';

/** A signature that something rests on. */
export interface Statement {
  /** what was signed, as reasons name it: `item https://id.gs1.org/…` */
  readonly subject: string;
  readonly signed: Signed;
}

/** A statement whose keys were in other hands when it was signed, and that no disposition confirms. */
export interface Suspect extends Statement {
  /** whose keys: the actor's, or the person's behind the device */
  readonly actor: string;
  readonly since: string;
}

/**
 * Since when an actor's keys were compromised at that moment; undefined when they were not.
 * @param time the transaction's time of what was signed
 */
export function compromisedSince(
  actor: Pick<Actor, 'revocation' | 'formerRevocations'>,
  time: string,
): string | undefined {
  const ends = [
    ...(actor.formerRevocations ?? []),
    ...(actor.revocation ? [actor.revocation] : []),
  ];
  return ends.find((end) => covers(end, time))?.compromisedSince;
}

function covers({ compromisedSince: since, at }: Revocation, time: string): boolean {
  if (since === undefined) return false;
  const signed = milliseconds(time);
  return signed >= milliseconds(since) && signed <= milliseconds(at);
}

/** One reason for each suspect statement, naming the record that a disposition would have to confirm. */
export function reasonsOfSuspects(suspects: readonly Suspect[]): readonly Reason[] {
  return suspects.map(({ subject, signed, actor, since }) => ({
    code: 'SUSPECT_SIGNATURE',
    subject,
    expected: `a signature that is not suspect, or quality's confirmation of it`,
    found: `command ${signed.command} by ${actor}, compromised since ${since}`,
  }));
}
