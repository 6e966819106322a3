import type { Claim } from '../nouns/alarm.js';
import type { AlarmClaim } from '../values/words.js';
import { isFinding } from '../values/label.js';
import type { NamedItem } from '../nouns/named-item.js';
import type { SubjectRef } from '../nouns/subject.js';

/** What a fact claims when who reports it has no standing. */
export function alarmUnless(standing: boolean, claim: Claim): Claim | undefined {
  return standing ? undefined : claim;
}

/** The thing that an identifier names, in the therapy that it belongs to. */
export function itemNamed(coi: string, named: NamedItem): SubjectRef {
  return { kind: 'item', coi: named.known === 'foreign' ? named.item.coi : coi, id: named.id };
}

/**
 * What somebody claims who says that a thing which others hold went through their hands. That it was whole and bore its own
 * label says nothing against it.
 */
export function claimOfHandOver(body: {
  readonly item: string;
  readonly labelRead: string;
  readonly condition: string;
  readonly identityCheck?: string;
  readonly reason?: string | undefined;
}): AlarmClaim {
  const { item, labelRead, condition, identityCheck, reason } = body;
  const another = !isFinding(labelRead) && labelRead !== item;
  if (another || identityCheck === 'mismatch' || reason === 'label') return 'identity';
  const whole = condition === 'intact' && reason !== 'damaged' && reason !== 'seal-broken';
  return whole ? 'other' : 'tampering';
}

/** Of a patient's own consents the patient's word counts, always. */
export function everyWordCounts(): undefined {
  return undefined;
}
