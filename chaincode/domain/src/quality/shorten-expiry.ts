import { z } from 'zod';
import { ofExpiryChange } from '../annulling/expiry.js';
import { investigationContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, type FactDecision, Recording, saidAgain } from '../commands/decision.js';
import { defineFact } from '../commands/define.js';
import { upstreamOf } from '../graph/upstream.js';
import { readWholeTherapy, type WholeTherapy } from '../graph/whole-therapy.js';
import type { Batch } from '../nouns/batch.js';
import { isExtension } from '../nouns/expiry-change.js';
import type { Item } from '../nouns/item.js';
import { withChanges } from '../nouns/keeping.js';
import { effectiveOf, signedBy } from '../nouns/signed.js';
import { signatureOf } from '../commands/gathered-signature.js';
import { alarmUnless } from '../standing/claim.js';
import { ofQuality } from '../standing/people.js';
import { coi, instant, localId } from '../values/identifiers.js';
import { milliseconds } from '../values/time.js';
import { containersAfter } from './containers-after.js';

/** The annex with the data on which another expiry rests. */
export const stabilityRule = { name: 'stability', required: true, content: investigationContent };

/** The batch, and when it expires. */
export const expiryBody = z.strictObject({ coi, batch: localId, expiry: instant });

export const shortenExpiry = defineFact({
  type: 'quality:ShortenExpiry',
  roles: ['quality', 'release-person'],
  signature: 'own',
  annexes: [stabilityRule],
  body: expiryBody,
  scope: therapyScope,
  reads: (reader, { body }) => readWholeTherapy(reader, body.coi),
  standing: ({ therapy }, { body: { coi, batch: id } }, context) =>
    alarmUnless(ofQuality(therapy, context), {
      subject: { kind: 'batch', coi, id },
      claim: 'other',
    }),
  annulling: ofExpiryChange,
  decide: decideShortenExpiry,
});

/**
 * A batch keeps for a shorter time than was thought: that counts at once, by one person's word (A9). What was given of it
 * after that time was expired, and its physician is told (C3).
 */
export function decideShortenExpiry(
  whole: WholeTherapy,
  command: Command<z.infer<typeof expiryBody>>,
  context: Context,
): FactDecision {
  const { batch: id, expiry: to } = command.body;
  const recording = new Recording(command, context);
  const batch = whole.batches.get(id);
  if (!batch) {
    const finding = { code: 'UNKNOWN_BATCH', classification: 'critical', found: id } as const;
    return recording.deviate(finding, whole.therapy).done();
  }
  const { expiry: from, expiryChanges = [] } = batch;
  recording.about(batch);
  if (isExtension({ from, to })) {
    const finding = { code: 'EXPIRY_NOT_SHORTENED', classification: 'minor' } as const;
    return recording.deviate({ ...finding, expected: `before ${from}`, found: to }, batch).done();
  }
  if (to === from) return saidAgain();
  const stability = command.annex?.['stability'] ?? '';
  const agreed = signedBy(command, context);
  const signatures = [{ ...signatureOf(command, context), stability }];
  const change = { from, to, signatures, missing: [], agreed };
  const shortened = withChanges(batch, [...expiryChanges, change]);
  recording.put(shortened, ...containersAfter(whole, batch, shortened));
  for (const item of givenBetween(whole, batch, to)) {
    const found = `batch ${id} expired at ${to}`;
    const finding = { code: 'EXPIRED_PRODUCT_GIVEN', classification: 'critical' } as const;
    recording.deviate({ ...finding, found }, item);
  }
  return recording.done();
}

/** What was given of a batch in the time that it turns out not to have had. */
function givenBetween(whole: WholeTherapy, batch: Batch, to: string): readonly Item[] {
  const given = [...whole.doses.values()]
    .flatMap(({ administrations }) => administrations)
    .filter(({ course, annulled }) => course !== 'not-started' && !annulled)
    .filter((each) => {
      const at = milliseconds(effectiveOf(each));
      return at >= milliseconds(to) && at < milliseconds(batch.expiry);
    });
  return [...new Set(given.map(({ item }) => item))].flatMap((id) => {
    const item = whole.items.get(id);
    if (!item) return [];
    const { batches } = upstreamOf(whole, [{ kind: 'item', coi: item.coi, id }]);
    return batches.some((each) => each.id === batch.id) ? [item] : [];
  });
}
