import { z } from 'zod';
import { ofDesign } from '../annulling/manufacturing.js';
import { fileContent, resultsContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { noteConsent, readUseByFact, type UseByFact } from '../consent/fact.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { code, coi, localId } from '../values/identifiers.js';
import { latest } from '../values/time.js';
import { type ProcessDefinition, stepOf } from '../nouns/process-definition.js';
import { effectiveOf, signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import type { Dataset } from '../nouns/dataset.js';
import type { Design } from '../nouns/design.js';
import type { StepAttempt } from '../nouns/step.js';
import { attemptRef } from './start-step.js';
import { findingsOf, judgeResults } from './verdict.js';
import { therapyAndDefinition } from './pinned-process.js';
import { alarmUnless } from '../standing/claim.js';
import { ofParty } from '../standing/people.js';

/** The step of the process that designs what is made. */
export const DESIGN_STEP = 'design';

const submitDesignBody = z.strictObject({
  coi,
  design: localId,
  version: z.int().min(1).max(999),
  datasets: z.array(code).min(1).max(16),
  ranking: attemptRef,
});

export const submitDesign = defineFact({
  type: 'manufacturing:SubmitDesign',
  roles: ['designer'],
  signature: 'delegable',
  annexes: [
    { name: 'sequence', required: true, content: fileContent },
    { name: 'results', required: true, content: resultsContent },
  ],
  body: submitDesignBody,
  scope: therapyScope,
  reads: async (reader, { body }, { actor }) => {
    const { therapy, definition } = await therapyAndDefinition(reader, body.coi);
    const step = stepOf(definition, DESIGN_STEP);
    return {
      therapy,
      definition,
      existing: await reader.get('design', { coi: body.coi, id: body.design }),
      datasets: await Promise.all(
        body.datasets.map((id) => reader.get('dataset', { coi: body.coi, id })),
      ),
      ranking: await reader.get('step', { coi: body.coi, ...body.ranking }),
      use: await readUseByFact(reader, therapy.patient, {
        purposes: step?.consents ?? [],
        dataClasses: ['genome'],
        to: actor.organisation,
      }),
    };
  },
  standing: ({ therapy }, { body: { coi, design: id } }, context) =>
    alarmUnless(ofParty(therapy, context), {
      subject: { kind: 'design', coi, id },
      claim: 'other',
    }),
  annulling: ofDesign,
  decide: decideSubmitDesign,
});
type SubmitBody = z.infer<typeof submitDesignBody>;

export interface SubmitState {
  readonly therapy: Therapy;
  readonly definition: ProcessDefinition;
  readonly existing: Design | undefined;
  readonly datasets: readonly (Dataset | undefined)[];
  readonly ranking: StepAttempt | undefined;
  readonly use: UseByFact;
}

/**
 * The designer's signature on a design: which sequence, by its commitment, drawn from which data; not before these were
 * reported (F1).
 */
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
  const checks = stepOf(state.definition, DESIGN_STEP)?.checks ?? [];
  const verdicts = judgeResults(checks, results, false);
  const design: Design = {
    noun: 'design',
    coi: body.coi,
    id: body.design,
    version: body.version,
    commitment: command.annex?.['sequence'] ?? '',
    datasets: body.datasets,
    ranking: body.ranking,
    verdicts,
    submitted: signedBy(command, context),
    blockers: [],
  };
  const since = latest(
    effectiveOf(state.therapy.ordered),
    ...[...state.datasets.map((each) => each?.reported), state.ranking?.report]
      .filter((each) => each !== undefined)
      .map(effectiveOf),
  );
  recording.put(design).about(design, since).judge(verdicts);
  for (const finding of findingsOf(checks, verdicts)) recording.deviate(finding, design);
  state.datasets.forEach((dataset, index) => {
    if (!dataset) {
      const found = body.datasets[index] ?? '';
      recording.deviate({ code: 'UNKNOWN_DATASET', classification: 'major', found }, design);
    }
  });
  noteConsent(recording, state.use, command, context, [design]);
  return recording.done();
}
