import type { Reason } from '../nouns/reason.js';
import { reasonsOfSuspects } from '../registry/suspicion.js';
import { purpose } from '../values/words.js';
import { type BasesOfJurisdiction, type Objection, reasonsAgainstBasis } from './bases.js';
import { lacksOf, reachesUse } from './lacks.js';
import { NO_TERMS, type Terms } from './research-terms.js';
import { isGiven, isNoOfPatient, isVoiced, standingDenials } from './stands.js';
import type { AskedUse, ConsentUse } from './use.js';
import type { WeighedConsent } from './weighed.js';

/** What a use is decided on. */
export interface Grounds {
  /** the patient's consents, of any purpose */
  readonly consents: readonly WeighedConsent[];
  /** the patient's statements against secondary use */
  readonly objections: readonly Objection[];
  /** the members' tables of bases other than consent */
  readonly bases: readonly BasesOfJurisdiction[];
  readonly terms: Terms;
}

/** On what a use is permitted: the consent that it draws on, or the basis. */
export type PermittedOn =
  | { readonly consent: WeighedConsent; readonly basis?: never }
  | { readonly basis: string; readonly consent?: never };

/** The answer to a use that is asked for. */
export type UseDecision =
  | { readonly verdict: 'permit'; readonly on: PermittedOn }
  | { readonly verdict: 'deny'; readonly reasons: readonly Reason[] };

/** The grounds of a use that rests on consent alone, and names no terms of research. */
export function consentsAlone(consents: readonly WeighedConsent[]): Grounds {
  return { consents, objections: [], bases: [], terms: NO_TERMS };
}

/**
 * Whether a use is permitted, and if not, every reason why. Deny overrides, and no rule means deny; neither the order of
 * the consents nor that of the tables tells in the answer.
 */
export function decideUse(grounds: Grounds, asked: AskedUse): UseDecision {
  if (asked.basis !== 'consent') return byStatute(grounds, asked);
  const onConsent = purpose.safeParse(asked.purpose);
  return onConsent.success
    ? byConsent(grounds, { ...asked, purpose: onConsent.data })
    : deny([{ code: 'BASIS_NOT_COVERING', subject: 'basis consent', found: asked.purpose }]);
}

function byStatute({ bases, objections }: Grounds, asked: AskedUse): UseDecision {
  const reasons = reasonsAgainstBasis(bases, objections, asked);
  return reasons.length > 0 ? deny(reasons) : { verdict: 'permit', on: { basis: asked.basis } };
}

function byConsent({ consents, terms }: Grounds, use: ConsentUse): UseDecision {
  const ofPurpose = consents.filter((consent) => consent.purpose === use.purpose);
  const denials = denialsOf(ofPurpose, use);
  const [drawnOn] = coveringConsents(ofPurpose, use, terms);
  if (drawnOn && denials.length === 0) return { verdict: 'permit', on: { consent: drawnOn } };
  const subject = `consent ${use.purpose}`;
  const found = (words: string): Reason => {
    return { code: 'CONSENT_NOT_ACTIVE', subject, expected: 'given', found: words };
  };
  return deny([
    ...denials.map((consent): Reason => {
      const { state } = consent;
      return isNoOfPatient(consent) ? { ...found(state), code: 'CONSENT_DENIED' } : found(state);
    }),
    ...(drawnOn ? [] : lacking(ofPurpose, use, terms, found)),
  ]);
}

/** The denials that reach a use and stand. */
export function denialsOf(
  consents: readonly WeighedConsent[],
  use: ConsentUse,
): readonly WeighedConsent[] {
  const ofPurpose = consents.filter((consent) => consent.purpose === use.purpose);
  return standingDenials(ofPurpose).filter((denial) => reachesUse(denial, use));
}

/** What it would take that nothing covers the use: of all that was given, else of what was said, else that nothing was. */
function lacking(
  ofPurpose: readonly WeighedConsent[],
  use: ConsentUse,
  terms: Terms,
  found: (words: string) => Reason,
): readonly Reason[] {
  const given = ofPurpose.filter(isGiven);
  const lacks = given.map((consent) => [consent, lacksOf(consent, use, terms)] as const);
  const doubted = lacks.flatMap(([{ suspect }, lack]) =>
    suspect && lack.length === 0 ? [suspect] : [],
  );
  const words = lacks.flatMap(([, lack]) => lack);
  if (given.length > 0) return [...words.map(found), ...reasonsOfSuspects(doubted)];
  if (denialsOf(ofPurpose, use).length > 0) return [];
  const voiced = ofPurpose.filter(isVoiced);
  const said = (voiced.length > 0 ? voiced : ofPurpose).map(({ state }) => state);
  return (said.length > 0 ? said : ['no decision']).map(found);
}

/**
 * The consents that cover a use, the one that is drawn on first: with no limit on its uses, which costs nothing, before
 * those with one.
 */
export function coveringConsents(
  consents: readonly WeighedConsent[],
  use: ConsentUse,
  terms: Terms = NO_TERMS,
): readonly WeighedConsent[] {
  const costs = ({ scope }: WeighedConsent) => (scope.maxUses === undefined ? 0 : 1);
  return consents
    .filter((consent) => consent.purpose === use.purpose && isGiven(consent))
    .filter(({ suspect }) => suspect === undefined)
    .filter((consent) => lacksOf(consent, use, terms).length === 0)
    .sort((one, other) => costs(one) - costs(other) || inOrder(one.id, other.id));
}

function deny(reasons: readonly Reason[]): UseDecision {
  const named = reasons.map((each) => [nameOfReason(each), each] as const);
  const distinct = [...new Map(named)].sort(([one], [other]) => inOrder(one, other));
  return { verdict: 'deny', reasons: distinct.map(([, reason]) => reason) };
}

function nameOfReason({ code, subject, expected, found }: Reason): string {
  return JSON.stringify([code, subject, expected, found]);
}

function inOrder(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
