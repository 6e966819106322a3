import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { everyWordCounts } from '../standing/claim.js';
import { localId } from '../values/identifiers.js';
import { purpose } from '../values/words.js';
import { type NoState, ofThePatient, readForNo } from './say-no.js';

const deferConsentBody = z.strictObject({ purpose, consent: localId });

export const deferConsent = defineFact({
  type: 'consent:DeferConsent',
  roles: ['patient'],
  signature: 'own',
  annexes: [],
  body: deferConsentBody,
  scope: ofThePatient,
  reads: readForNo,
  standing: everyWordCounts,
  annulling: 'never',
  decide: decideDeferConsent,
});

/** The patient answers later. Nothing is permitted by that, and the question stays to be answered. */
export function decideDeferConsent(
  { consents }: NoState,
  command: Command<z.infer<typeof deferConsentBody>>,
  context: Context,
): FactDecision {
  const asked = consents.filter(
    ({ id, state }) => id === command.body.consent && state === 'requested',
  );
  return new Recording(command, context)
    .put(...asked.map((each) => ({ ...each, state: 'deferred' as const })))
    .done();
}
