import { z } from 'zod';
import type { Command } from '../commands/command.js';
import type { Scope } from '../nouns/scope.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { signedBy } from '../nouns/signed.js';
import type { Consent } from '../nouns/consent.js';
import { purpose } from '../values/words.js';
import type { Reader } from '../commands/reader.js';

/** The scope of what a patient says. */
export const ofThePatient = (_body: unknown, actor: string): Scope => ({
  kind: 'patient',
  id: actor,
});

/** Which purpose the patient says no to. */
export const noBody = z.strictObject({ purpose });

export type NoBody = z.infer<typeof noBody>;

/** What a no is decided on. */
export interface NoState {
  /** the patient's consents for the purpose */
  readonly consents: readonly Consent[];
}

const OPEN: readonly string[] = [
  'requested',
  'deferred',
  'given',
  'renewed',
  'expired',
  'reconsent-required',
];

/** Ends every consent for the purpose that is not ended yet; where there is none, the no itself stands in its place. */
export function sayNo(
  state: NoState,
  command: Command<NoBody>,
  context: Context,
  to: 'refused' | 'withdrawn',
): FactDecision {
  const recording = new Recording(command, context);
  const open = state.consents.filter((consent) => OPEN.includes(consent.state));
  for (const consent of open)
    recording.put({ ...consent, state: to, ended: signedBy(command, context) });
  if (open.length === 0) {
    recording.put({
      noun: 'consent',
      patient: command.actor,
      purpose: command.body.purpose,
      id: command.id,
      state: to,
      legalBasis: 'consent',
      scope: {},
      ended: signedBy(command, context),
    });
  }
  return recording.done();
}

/** The consents that a no concerns. */
export async function readForNo(
  reader: Reader,
  { actor, body }: Pick<Command<NoBody>, 'actor' | 'body'>,
): Promise<NoState> {
  return {
    consents: await reader.range('consent', { patient: actor, purpose: body.purpose }),
  };
}
