import { z } from 'zod';
import { repeatedIn } from '../alerts/emergency-access.js';
import { explanationContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, type FactDecision, Recording, saidAgain } from '../commands/decision.js';
import { defineFact } from '../commands/define.js';
import type { EmergencyAccess } from '../nouns/emergency-access.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import { signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { alarmUnless } from '../standing/claim.js';
import { ofParty } from '../standing/people.js';
import { coi } from '../values/identifiers.js';
import { unblindingReason } from '../values/words.js';

const unblindBody = z.strictObject({ coi, reason: unblindingReason });

export const unblind = defineFact({
  type: 'care:Unblind',
  roles: ['clinician'],
  signature: 'own',
  annexes: [{ name: 'explanation', required: true, content: explanationContent }],
  body: unblindBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const therapy = await reader.therapy(body.coi);
    const { definition } = await reader.processOf(therapy);
    const accesses = await reader.range('emergency-access', { coi: body.coi });
    return { therapy, definition, accesses };
  },
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
  const { arm, process, unblinded = [] } = therapy;
  const { coi: ofTherapy, reason } = command.body;
  const recording = new Recording(command, context).about(therapy);
  if (!arm && !definition.blinding) {
    const [expected, found] = ['a process that is blinded', `${process.id} ${process.version}`];
    const finding = { code: 'NOT_BLINDED', classification: 'minor' } as const;
    return recording.deviate({ ...finding, expected, found }).done();
  }
  if (unblinded.some((each) => each.actor === actor)) return saidAgain();
  const access = `U.${command.id}`;
  return recording
    .put({
      noun: 'emergency-access',
      ...{ coi: ofTherapy, id: access, organisation, reason },
      opens: 'arm',
      explanation: command.annex?.['explanation'] ?? '',
      opened: signedBy(command, context),
      ...repeatedIn(accesses, context),
    })
    .put({ ...therapy, unblinded: [...unblinded, { access, actor, organisation }] })
    .done();
}
