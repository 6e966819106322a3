import type { Consent } from '../nouns/consent.js';
import type { ConsentState, EffectiveConsentState } from '../values/words.js';
import { milliseconds } from '../values/time.js';
import type { WeighedConsent } from './weighed.js';

/** What the patient, or who speaks in the patient's place, said no by. */
const NO: ReadonlySet<ConsentState> = new Set(['refused', 'withdrawn']);

/** What others ended, and only a consent that is given since undoes. */
const ENDED_BY_OTHERS: ReadonlySet<ConsentState> = new Set(['revoked', 'invalidated']);

/** States of a record that says nothing: nobody has answered, or another record took its place. */
const SILENT: ReadonlySet<ConsentState> = new Set([
  'requested',
  'deferred',
  'superseded',
  'restricted',
]);

/** Whether a record is a no, which stays on record whatever is given since. */
export function isNoOfPatient({ state }: Pick<Consent, 'state'>): boolean {
  return NO.has(state);
}

/** Whether it says something: an answer, however that ended. */
export function isVoiced({ state }: Pick<Consent, 'state'>): boolean {
  return !SILENT.has(state);
}

export function isGiven({ state }: Pick<Consent, 'state'>): boolean {
  return state === 'given' || state === 'renewed';
}

/** Whether the question is still the patient's to answer. */
export function isOpenQuestion({ state }: Pick<Consent, 'state'>): boolean {
  return state === 'requested' || state === 'deferred';
}

/** Whether it denies until it is taken back: a no, or what others ended. */
export function isDenial({ state }: Pick<Consent, 'state'>): boolean {
  return NO.has(state) || ENDED_BY_OTHERS.has(state);
}

/**
 * The denials of a purpose that stand. A consent that was given since names what it takes back (E4), and takes it back as
 * long as it stands itself; one that compromised keys gave takes nothing back.
 */
export function standingDenials<C extends WeighedConsent>(ofPurpose: readonly C[]): readonly C[] {
  const takenBack = new Set(
    ofPurpose
      .filter((consent) => isGiven(consent) && consent.suspect === undefined)
      .flatMap(({ takesBack = [] }) => takesBack),
  );
  return ofPurpose.filter((consent) => isDenial(consent) && !takenBack.has(consent.id));
}

/**
 * How a consent stands: what was decided, or why that is not in force. A lapse is no decision, so that nobody records it.
 * @param at RFC 3339
 */
export function consentStateAt(consent: WeighedConsent, at: string): EffectiveConsentState {
  const { state, scope } = consent;
  if (!isGiven(consent)) return state;
  const asked = milliseconds(at);
  if (scope.validUntil !== undefined && asked >= milliseconds(scope.validUntil)) return 'expired';
  if (scope.validFrom !== undefined && asked < milliseconds(scope.validFrom))
    return 'not-yet-valid';
  const { reconsentFrom } = consent;
  if (reconsentFrom !== undefined && asked >= milliseconds(reconsentFrom))
    return 'reconsent-required';
  return isUsedUp(consent) ? 'used-up' : state;
}

/**
 * Whether it is given, and neither over nor ahead nor used up.
 * @param at RFC 3339
 */
export function isInForceAt(consent: WeighedConsent, at: string): boolean {
  return isGiven(consent) && consentStateAt(consent, at) === consent.state;
}

function isUsedUp({ scope, used = 0 }: WeighedConsent): boolean {
  return scope.maxUses !== undefined && used >= scope.maxUses;
}
