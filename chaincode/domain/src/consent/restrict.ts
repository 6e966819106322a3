import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import type { Consent, ConsentScope } from '../nouns/consent.js';
import { signedBy } from '../nouns/signed.js';
import { everyWordCounts } from '../standing/claim.js';
import { country } from '../values/country.js';
import { instant, localId, organisationId } from '../values/identifiers.js';
import { earlier } from '../values/time.js';
import { DATA_CLASSES, purpose } from '../values/words.js';
import { isEmptyScope } from './clauses.js';
import { type NoState, ofThePatient, readForNo } from './say-no.js';
import { isGiven } from './stands.js';
import { succeed } from './succeed.js';

const restrictConsentBody = z.strictObject({
  purpose,
  consent: localId,
  /** what it covers from now on, as far as it covers it now */
  to: z.strictObject({
    recipients: z.array(organisationId).max(32).optional(),
    dataClasses: z.array(z.enum(DATA_CLASSES)).max(DATA_CLASSES.length).optional(),
    geography: z.array(country).max(64).optional(),
    validUntil: instant.optional(),
    maxUses: z.int().min(1).max(1_000_000).optional(),
  }),
});

export const restrictConsent = defineFact({
  type: 'consent:RestrictConsent',
  roles: ['patient'],
  signature: 'own',
  annexes: [],
  body: restrictConsentBody,
  scope: ofThePatient,
  reads: readForNo,
  standing: everyWordCounts,
  annulling: 'never',
  decide: decideRestrictConsent,
});

/**
 * The patient narrows what was given, at once: what is said lies within what was said before, whatever the words. Uses
 * that were made count on. What leaves nothing is a withdrawal of it. What took the place of the one that is named is
 * meant by it.
 */
export function decideRestrictConsent(
  { consents }: NoState,
  command: Command<z.infer<typeof restrictConsentBody>>,
  context: Context,
): FactDecision {
  const { body } = command;
  const recording = new Recording(command, context);
  const given = inPlaceOf(consents, body.consent);
  if (!given) return recording.done();
  const decided = signedBy(command, context);
  const scope = narrowed(given.scope, body.to);
  if (isEmptyScope(scope)) {
    return recording.put({ ...given, state: 'withdrawn', ended: decided }).done();
  }
  const state = given.state === 'renewed' ? 'renewed' : 'given';
  return recording.put(...succeed(given, 'restricted', { state, scope, decided })).done();
}

/** The consent that is given under an id, or in the place of the one of that id. */
function inPlaceOf(consents: readonly Consent[], id: string): Consent | undefined {
  const named = consents.find((each) => each.id === id);
  if (!named || isGiven(named)) return named;
  if (named.state !== 'superseded' && named.state !== 'restricted') return undefined;
  const next = consents.find(({ supersedes }) => supersedes === id);
  return next && inPlaceOf(consents, next.id);
}

/** What of a scope lies within another. */
export function narrowed(scope: ConsentScope, to: ConsentScope): ConsentScope {
  const lists = {
    recipients: common(scope.recipients, to.recipients),
    dataClasses: common(scope.dataClasses, to.dataClasses),
    geography: common(scope.geography, to.geography),
    validUntil: least(scope.validUntil, to.validUntil, earlier),
    maxUses: least(scope.maxUses, to.maxUses, (one, other) => Math.min(one, other)),
  };
  const said = Object.entries(lists).filter(([, value]) => value !== undefined);
  return { ...scope, ...Object.fromEntries(said) };
}

function common<T>(one?: readonly T[], other?: readonly T[]): readonly T[] | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.filter((each) => other.includes(each));
}

function least<T>(one: T | undefined, other: T | undefined, lesser: (one: T, other: T) => T) {
  if (one === undefined || other === undefined) return one ?? other;
  return lesser(one, other);
}
