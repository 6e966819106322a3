import { type ConsentUse, isDenied, reasonsAgainstUse } from '../consent/evaluate.js';
import type { WeighedConsent } from '../consent/weighed.js';
import type { Context } from '../commands/decision.js';
import { type Ancestry, brokenLinks, reasonsOfOrigin } from '../manufacturing/ancestry.js';
import type { Batch } from '../nouns/batch.js';
import { reasonsOfBlockers } from '../manufacturing/needs.js';
import { reasonsOfConfirmation } from '../manufacturing/release-batch.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { principalOf } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { addMinutes, milliseconds } from '../values/time.js';
import type { Verification } from '../nouns/verification.js';

/** Why the chain from the patient's sample through data, design and batch to this dose is not whole. */
export function reasonsOfChain(
  therapy: Therapy,
  definition: ProcessDefinition,
  ancestry: Ancestry,
  context: Context,
): readonly Reason[] {
  const reasons: Reason[] = [
    ...brokenLinks(ancestry, therapy.coi),
    ...reasonsOfOrigin(ancestry),
    ...reasonsOfBlockers(therapy),
  ];
  if (ancestry.datasets.length === 0)
    reasons.push({ code: 'BROKEN_CHAIN', expected: 'a dataset', found: 'none' });
  if (ancestry.designs.length === 0)
    reasons.push({ code: 'BROKEN_CHAIN', expected: 'a design', found: 'none' });
  for (const design of ancestry.designs) {
    if (!design.approved)
      reasons.push({ code: 'DESIGN_NOT_APPROVED', subject: `design ${design.id}` });
  }
  if (ancestry.batches.length === 0)
    reasons.push({ code: 'BROKEN_CHAIN', expected: 'a batch', found: 'none' });
  for (const batch of ancestry.batches) {
    reasons.push(
      ...reasonsOfBatch(batch, context),
      ...reasonsOfConfirmation({ definition, ancestry }, batch),
    );
  }
  return reasons;
}

function reasonsOfBatch(batch: Batch, context: Context): readonly Reason[] {
  const subject = `batch ${batch.id}`;
  const reasons: Reason[] = [];
  if (!batch.review) reasons.push({ code: 'NOT_REVIEWED', subject });
  if (!batch.certification) reasons.push({ code: 'BATCH_NOT_RELEASED', subject });
  if (batch.recall) reasons.push({ code: 'RECALLED', subject, found: batch.recall.reason });
  if (milliseconds(batch.expiry) <= milliseconds(context.transactionTime)) {
    const expected = `an expiry after ${context.transactionTime}`;
    reasons.push({ code: 'EXPIRED', subject, expected, found: batch.expiry });
  }
  return reasons;
}

/**
 * Why the patient's consent does not cover the dose. What lapsed otherwise than by a no may be continued when
 * the physician signs so; a no is never overridden.
 */
export function reasonsOfConsent(
  definition: ProcessDefinition,
  consents: readonly WeighedConsent[],
  continueAfterLapse: boolean,
  context: Context,
): readonly Reason[] {
  return usesOfDose(definition, context).flatMap((use) => {
    const { purpose } = use;
    const lapsed = consents.some(
      (consent) =>
        consent.purpose === purpose &&
        consent.decided !== undefined &&
        consent.suspect === undefined &&
        hasBegun(consent, context.transactionTime),
    );
    if (continueAfterLapse && lapsed && !isDenied(consents, purpose)) return [];
    return reasonsAgainstUse(consents, use);
  });
}

/** The uses of consent that a dose makes. */
export function usesOfDose(definition: ProcessDefinition, context: Context): readonly ConsentUse[] {
  const at = context.transactionTime;
  return definition.doseConsents.map((purpose) => ({ purpose, at, dataClasses: ['clinical'] }));
}

function hasBegun({ scope }: WeighedConsent, at: string): boolean {
  return scope.validFrom === undefined || milliseconds(scope.validFrom) <= milliseconds(at);
}

/** Why the bedside check does not stand: two staff and the patient's own token, within the last minutes. */
export function reasonsOfBedside(
  therapy: Therapy,
  definition: ProcessDefinition,
  item: string,
  verifications: readonly (Verification | undefined)[],
  context: Context,
): readonly Reason[] {
  const standing = verifications.filter(
    (each) => each !== undefined && isStanding(each, definition, context),
  );
  const valid = standing.filter((each) => each !== undefined && each.matches && each.item === item);
  const staff = new Set(
    valid.flatMap((each) =>
      each && principalOf(each.by) !== therapy.patient ? [principalOf(each.by)] : [],
    ),
  );
  const reasons: Reason[] = [];
  const mismatch = verifications.find((each) => each && (!each.matches || each.item !== item));
  if (mismatch) {
    reasons.push({
      code: 'IDENTITY_MISMATCH',
      subject: `verification ${mismatch.id}`,
      expected: `${item}, patient ${therapy.patient}, label ${therapy.coi}`,
      found: `${mismatch.item}, patient ${mismatch.patient}, label ${mismatch.labelCoi}`,
    });
  }
  if (staff.size < 2) {
    reasons.push({
      code: 'NOT_VERIFIED',
      expected: 'two staff at the bedside',
      found: `${staff.size}`,
    });
  }
  if (!tokenRead(therapy, valid)) {
    reasons.push({
      code: 'TOKEN_NOT_READ',
      expected: "the patient's wristband, device or two witnesses",
    });
  }
  return reasons;
}

function isStanding(
  verification: Verification,
  definition: ProcessDefinition,
  context: Context,
): boolean {
  const until = milliseconds(addMinutes(verification.verifiedAt, definition.bedsideMinutes));
  return milliseconds(context.transactionTime) <= until;
}

function tokenRead(therapy: Therapy, valid: readonly (Verification | undefined)[]): boolean {
  const tokens = valid.flatMap((each) => (each ? [each] : []));
  if (tokens.some((each) => principalOf(each.by) === therapy.patient)) return true;
  if (tokens.some((each) => each.token === 'wristband')) return true;
  const witnesses = tokens.filter((each) => each.token === 'witnessed');
  return new Set(witnesses.map((each) => principalOf(each.by))).size >= 2;
}
