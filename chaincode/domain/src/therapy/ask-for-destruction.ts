import { z } from 'zod';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { defineFact } from '../commands/define.js';
import { signedBy } from '../nouns/signed.js';
import { isHalted, type Therapy } from '../nouns/therapy.js';
import { alarmUnless } from '../standing/claim.js';
import { ofParty } from '../standing/people.js';
import { coi } from '../values/identifiers.js';
import { timeOfDestruction } from '../values/words.js';

const askForDestructionBody = z.strictObject({ coi, when: timeOfDestruction });

export const askForDestruction = defineFact({
  type: 'therapy:AskForDestruction',
  roles: ['patient'],
  signature: 'own',
  annexes: [],
  body: askForDestructionBody,
  scope: therapyScope,
  reads: async (reader, { body }) => ({ therapy: await reader.therapy(body.coi) }),
  standing: ({ therapy }, { body }, context) =>
    alarmUnless(ofParty(therapy, context), {
      subject: { kind: 'therapy', coi: body.coi },
      claim: 'other',
    }),
  annulling: 'never',
  decide: decideAskForDestruction,
});

/**
 * The patient wants destroyed at once what is to be destroyed of a halted therapy, or takes that back. What is retained by
 * law stays. Of a therapy that goes on it says nothing.
 */
export function decideAskForDestruction(
  { therapy }: { readonly therapy: Therapy },
  command: Command<z.infer<typeof askForDestructionBody>>,
  context: Context,
): FactDecision {
  const recording = new Recording(command, context).about(therapy);
  if (!isHalted(therapy)) return recording.done();
  const { when } = command.body;
  return recording.put({ ...therapy, destruction: { ...signedBy(command, context), when } }).done();
}
