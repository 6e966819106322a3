import { without } from '../annulling/without.js';
import type { Consent } from '../nouns/consent.js';
import type { Signed } from '../nouns/signed.js';

/** What follows a consent that was given, on the same form: the same again, for longer or for less. */
export interface Successor extends Pick<Consent, 'scope' | 'rendered' | 'route' | 'takesBack'> {
  readonly state: 'given' | 'renewed';
  readonly decided: Signed;
}

/**
 * A consent with what follows it, under an id that is made of its command's. What the earlier one took back stays taken
 * back; by which route it came is told of each by itself.
 */
export function succeed(
  consent: Consent,
  leaves: 'superseded' | 'restricted',
  successor: Successor,
): readonly Consent[] {
  const id = `R1.${successor.decided.command}`;
  const counted = [consent.id, ...(consent.countsWith ?? [])];
  return [
    { ...consent, state: leaves },
    {
      ...without(consent, 'route', 'proxy'),
      ...successor,
      ...{ id, supersedes: consent.id },
      ...(leaves === 'restricted' ? { countsWith: counted } : {}),
    },
  ];
}
