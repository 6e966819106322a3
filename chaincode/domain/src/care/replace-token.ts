import { z } from 'zod';
import { ofTokenReplacement } from '../annulling/token.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, type FactDecision, Recording, saidAgain } from '../commands/decision.js';
import { defineFact } from '../commands/define.js';
import { canonicalise } from '../encoding/codec.js';
import { isOwnSignature } from '../nouns/signed.js';
import type { TokenReplacement } from '../nouns/token-replacement.js';
import { signatureOf } from '../commands/gathered-signature.js';
import { alarmUnless } from '../standing/claim.js';
import { ofParty } from '../standing/people.js';
import { coi, localId } from '../values/identifiers.js';
import { causeOfReplacement, formerToken, replaceableToken } from '../values/words.js';

const replaceTokenBody = z.strictObject({
  coi,
  tokenReplacement: localId,
  token: replaceableToken,
  cause: causeOfReplacement,
  /** what became of the one before */
  former: formerToken,
});

export const replaceToken = defineFact({
  type: 'care:ReplaceToken',
  roles: ['nurse', 'clinician', 'pharmacist'],
  signature: 'own',
  annexes: [],
  body: replaceTokenBody,
  scope: therapyScope,
  reads: async (reader, { body }) => ({
    therapy: await reader.therapy(body.coi),
    existing: await reader.get('token-replacement', { coi: body.coi, id: body.tokenReplacement }),
  }),
  standing: ({ therapy }, { body }, context) =>
    alarmUnless(ofParty(therapy, context), {
      subject: { kind: 'therapy', coi: body.coi },
      claim: 'other',
    }),
  annulling: ofTokenReplacement,
  decide: decideReplaceToken,
});

/**
 * A wristband was printed anew from the pseudonym, or a device paired anew, and the one before was taken off or is missing:
 * two people each say so. Nothing of what is printed stands on the ledger, and it compares pseudonyms only; so it stops
 * nothing and permits nothing.
 */
export function decideReplaceToken(
  { existing }: { readonly existing: TokenReplacement | undefined },
  command: Command<z.infer<typeof replaceTokenBody>>,
  context: Context,
): FactDecision {
  const { coi: ofTherapy, tokenReplacement: id, token, cause, former } = command.body;
  const words = { token, cause, former };
  const recording = new Recording(command, context);
  if (existing && (existing.annulled || canonicalise(saidIn(existing)) !== canonicalise(words))) {
    const expected = Object.values(saidIn(existing)).join();
    const found = Object.values(words).join();
    const finding = { code: 'IDENTIFIER_TAKEN', classification: 'minor' } as const;
    return recording.deviate({ ...finding, expected, found }).done();
  }
  const statements = existing?.statements ?? [];
  if (statements.some((each) => isOwnSignature(each, context))) return saidAgain();
  return recording
    .put({
      noun: 'token-replacement',
      ...{ coi: ofTherapy, id, ...words },
      statements: [...statements, signatureOf(command, context)],
    })
    .done();
}

function saidIn({ token, cause, former }: TokenReplacement) {
  return { token, cause, former };
}
