import type { Reason } from '../nouns/reason.js';
import { reasonsOfSuspects } from '../registry/suspicion.js';
import { milliseconds } from '../values/time.js';
import type { Consent } from '../nouns/consent.js';
import type { ConsentState, DataClass, EffectiveConsentState, Purpose } from '../values/words.js';
import type { ConsentUsed } from '../nouns/consent-use.js';
import type { WeighedConsent } from './weighed.js';

/** A use that somebody asks for. */
export interface ConsentUse {
  readonly purpose: Purpose;
  /** RFC 3339 */
  readonly at: string;
  /** MSP id of who makes it, or receives what is given away */
  readonly recipient: string;
  /** the recipient's; a consent that names countries covers no unknown one */
  readonly country: string | undefined;
  /** every class of data or material that it touches */
  readonly dataClasses: readonly DataClass[];
}

/** What the patient said no by, and takes back by giving consent for the purpose anew. */
const NO_OF_PATIENT: ReadonlySet<ConsentState> = new Set(['refused', 'withdrawn']);

/** What somebody said in the patient's place, and the patient's consent does not undo. */
const NO_OF_OTHERS: ReadonlySet<ConsentState> = new Set(['revoked', 'restricted', 'invalidated']);

/** States of a decision that a later one took the place of, or that never was one. */
const SILENT: ReadonlySet<ConsentState> = new Set(['requested', 'deferred', 'superseded']);

/**
 * Why a use is not covered by the patient's consents; empty when it is. Deny overrides but where the patient has taken
 * it back since, and no rule means deny (A8).
 * @param consents the patient's consents, of any purpose
 */
export function reasonsAgainstUse(
  consents: readonly WeighedConsent[],
  use: ConsentUse,
): readonly Reason[] {
  const subject = `consent ${use.purpose}`;
  const ofPurpose = consents.filter((consent) => consent.purpose === use.purpose);
  const denial = denialOf(ofPurpose);
  if (denial) return [{ code: 'CONSENT_DENIED', subject, expected: 'given', found: denial.state }];
  if (ofPurpose.some((consent) => permits(consent, use))) return [];
  const doubted = ofPurpose.flatMap((consent) =>
    consent.suspect && covers(consent, use) ? [consent.suspect] : [],
  );
  if (doubted.length > 0) return reasonsOfSuspects(doubted);
  const voiced =
    ofPurpose.find(isGiven) ?? ofPurpose.find(({ state }) => !SILENT.has(state)) ?? ofPurpose[0];
  return [{ code: 'CONSENT_NOT_ACTIVE', subject, expected: 'given', found: describe(voiced, use) }];
}

/** Whether the patient said no and has not taken it back, or somebody did in the patient's place. */
export function isDenied(consents: readonly WeighedConsent[], purpose: Purpose): boolean {
  return denialOf(consents.filter((consent) => consent.purpose === purpose)) !== undefined;
}

/** Whether the patient said no on a record, which nothing takes the place of. */
export function isNoOfPatient({ state }: Pick<Consent, 'state'>): boolean {
  return NO_OF_PATIENT.has(state);
}

/**
 * The no that stands. A no ends all that was given or asked before it, so that a consent that stands beside it was asked
 * for and given since: the patient took the no back (E4). One that compromised keys gave takes nothing back.
 */
function denialOf(ofPurpose: readonly WeighedConsent[]): WeighedConsent | undefined {
  const takenBack = ofPurpose.some((consent) => isGiven(consent) && consent.suspect === undefined);
  return ofPurpose.find(
    ({ state }) => NO_OF_OTHERS.has(state) || (!takenBack && NO_OF_PATIENT.has(state)),
  );
}

function isGiven({ state }: Pick<Consent, 'state'>): boolean {
  return state === 'given' || state === 'renewed';
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
  return IN_FORCE.has(consentStateAt(consent, use.at)) && isWithin(consent, use);
}

/**
 * Whether the patient agreed to just this use and the consent is over now by itself: its time, its uses or its form. What
 * has not begun, was for somebody or something else, or ended with the patient's no or with another answer has not lapsed.
 */
export function isLapsed(consent: WeighedConsent, use: ConsentUse): boolean {
  const { decided, suspect, state } = consent;
  if (decided === undefined || suspect !== undefined) return false;
  if (isNoOfPatient(consent) || SILENT.has(state)) return false;
  return consentStateAt(consent, use.at) !== 'not-yet-valid' && isWithin(consent, use);
}

/** Whether a consent reaches as far as a use, whenever that is. */
function isWithin({ scope }: WeighedConsent, use: ConsentUse): boolean {
  return (
    (scope.recipients?.includes(use.recipient) ?? true) &&
    reachesTo(scope.geography, use.country) &&
    use.dataClasses.every((each) => scope.dataClasses?.includes(each) ?? true)
  );
}

function reachesTo(geography: readonly string[] | undefined, country: string | undefined): boolean {
  if (geography === undefined) return true;
  return country !== undefined && geography.includes(country);
}

const IN_FORCE: ReadonlySet<EffectiveConsentState> = new Set(['given', 'renewed']);

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
  return isUsedUp(consent) ? 'used-up' : state;
}

function isUsedUp({ scope, used = 0 }: WeighedConsent): boolean {
  return scope.maxUses !== undefined && used >= scope.maxUses;
}

function describe(consent: WeighedConsent | undefined, use: ConsentUse): string {
  if (!consent) return 'no decision';
  const { validFrom: from, validUntil: until } = consent.scope;
  const stands = consentStateAt(consent, use.at);
  if (stands === consent.state) return IN_FORCE.has(stands) ? 'out of scope' : stands;
  if (stands === 'expired') return `valid until ${until}, asked of ${use.at}`;
  return stands === 'not-yet-valid'
    ? `valid from ${from}, asked of ${use.at}`
    : `used ${consent.used} times`;
}
