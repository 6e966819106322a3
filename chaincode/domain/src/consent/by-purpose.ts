import type { Reader } from '../commands/reader.js';
import type { Consent, ConsentTerms } from '../nouns/consent.js';
import { consentsIn, type PurposeConsents, purposeConsents } from '../nouns/purpose-consents.js';
import type { Entity } from '../nouns/registry.js';
import type { Purpose } from '../values/words.js';

/**
 * What a patient has said of a purpose: one key. Of whom nothing has been asked since the ledger keeps that key, the
 * consents themselves are read, a range.
 */
export async function readConsentsTo(
  reader: Reader,
  patient: string,
  purpose: Purpose,
): Promise<readonly ConsentTerms[]> {
  const kept = await reader.get('purpose-consents', { patient, purpose });
  return kept ? consentsIn(kept) : reader.range('consent', { patient, purpose });
}

/** The records by purpose that go with the consents among a command's changes; reads a range for each purpose. */
export async function keptByPurpose(
  reader: Reader,
  changes: readonly Entity[],
): Promise<readonly PurposeConsents[]> {
  const changed = changes.filter((each): each is Consent => each.noun === 'consent');
  const kept: PurposeConsents[] = [];
  for (const { patient, purpose } of changed) {
    if (kept.some((each) => each.patient === patient && each.purpose === purpose)) continue;
    const before = await reader.range('consent', { patient, purpose });
    const now = changed.filter((each) => each.patient === patient && each.purpose === purpose);
    kept.push(purposeConsents({ patient, purpose }, inOrder([...before, ...now])));
  }
  return kept;
}

/** One of each id, the last, in the order of the keys. */
function inOrder(consents: readonly Consent[]): readonly Consent[] {
  const latest = new Map(consents.map((consent) => [consent.id, consent]));
  return [...latest.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}
