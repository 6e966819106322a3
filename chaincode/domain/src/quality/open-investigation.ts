import { z } from 'zod';
import { ofInvestigation } from '../annulling/investigation.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import { ownNameOf } from '../custody/own-name.js';
import { areSamplesOf } from '../graph/evidence.js';
import { nameOfAttempt } from '../graph/links.js';
import { everyResultOf } from '../graph/results.js';
import { investigationOf, isOvertaken } from '../graph/retest.js';
import { readWholeTherapy, type WholeTherapy } from '../graph/whole-therapy.js';
import type { Actor } from '../nouns/actor.js';
import { attemptNumber } from '../nouns/attempt.js';
import { type Investigation, type RetestPlan, retestSchema } from '../nouns/investigation.js';
import type { NamedItem } from '../nouns/named-item.js';
import { stepOf } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import type { StepAttempt } from '../nouns/step.js';
import { onlyQuality } from '../standing/refuse.js';
import { code, coi, localId } from '../values/identifiers.js';
import { investigationPhase } from '../values/words.js';

const openInvestigationBody = z.strictObject({
  coi,
  investigation: localId,
  /** the attempt in which the check failed, or came to no result */
  step: code,
  attempt: attemptNumber,
  check: code,
  /** which of its phases begins */
  phase: investigationPhase,
  /** what is tested again; where the phase plans none, an earlier phase's plan stays in force */
  retest: retestSchema
    .refine(({ items, datasets }) => items.length + datasets.length > 0, {
      message: 'at least one sample or dataset',
    })
    .optional(),
});
type Body = z.infer<typeof openInvestigationBody>;

export const openInvestigation = definePermission({
  type: 'quality:OpenInvestigation',
  roles: ['quality'],
  signature: 'own',
  annexes: [],
  body: openInvestigationBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const whole = await readWholeTherapy(reader, body.coi);
    const existing = await reader.get('investigation', { coi: body.coi, id: body.investigation });
    const analyst = body.retest && (await reader.get('actor', { id: body.retest.analyst }));
    const { items = [] } = body.retest ?? {};
    const samples = await Promise.all(items.map((item) => reader.named(body.coi, item)));
    return { whole, existing, analyst, samples };
  },
  standing: ({ whole }, _command, context) => onlyQuality(whole.therapy, context),
  annulling: ofInvestigation,
  decide: decideOpenInvestigation,
});

export interface OpenState {
  readonly whole: WholeTherapy;
  readonly existing: Investigation | undefined;
  readonly analyst: Actor | undefined;
  /** what the samples of the retest are, by whichever numbers of their labels */
  readonly samples: readonly NamedItem[];
}

/**
 * Quality opens an investigation into a failed check, or its next phase: in the laboratory first, then in full (C1). What
 * is tested again, how often and by whom is fixed here, before it is done; nothing is permitted by it.
 */
export function decideOpenInvestigation(
  { whole, existing, analyst, samples }: OpenState,
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const attempt = whole.attempts.get(nameOfAttempt(body));
  if (!attempt?.report) {
    const subject = `step ${nameOfAttempt(body)}`;
    return { decision: 'refused', reasons: [{ code: 'UNKNOWN_ATTEMPT', subject }] };
  }
  const { phase } = body;
  const retest = body.retest && { ...body.retest, items: samples.map(ownNameOf) };
  const reasons = [
    ...reasonsOfCheck(whole, attempt, body),
    ...(existing ? reasonsOfNextPhase(existing, body) : reasonsOfFirstPhase(whole, attempt, body)),
    ...(retest ? reasonsOfPlan(whole, attempt, retest, analyst) : []),
  ];
  return permitUnless(reasons, () => {
    const begun = { ...signedBy(command, context), phase, ...(retest ? { retest } : {}) };
    const { coi: of, investigation: id, step, attempt: number, check } = body;
    const phases = [...(existing?.phases ?? []), begun];
    return [{ noun: 'investigation', coi: of, id, step, attempt: number, check, phases }];
  });
}

function reasonsOfCheck(
  whole: WholeTherapy,
  attempt: StepAttempt,
  { check }: Body,
): readonly Reason[] {
  const found = everyResultOf(whole, attempt).filter((each) => each.check === check);
  if (found.some(({ verdict }) => verdict === 'fail' || verdict === 'missing')) return [];
  return [
    {
      code: 'NOTHING_TO_INVESTIGATE',
      subject: `step ${nameOfAttempt(attempt)}`,
      expected: `a failed or missing ${check}`,
      found: found[0]?.verdict ?? 'no such check',
    },
  ];
}

function reasonsOfFirstPhase(
  whole: WholeTherapy,
  attempt: StepAttempt,
  { investigation: id, phase, check }: Body,
): readonly Reason[] {
  const reasons: Reason[] = [];
  const other = investigationOf(whole, attempt, check);
  if (other && !(other.conclusion?.concluded && isOvertaken(whole, attempt, other))) {
    const subject = `step ${nameOfAttempt(attempt)}`;
    reasons.push({ code: 'ALREADY_INVESTIGATED', subject, found: `investigation ${other.id}` });
  }
  if (phase !== 'laboratory') reasons.push(outOfOrder(id, 'laboratory', phase));
  return reasons;
}

function reasonsOfNextPhase(existing: Investigation, body: Body): readonly Reason[] {
  const { id, phases, conclusion, annulled } = existing;
  const subject = `investigation ${id}`;
  const isSame = nameOfAttempt(existing) === nameOfAttempt(body) && existing.check === body.check;
  if (!isSame || annulled) {
    const found = `${existing.check} of step ${nameOfAttempt(existing)}`;
    return [{ code: 'IDENTIFIER_TAKEN', subject, found }];
  }
  if (conclusion?.concluded)
    return [{ code: 'ALREADY_CONCLUDED', subject, found: conclusion.cause }];
  const began = phases.at(-1)?.phase;
  if (began === 'laboratory' && body.phase === 'full') return [];
  return [outOfOrder(id, began === 'laboratory' ? 'full' : 'its conclusion', body.phase)];
}

function outOfOrder(id: string, expected: string, found: string): Reason {
  return { code: 'PHASE_OUT_OF_ORDER', subject: `investigation ${id}`, expected, found };
}

function reasonsOfPlan(
  whole: WholeTherapy,
  attempt: StepAttempt,
  retest: RetestPlan,
  analyst: Actor | undefined,
): readonly Reason[] {
  const reasons: Reason[] = [];
  const roles = stepOf(whole.definition, attempt.step)?.roles ?? [];
  const isAble =
    analyst !== undefined &&
    !analyst.revocation &&
    whole.therapy.parties.includes(analyst.organisation) &&
    roles.some((role) => analyst.roles.includes(role));
  if (!isAble) {
    const expected = `${roles.join(' or ')} of a party`;
    const found = analyst?.roles.join() ?? 'nobody';
    reasons.push({ code: 'NO_ANALYST', subject: `actor ${retest.analyst}`, expected, found });
  }
  if (!areSamplesOf(whole, attempt, retest)) {
    const subject = `step ${nameOfAttempt(attempt)}`;
    const expected = 'original or retained samples of what it tested';
    const found = [...retest.items, ...retest.datasets].join();
    reasons.push({ code: 'NOT_ITS_SAMPLES', subject, expected, found });
  }
  return reasons;
}
