import { z } from 'zod';
import { explanationContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, type FactDecision, Recording, saidAgain } from '../commands/decision.js';
import { defineFact } from '../commands/define.js';
import type { EmergencyAccess } from '../nouns/emergency-access.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Therapy } from '../nouns/therapy.js';
import { alarmUnless } from '../standing/claim.js';
import { ofParty } from '../standing/people.js';
import { notBlinded } from '../therapy/assign-arm.js';
import { coi } from '../values/identifiers.js';
import { unblindingReason } from '../values/words.js';
import { openedBy, readOpened } from './opened-access.js';

const unblindBody = z.strictObject({ coi, reason: unblindingReason });

export const unblind = defineFact({
  type: 'care:Unblind',
  roles: ['clinician'],
  signature: 'own',
  annexes: [{ name: 'explanation', required: true, content: explanationContent }],
  body: unblindBody,
  scope: therapyScope,
  reads: (reader, { body }) => readOpened(reader, body.coi),
  standing: ({ therapy }, { body }, context) =>
    alarmUnless(ofParty(therapy, context), {
      subject: { kind: 'therapy', coi: body.coi },
      claim: 'other',
    }),
  // what was learnt cannot be unlearnt: the review says that it was a mistake, and ends it
  annulling: 'never',
  decide: decideUnblind,
});

export interface UnblindState {
  readonly therapy: Therapy;
  readonly definition: Pick<ProcessDefinition, 'blinding'>;
  /** every emergency access and unblinding in the therapy before */
  readonly accesses: readonly EmergencyAccess[];
}

/**
 * A physician of a party has to know the arm now. Nobody is asked, and nothing stands in the way, not even that no arm is
 * assigned yet: it is recorded, that physician alone reads the arm, and quality reviews it afterwards.
 */
export function decideUnblind(
  { therapy, definition, accesses }: UnblindState,
  command: Command<z.infer<typeof unblindBody>>,
  context: Context,
): FactDecision {
  const { id: actor, organisation } = context.actor;
  const { arm, unblinded = [] } = therapy;
  const recording = new Recording(command, context).about(therapy);
  if (!arm && !definition.blinding) return recording.deviate(notBlinded(therapy)).done();
  if (unblinded.some((each) => each.actor === actor)) return saidAgain();
  const access = `U.${command.id}`;
  return recording
    .put({ ...openedBy(access, accesses, command, context), opens: 'arm' })
    .put({ ...therapy, unblinded: [...unblinded, { access, actor, organisation }] })
    .done();
}
