import { z } from 'zod';
import { type Command, defineFact, definePermission, therapyScope } from '../commands/command.js';
import {
  type Context,
  type FactDecision,
  permitUnless,
  type PermissionDecision,
  Recording,
} from '../commands/decision.js';
import { coi, localId } from '../values/identifiers.js';
import { type ProcessDefinition, stepOf } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { reasonsOfSuspects, type Suspect } from '../registry/suspicion.js';
import { principalOf, signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { type Ancestry, brokenLinks, makersOf, reasonsOfOrigin } from './ancestry.js';
import type { Batch } from '../nouns/batch.js';
import { reasonsOfBlockers } from './needs.js';

const body = z.strictObject({ coi, batch: localId });
type Body = z.infer<typeof body>;

export const reviewBatch = definePermission({
  type: 'manufacturing:ReviewBatch',
  roles: ['quality'],
  signature: 'own',
  annexes: [],
  body,
  scope: therapyScope,
});

export const certifyBatch = definePermission({
  type: 'manufacturing:CertifyBatch',
  roles: ['release-person'],
  signature: 'own',
  annexes: [],
  body,
  scope: therapyScope,
});

export interface ReleaseBatchState {
  readonly therapy: Therapy;
  readonly definition: ProcessDefinition;
  readonly batch: Batch | undefined;
  readonly ancestry: Ancestry;
  /** what the batch rests on that was signed with compromised keys */
  readonly suspects: readonly Suspect[];
}

/** Gate H3: quality reviewed the batch; every deviation that affects it has been settled. */
export function decideReviewBatch(
  state: ReleaseBatchState,
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { batch } = state;
  if (!batch) return unknownBatch(command);
  const reasons = [...reasonsAgainstRelease(state, batch, context)];
  if (batch.review) reasons.push({ code: 'ALREADY_REVIEWED', subject: `batch ${batch.id}` });
  return permitUnless(reasons, () => [{ ...batch, review: signedBy(command, context) }]);
}

/** Gate H4: the release person certifies what another person reviewed and neither of them made. */
export function decideCertifyBatch(
  state: ReleaseBatchState,
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { batch } = state;
  if (!batch) return unknownBatch(command);
  const subject = `batch ${batch.id}`;
  const reasons = [...reasonsAgainstRelease(state, batch, context)];
  if (!batch.review) reasons.push({ code: 'NOT_REVIEWED', subject });
  if (batch.review && principalOf(batch.review) === context.principal) {
    reasons.push({
      code: 'SAME_PERSON',
      subject,
      expected: 'another person than the reviewer',
      found: context.principal,
    });
  }
  if (batch.certification) reasons.push({ code: 'ALREADY_CERTIFIED', subject });
  return permitUnless(reasons, () => [{ ...batch, certification: signedBy(command, context) }]);
}

function unknownBatch(command: Command<Body>): PermissionDecision {
  return {
    outcome: 'refused',
    reasons: [{ code: 'UNKNOWN_BATCH', subject: `batch ${command.body.batch}` }],
  };
}

function reasonsAgainstRelease(
  state: ReleaseBatchState,
  batch: Batch,
  { principal }: Context,
): readonly Reason[] {
  const subject = `batch ${batch.id}`;
  const reasons: Reason[] = [
    ...brokenLinks(state.ancestry, batch.coi),
    ...reasonsOfOrigin(state.ancestry),
    ...reasonsOfBlockers(state.therapy),
    ...reasonsOfConfirmation(state, batch),
    ...reasonsOfSuspects(state.suspects),
  ];
  if (!batch.tests) reasons.push({ code: 'NOT_TESTED', subject });
  if (batch.recall) reasons.push({ code: 'RECALLED', subject, found: batch.recall.reason });
  if (makersOf(state.ancestry, batch).has(principal))
    reasons.push({ code: 'MAKER', subject, found: principal });
  return reasons;
}

/** Why no step confirmed that what was made has the approved design's sequence. */
export function reasonsOfConfirmation(
  state: { readonly definition: ProcessDefinition; readonly ancestry: Ancestry },
  batch: Batch,
): readonly Reason[] {
  const confirmed = state.ancestry.attempts.some(
    (attempt) =>
      attempt.report?.design === batch.design &&
      stepOf(state.definition, attempt.step)?.checks.some(
        (check) =>
          check.kind === 'design-commitment' &&
          attempt.report?.verdicts.some(
            (each) => each.check === check.code && each.verdict === 'pass',
          ),
      ),
  );
  if (confirmed) return [];
  return [
    {
      code: 'SEQUENCE_NOT_CONFIRMED',
      subject: `batch ${batch.id}`,
      expected: `design ${batch.design}`,
    },
  ];
}

export const recallBatch = defineFact({
  type: 'manufacturing:RecallBatch',
  roles: ['quality', 'release-person', 'safety-officer'],
  signature: 'own',
  annexes: [],
  body: z.strictObject({
    coi,
    batch: localId,
    reason: z.enum([
      'sterility',
      'potency',
      'identity',
      'contamination',
      'labelling',
      'stability',
      'regulator',
    ]),
  }),
  scope: therapyScope,
});

/** A batch is called back. It is written in the batch's own record, which every gate reads. */
export function decideRecallBatch(
  state: { readonly therapy: Therapy; readonly batch: Batch | undefined },
  command: Command<z.infer<typeof recallBatch.body>>,
  context: Context,
): FactDecision {
  const recording = new Recording(command, context);
  const { batch } = state;
  if (batch) {
    return recording
      .put({
        ...batch,
        recall: batch.recall ?? { ...signedBy(command, context), reason: command.body.reason },
      })
      .done();
  }
  const finding = {
    code: 'UNKNOWN_BATCH',
    classification: 'critical',
    found: command.body.batch,
  } as const;
  return recording.deviate(finding, state.therapy).done();
}
