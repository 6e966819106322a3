import type { Reason } from '../nouns/reason.js';
import { reasonsOfSuspects } from '../registry/suspicion.js';
import { milliseconds } from '../values/time.js';
import type { Consent } from '../nouns/consent.js';
import type { ConsentState, DataClass, Purpose } from '../values/words.js';
import type { ConsentUsed } from '../nouns/consent-use.js';
import type { WeighedConsent } from './weighed.js';

/** A use that somebody asks for. */
export interface ConsentUse {
  readonly purpose: Purpose;
  /** RFC 3339: the transaction's time */
  readonly at: string;
  /** MSP id of who receives it */
  readonly recipient?: string;
  readonly country?: string;
  /** every class of data or material that it touches */
  readonly dataClasses: readonly DataClass[];
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
  consents: readonly WeighedConsent[],
  use: ConsentUse,
): readonly Reason[] {
  const subject = `consent ${use.purpose}`;
  const ofPurpose = consents.filter((consent) => consent.purpose === use.purpose);
  const denial = ofPurpose.find((consent) => DENYING.has(consent.state));
  if (denial) return [{ code: 'CONSENT_DENIED', subject, expected: 'given', found: denial.state }];
  if (ofPurpose.some((consent) => permits(consent, use))) return [];
  const doubted = ofPurpose.flatMap((consent) =>
    consent.suspect && covers(consent, use) ? [consent.suspect] : [],
  );
  if (doubted.length > 0) return reasonsOfSuspects(doubted);
  const voiced = ofPurpose.find((consent) => !SILENT.has(consent.state)) ?? ofPurpose[0];
  return [{ code: 'CONSENT_NOT_ACTIVE', subject, expected: 'given', found: describe(voiced, use) }];
}

/** Whether the patient said no: by refusal, withdrawal or a revocation in the patient's place. */
export function isDenied(consents: readonly Consent[], purpose: Purpose): boolean {
  return consents.some((consent) => consent.purpose === purpose && DENYING.has(consent.state));
}

/**
 * The uses that a permitted command makes of consents whose number of uses is limited; one with no limit that also
 * covers the use is drawn on first, and costs nothing.
 */
export function usesMade(
  consents: readonly WeighedConsent[],
  uses: readonly ConsentUse[],
  command: string,
): readonly ConsentUsed[] {
  const drawnOn = uses.flatMap((use) => {
    const able = consents.filter(
      (consent) => consent.purpose === use.purpose && permits(consent, use),
    );
    return able.find(({ scope }) => scope.maxUses === undefined) ?? able[0] ?? [];
  });
  const limited = new Set(drawnOn.filter(({ scope }) => scope.maxUses !== undefined));
  return [...limited].map(({ patient, purpose, id }) => ({
    noun: 'consent-use',
    patient,
    purpose,
    consent: id,
    command,
  }));
}

function permits(consent: WeighedConsent, use: ConsentUse): boolean {
  return consent.suspect === undefined && covers(consent, use);
}

function covers(consent: WeighedConsent, use: ConsentUse): boolean {
  const { scope } = consent;
  const at = milliseconds(use.at);
  return (
    (consent.state === 'given' || consent.state === 'renewed') &&
    (scope.validFrom === undefined || at >= milliseconds(scope.validFrom)) &&
    (scope.validUntil === undefined || at < milliseconds(scope.validUntil)) &&
    (use.recipient === undefined || (scope.recipients?.includes(use.recipient) ?? true)) &&
    (use.country === undefined || (scope.geography?.includes(use.country) ?? true)) &&
    use.dataClasses.every((each) => scope.dataClasses?.includes(each) ?? true) &&
    !isUsedUp(consent)
  );
}

function isUsedUp({ scope, used = 0 }: WeighedConsent): boolean {
  return scope.maxUses !== undefined && used >= scope.maxUses;
}

function describe(consent: WeighedConsent | undefined, use: ConsentUse): string {
  if (!consent) return 'no decision';
  if (consent.state !== 'given' && consent.state !== 'renewed') return consent.state;
  const { validFrom: from, validUntil: until } = consent.scope;
  const at = milliseconds(use.at);
  if (until !== undefined && at >= milliseconds(until)) {
    return `valid until ${until}, asked of ${use.at}`;
  }
  if (from !== undefined && at < milliseconds(from))
    return `valid from ${from}, asked of ${use.at}`;
  return isUsedUp(consent) ? `used ${consent.used} times` : 'out of scope';
}
