import { z } from 'zod';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { onlyParties } from '../standing/refuse.js';
import { coi, localId } from '../values/identifiers.js';
import { answerToDenial, groundsOfAppeal } from '../values/words.js';
import { type Denied, readDenied } from './denied.js';

const answerDenialBody = z.strictObject({ coi, denial: localId, answer: answerToDenial });

/** On what an appeal rests. */
const appealContent = z.strictObject({ grounds: groundsOfAppeal });

export const answerDenial = definePermission({
  type: 'billing:AnswerDenial',
  roles: ['coordinator', 'clinician'],
  signature: 'delegable',
  annexes: [{ name: 'appeal', required: false, content: appealContent }],
  body: answerDenialBody,
  scope: therapyScope,
  reads: (reader, { body }) => readDenied(reader, body),
  standing: ({ therapy }, _command, context) => onlyParties(therapy, context),
  annulling: 'never',
  decide: decideAnswerDenial,
});

/** A coordinator or a physician appeals against a denial, or accepts it; who accepted it may appeal still. */
export function decideAnswerDenial(
  { denial }: Denied,
  command: Command<z.infer<typeof answerDenialBody>>,
  context: Context,
): PermissionDecision {
  const { denial: id, answer } = command.body;
  const subject = `denial ${id}`;
  if (!denial) return { decision: 'refused', reasons: [{ code: 'UNKNOWN_DENIAL', subject }] };
  const commitment = command.annex?.['appeal'];
  const { answered } = denial;
  const reasons: Reason[] = [];
  if (answered?.answer === 'appeal') {
    reasons.push({ code: 'ALREADY_ANSWERED', subject, found: answered.answer });
  }
  if (answer === 'appeal' && commitment === undefined) {
    reasons.push({ code: 'NO_GROUNDS', subject, expected: 'an annex appeal', found: 'none' });
  }
  return permitUnless(reasons, () => [
    {
      ...denial,
      answered: {
        ...signedBy(command, context),
        answer,
        ...(commitment === undefined ? {} : { commitment }),
      },
    },
  ]);
}
