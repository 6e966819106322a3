import type { ProcessDefinition, Step } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { nameOf, type SubjectRef } from '../nouns/subject.js';
import type { BlockableEntity } from '../nouns/registry.js';
import { refOf } from '../nouns/reference.js';
import type { Batch } from '../nouns/batch.js';
import type { Design } from '../nouns/design.js';
import type { StepAttempt } from '../nouns/step.js';

/** The positive evidence that a command names: attempts, the design, the batch. */
export interface Evidence {
  readonly attempts: readonly StepAttempt[];
  readonly design: Design | undefined;
  readonly batch: Batch | undefined;
}

/** Why the steps that `step` needs are not done; the evidence must show each, reported and not blocked. */
export function reasonsAgainstNeeds(
  definition: ProcessDefinition,
  step: Step,
  evidence: Evidence,
): readonly Reason[] {
  return step.needs.flatMap((need) => {
    const needed = definition.steps.find((each) => each.id === need);
    return needed ? reasonsAgainst(needed, evidence) : [];
  });
}

function reasonsAgainst(needed: Step, evidence: Evidence): readonly Reason[] {
  switch (needed.attestedBy) {
    case 'manufacturing:ReportStep': {
      const attempt = evidence.attempts.find((each) => each.step === needed.id && each.report);
      if (!attempt) return [{ code: 'STEP_NOT_DONE', subject: `step ${needed.id}` }];
      return reasonsOfBlockers(attempt);
    }
    case 'manufacturing:ApproveDesign':
      if (!evidence.design?.approved) {
        return [
          { code: 'DESIGN_NOT_APPROVED', subject: `design ${evidence.design?.id ?? 'none named'}` },
        ];
      }
      return reasonsOfBlockers(evidence.design);
    case 'manufacturing:ReviewBatch':
    case 'manufacturing:CertifyBatch':
      return evidence.batch?.certification
        ? reasonsOfBlockers(evidence.batch)
        : [{ code: 'BATCH_NOT_RELEASED', subject: `batch ${evidence.batch?.id ?? 'none named'}` }];
    default:
      return [];
  }
}

const BLOCKER_REASONS = {
  deviation: 'DEVIATION_OPEN',
  hold: 'ON_HOLD',
  rejected: 'REJECTED',
} as const;

/** One reason for each deviation, hold or rejection that stands in a thing's record. */
export function reasonsOfBlockers(entity: BlockableEntity): readonly Reason[] {
  return entity.blockers.map((blocker) => ({
    code: BLOCKER_REASONS[blocker.kind],
    subject: nameOf(refOf(entity)),
    found: blocker.code,
  }));
}

/** A short name for a reason about something that was not found. */
export function missing(ref: SubjectRef): Reason {
  return { code: 'NOT_RECORDED', subject: nameOf(ref) };
}
