import type { Reason } from '../record.js';
import { milliseconds } from '../time.js';
import type { Consent, ConsentState, Purpose } from './consent-record.js';

/** A use that somebody asks for. */
export interface ConsentUse {
  readonly purpose: Purpose;
  /** RFC 3339: the transaction's time */
  readonly at: string;
  /** MSP id of who receives it */
  readonly recipient?: string;
  readonly country?: string;
}

const DENYING: ReadonlySet<ConsentState> = new Set([
  'refused',
  'withdrawn',
  'revoked',
  'restricted',
  'invalidated',
]);

/** States of a decision that a later one took the place of, or that never was one. */
const SILENT: ReadonlySet<ConsentState> = new Set(['requested', 'deferred', 'superseded']);

/**
 * Why a use is not covered by the patient's consents; empty when it is. Deny overrides, and no rule means deny.
 * @param consents the patient's consents, of any purpose
 */
export function reasonsAgainstUse(
  consents: readonly Consent[],
  use: ConsentUse,
): readonly Reason[] {
  const subject = `consent ${use.purpose}`;
  const ofPurpose = consents.filter((consent) => consent.purpose === use.purpose);
  const denial = ofPurpose.find((consent) => DENYING.has(consent.state));
  if (denial) return [{ code: 'CONSENT_DENIED', subject, expected: 'given', found: denial.state }];
  if (ofPurpose.some((consent) => permits(consent, use))) return [];
  const voiced = ofPurpose.find((consent) => !SILENT.has(consent.state)) ?? ofPurpose[0];
  return [{ code: 'CONSENT_NOT_ACTIVE', subject, expected: 'given', found: describe(voiced, use) }];
}

/** Whether the patient said no: by refusal, withdrawal or a revocation in the patient's place. */
export function isDenied(consents: readonly Consent[], purpose: Purpose): boolean {
  return consents.some((consent) => consent.purpose === purpose && DENYING.has(consent.state));
}

function permits(consent: Consent, use: ConsentUse): boolean {
  const { scope } = consent;
  const at = milliseconds(use.at);
  return (
    (consent.state === 'given' || consent.state === 'renewed') &&
    (scope.validFrom === undefined || at >= milliseconds(scope.validFrom)) &&
    (scope.validUntil === undefined || at < milliseconds(scope.validUntil)) &&
    (use.recipient === undefined || (scope.recipients?.includes(use.recipient) ?? true)) &&
    (use.country === undefined || (scope.geography?.includes(use.country) ?? true))
  );
}

function describe(consent: Consent | undefined, use: ConsentUse): string {
  if (!consent) return 'no decision';
  if (consent.state !== 'given' && consent.state !== 'renewed') return consent.state;
  const until = consent.scope.validUntil;
  return until !== undefined && milliseconds(use.at) >= milliseconds(until)
    ? 'expired'
    : 'out of scope';
}
