import { z } from 'zod';
import { decidersOf, decisionOn, lateFailuresOf } from '../alerts/recall-decisions.js';
import { missingOf } from '../annulling/signers.js';
import { investigationContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import { readWholeTherapy, type WholeTherapy } from '../graph/whole-therapy.js';
import type { RecallDecision } from '../nouns/recall-decision.js';
import type { Reason } from '../nouns/reason.js';
import { isOwnSignature, signedBy } from '../nouns/signed.js';
import { onlyQuality } from '../standing/refuse.js';
import { coi, localId } from '../values/identifiers.js';

const decideNoRecallBody = z.strictObject({
  coi,
  batch: localId,
  /** the attempt in which a check failed */
  step: localId,
  attempt: z.int().min(1).max(99),
});
type Body = z.infer<typeof decideNoRecallBody>;

export const decideNoRecall = definePermission({
  type: 'quality:DecideNoRecall',
  roles: ['quality', 'release-person'],
  signature: 'own',
  annexes: [{ name: 'investigation', required: true, content: investigationContent }],
  body: decideNoRecallBody,
  scope: therapyScope,
  reads: async (reader, { body }) => ({ whole: await readWholeTherapy(reader, body.coi) }),
  standing: ({ whole }, _command, context) => onlyQuality(whole.therapy, context),
  annulling: 'never',
  decide: decideDecideNoRecall,
});

/**
 * Quality and a release person, two people, each sign after an investigation that a certified batch is not recalled
 * although a check of identity or safety failed late (C3). It permits no use: the failed check stops the batch as before.
 * Whoever recalls it after all needs nobody's leave.
 */
export function decideDecideNoRecall(
  { whole }: { readonly whole: WholeTherapy },
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { coi: ofTherapy, batch: id, step, attempt } = command.body;
  const subject = `batch ${id}`;
  const batch = whole.batches.get(id);
  if (!batch) return { decision: 'refused', reasons: [{ code: 'UNKNOWN_BATCH', subject }] };
  if (batch.recall) return { decision: 'refused', reasons: [{ code: 'RECALLED', subject }] };
  const failure = lateFailuresOf(whole, batch)
    .filter(({ cause }) => cause.step === step && cause.attempt === attempt)
    .at(-1);
  if (!failure) {
    const expected = 'a check of identity or safety that failed after the certification';
    const found = `none in step ${step}/${attempt}`;
    return {
      decision: 'refused',
      reasons: [{ code: 'NOTHING_TO_DECIDE', subject, expected, found }],
    };
  }
  const earlier = decisionOn(whole, id, failure);
  const signatures = earlier?.signatures ?? [];
  const before = earlier?.missing ?? decidersOf(whole.therapy);
  const { organisation, roles } = context.actor;
  const by = signedBy(command, context);
  const investigation = command.annex?.['investigation'] ?? '';
  const all = [...signatures, { ...by, organisation, roles: [...roles], investigation }];
  const missing = missingOf(decidersOf(whole.therapy), all);
  const reasons: Reason[] = [];
  if (earlier?.decided) reasons.push({ code: 'ALREADY_DECIDED', subject });
  else if (signatures.some((each) => isOwnSignature(each, context))) {
    const found = context.principal;
    reasons.push({ code: 'SAME_PERSON', subject, expected: 'another person', found });
  } else if (missing.length >= before.length) {
    const expected = before.map((each) => each.roles.join(' or ')).join(', ');
    reasons.push({ code: 'NOT_ASKED_TO_SIGN', subject, expected, found: roles.join() });
  }
  return permitUnless(reasons, () => {
    const decision: RecallDecision = {
      noun: 'recall-decision',
      coi: ofTherapy,
      batch: id,
      step,
      attempt,
      signatures: all,
      missing,
      ...(missing.length === 0 ? { decided: by } : {}),
    };
    return [decision];
  });
}
