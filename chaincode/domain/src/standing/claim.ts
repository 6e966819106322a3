import type { Claim } from '../nouns/alarm.js';
import type { AlarmClaim } from '../values/words.js';
import { isFinding } from '../values/label.js';
import type { NamedItem } from '../nouns/named-item.js';
import { numbersOn } from '../nouns/relabelling.js';
import type { SubjectRef } from '../nouns/subject.js';

/** What a fact claims when who reports it has no standing. */
export function alarmUnless(standing: boolean, claim: Claim): Claim | undefined {
  return standing ? undefined : claim;
}

/** The thing that an identifier names, in the therapy that it belongs to, whichever number of its labels that is. */
export function itemNamed(coi: string, named: NamedItem): SubjectRef {
  if (named.known === 'never') return { kind: 'item', coi, id: named.id };
  return { kind: 'item', coi: named.item.coi, id: named.item.id };
}

/**
 * What somebody claims who says that a thing which others hold went through their hands. That it was whole and bore its own
 * label says nothing against it.
 */
export function claimOfHandOver(
  named: NamedItem,
  body: {
    readonly labelRead: string;
    readonly condition: string;
    readonly identityCheck?: string;
    readonly reason?: string | undefined;
  },
): AlarmClaim {
  const { labelRead, condition, identityCheck, reason } = body;
  const numbers = named.known === 'never' ? [named.id] : numbersOn(named.item);
  const another = !isFinding(labelRead) && !numbers.includes(labelRead);
  if (another || identityCheck === 'mismatch' || reason === 'label') return 'identity';
  const whole = condition === 'intact' && reason !== 'damaged' && reason !== 'seal-broken';
  return whole ? 'other' : 'tampering';
}

/** Of a patient's own consents the patient's word counts, always. */
export function everyWordCounts(): undefined {
  return undefined;
}
