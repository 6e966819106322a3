import { z } from 'zod';
import { fileContent, resultsContent } from '../commands/annex.js';
import { type Command, defineFact, definePermission, therapyScope } from '../commands/command.js';
import { reasonsAgainstUse, usesMade } from '../consent/evaluate.js';
import type { WeighedConsent } from '../consent/weighed.js';
import {
  type Context,
  type FactDecision,
  permitUnless,
  type PermissionDecision,
  Recording,
} from '../commands/decision.js';
import { code, coi, localId } from '../values/identifiers.js';
import { type ProcessDefinition, stepOf } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { reasonsOfSuspects, type Suspect } from '../registry/suspicion.js';
import { principalOf, signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { type Ancestry, brokenLinks, reasonsOfOrigin } from './ancestry.js';
import type { Dataset } from '../nouns/dataset.js';
import type { Design } from '../nouns/design.js';
import { reasonsAgainstNeeds, reasonsOfBlockers } from './needs.js';
import { attemptRef, usesOf } from './start-step.js';
import type { StepAttempt } from '../nouns/step.js';
import { judgeResults } from './verdict.js';

/** The step that a design attests. */
const DESIGN_STEP = 'design';

export const submitDesign = defineFact({
  type: 'manufacturing:SubmitDesign',
  roles: ['designer'],
  signature: 'delegable',
  annexes: [
    { name: 'sequence', required: true, content: fileContent },
    { name: 'results', required: true, content: resultsContent },
  ],
  body: z.strictObject({
    coi,
    design: localId,
    version: z.int().min(1).max(999),
    datasets: z.array(code).min(1).max(16),
    ranking: attemptRef,
  }),
  scope: therapyScope,
});
type SubmitBody = z.infer<typeof submitDesign.body>;

export interface SubmitState {
  readonly therapy: Therapy;
  readonly definition: ProcessDefinition;
  readonly existing: Design | undefined;
  readonly datasets: readonly (Dataset | undefined)[];
}

/** The designer's signature on a design: which sequence, by its commitment, drawn from which data. */
export function decideSubmitDesign(
  state: SubmitState,
  command: Command<SubmitBody>,
  context: Context,
): FactDecision {
  const { body } = command;
  const recording = new Recording(command, context);
  if (state.existing) {
    return recording
      .deviate(
        { code: 'IDENTIFIER_TAKEN', classification: 'critical', found: body.design },
        state.existing,
      )
      .done();
  }
  const results = context.results ?? { from: 'endorsement' as const, verdicts: [] };
  const verdicts = judgeResults(
    stepOf(state.definition, DESIGN_STEP)?.checks ?? [],
    results,
    false,
  );
  const design: Design = {
    noun: 'design',
    coi: body.coi,
    id: body.design,
    version: body.version,
    commitment: command.annex?.['sequence'] ?? '',
    datasets: body.datasets,
    ranking: body.ranking,
    submitted: signedBy(command, context),
    blockers: [],
  };
  recording.put(design).judge(verdicts);
  for (const { check, verdict } of verdicts) {
    if (verdict !== 'pass') {
      recording.deviate(
        { code: 'RESULT_OUT_OF_LIMITS', classification: 'major', found: check },
        design,
      );
    }
  }
  state.datasets.forEach((dataset, index) => {
    if (!dataset) {
      const found = body.datasets[index] ?? '';
      recording.deviate({ code: 'UNKNOWN_DATASET', classification: 'major', found }, design);
    }
  });
  return recording.done();
}

export const approveDesign = definePermission({
  type: 'manufacturing:ApproveDesign',
  roles: ['quality'],
  signature: 'own',
  annexes: [],
  body: z.strictObject({ coi, design: localId }),
  scope: therapyScope,
});

export interface ApproveState {
  readonly therapy: Therapy;
  readonly definition: ProcessDefinition;
  readonly design: Design | undefined;
  readonly ranking: StepAttempt | undefined;
  readonly ancestry: Ancestry;
  readonly consents: readonly WeighedConsent[];
  /** what the design rests on that was signed with compromised keys */
  readonly suspects: readonly Suspect[];
}

/** Gate H2, the second signature: quality approves what another person designed, on data that nothing blocks. */
export function decideApproveDesign(
  state: ApproveState,
  command: Command<z.infer<typeof approveDesign.body>>,
  context: Context,
): PermissionDecision {
  const { design, therapy } = state;
  const step = stepOf(state.definition, DESIGN_STEP);
  const subject = `design ${command.body.design}`;
  if (!design || !step)
    return { outcome: 'refused', reasons: [{ code: 'UNKNOWN_DESIGN', subject }] };
  const reasons: Reason[] = [];
  if (design.approved)
    reasons.push({ code: 'ALREADY_APPROVED', subject, found: design.approved.command });
  if (principalOf(design.submitted) === context.principal) {
    reasons.push({
      code: 'SAME_PERSON',
      subject,
      expected: 'another person than the designer',
      found: context.principal,
    });
  }
  const uses = usesOf(step, context);
  const attempts = state.ranking ? [state.ranking] : [];
  reasons.push(
    ...uses.flatMap((use) => reasonsAgainstUse(state.consents, use)),
    ...reasonsAgainstNeeds(state.definition, step, { attempts, design, batch: undefined }),
    ...brokenLinks(state.ancestry, therapy.coi),
    ...reasonsOfOrigin(state.ancestry),
    ...reasonsOfBlockers(therapy),
    ...reasonsOfSuspects(state.suspects),
  );
  return permitUnless(reasons, () => [
    { ...design, approved: signedBy(command, context) },
    ...usesMade(state.consents, uses, command.id),
  ]);
}
