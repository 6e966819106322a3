import type { Command } from '../commands/command.js';
import { noteConsent } from '../consent/fact.js';
import { restsOnRecord } from '../graph/earlier-record.js';
import type { Item } from '../nouns/item.js';
import { produceItems } from '../custody/produce.js';
import {
  admitItem,
  itemRef,
  nameWithin,
  noteHolder,
  noteInCustody,
  reportedOf,
} from '../custody/resolve.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import { isReleaseTest } from '../graph/process-kinds.js';
import { type Check, type Step, stepOf } from '../nouns/process-definition.js';
import { beginningOf } from '../nouns/beginning.js';
import { effectiveOf, signedBy } from '../nouns/signed.js';
import type { ReportBody, ReportState } from './step-report.js';
import {
  noteDatasets,
  noteDesign,
  noteCounts,
  noteEarlierRecord,
  noteKinds,
  noteListedTwice,
  noteLots,
  noteRun,
  noteShared,
} from './report-use.js';
import type { StepAttempt, StepReport } from '../nouns/step.js';
import type { Verdict } from '../nouns/reason.js';
import { latest } from '../values/time.js';
import { lackOfTraining } from './training.js';
import { findingsOf, judgeResults } from './verdict.js';

/**
 * What was done in a step, on what, with which results. Everything that is not as the process and the
 * permission have it deviates (C4), and nothing is turned away.
 */
export function decideReportStep(
  state: ReportState,
  command: Command<ReportBody>,
  context: Context,
): FactDecision {
  const { body } = command;
  const recording = new Recording(command, context);
  const step = stepOf(state.definition, body.step);
  const attempt: StepAttempt = state.existing ?? {
    noun: 'step',
    coi: body.coi,
    step: body.step,
    attempt: body.attempt,
    blockers: [],
  };
  const drawnFrom = [...state.inputDatasets, state.design].filter((each) => each !== undefined);
  const since = latest(
    beginningOf(attempt) ?? effectiveOf(state.therapy.ordered),
    ...drawnFrom.map(beginningOf).filter((each) => each !== undefined),
  );
  recording.about(attempt, since);
  const inputs = state.inputs.map((named) =>
    admitItem(recording, reportedOf(state.therapy, named), command, context),
  );
  const verdicts = verdictsOf(step, state, command, context);
  if (attempt.report) {
    const { lots, run } = body;
    const shared = { lots, ...(run === undefined ? {} : { run }) };
    const again = { ...signedBy(command, context), verdicts, ...shared };
    recording.put({ ...attempt, repeated: [...(attempt.repeated ?? []), again] });
    recording.deviate(
      { code: 'RESULT_REPLACED', classification: 'major', found: attempt.report.command },
      attempt,
    );
  } else {
    recording.put({ ...attempt, report: reportOf(command, context, inputs, verdicts) });
  }
  noteOrder(recording, step, attempt, inputs, context);
  if (step) noteTraining(recording, step, state, attempt, context);
  noteConsent(recording, state.use, command, context, [attempt], attempt.permission !== undefined);
  if (step) noteShared(recording, step, attempt, command);
  if (step) noteKinds(recording, step, attempt, command);
  if (step) noteCounts(recording, step, attempt, inputs, command);
  noteListedTwice(recording, attempt, state.inputs, command);
  noteEarlierRecord(recording, step, attempt, command);
  noteVerdicts(recording, state, step, attempt, verdicts);
  consumeInputs(recording, inputs, command, context);
  const producedBy = { step: body.step, attempt: body.attempt };
  const origin = {
    therapy: state.therapy,
    definition: state.definition,
    parents: inputs,
    producedBy,
    unidentified: state.unidentified,
    ...(body.design === undefined ? {} : { design: body.design }),
  };
  const outputs = state.outputs.map((named, index) => ({
    named,
    kind: body.outputs[index]?.kind ?? 'unidentified',
  }));
  produceItems(recording, origin, outputs, command, context);
  noteDatasets(recording, state, attempt, command, context);
  noteLots(recording, state, attempt, command, context);
  noteDesign(recording, state, attempt, command);
  noteRun(recording, state, attempt, command);
  noteBatch(recording, state, attempt, command);
  return recording.judge(verdicts).done();
}

function verdictsOf(
  step: Step | undefined,
  state: ReportState,
  command: Command<ReportBody>,
  context: Context,
): readonly Verdict[] {
  // what was made is what the design says, whoever has approved of it yet (C2)
  const commitment = state.design?.commitment;
  const confirmed = commitment !== undefined && commitment === command.body.sequenceCommitment;
  const results = context.results ?? { from: 'endorsement' as const, verdicts: [] };
  return judgeResults(checksAskedFor(step, command), results, confirmed);
}

/** What was on record before was not tested here. */
function checksAskedFor(step: Step | undefined, { body }: Command<ReportBody>): readonly Check[] {
  return restsOnRecord(step, body) ? [] : (step?.checks ?? []);
}

function noteOrder(
  recording: Recording,
  step: Step | undefined,
  attempt: StepAttempt,
  inputs: readonly Item[],
  context: Context,
): void {
  if (step?.attestedBy !== 'manufacturing:ReportStep') {
    recording.deviate(
      { code: 'UNKNOWN_STEP', classification: 'major', found: attempt.step },
      attempt,
    );
    return;
  }
  if (!attempt.permission) {
    recording.deviate(
      { code: 'STEP_OUT_OF_ORDER', classification: 'major', expected: 'a permission to start' },
      attempt,
    );
  }
  if (!step.roles.some((role) => context.actor.roles.includes(role))) {
    recording.deviate(
      {
        code: 'STEP_BY_WRONG_ROLE',
        classification: 'major',
        expected: step.roles.join(),
        found: context.actor.roles.join(),
      },
      attempt,
    );
  }
  const permitted = attempt.permission?.inputs ?? [];
  for (const item of inputs) {
    if (attempt.permission && !permitted.includes(item.id)) {
      const found = nameWithin(attempt.coi, item);
      recording.deviate({ code: 'INPUT_NOT_PERMITTED', classification: 'major', found }, attempt);
    }
  }
}

/** Who did a step without the training that it asks for did it all the same: quality looks at it. */
function noteTraining(
  recording: Recording,
  step: Step,
  { training }: ReportState,
  attempt: StepAttempt,
  { transactionTime: said }: Context,
): void {
  const lack = lackOfTraining(step, training, { done: recording.since, said });
  if (!lack) return;
  const { expected, found } = lack;
  recording.deviate({ code: 'NOT_TRAINED', classification: 'major', expected, found }, attempt);
}

/**
 * A result that is not as it should be stops the attempt, and the batch that a release test was done on, whenever it
 * comes (C3), and whatever was found of the run that it is said to be of (C1): which run that was is one person's word.
 */
function noteVerdicts(
  recording: Recording,
  { definition, batch }: ReportState,
  step: Step | undefined,
  attempt: StepAttempt,
  verdicts: readonly Verdict[],
): void {
  const tested = batch && isReleaseTest(definition, attempt.step) ? [batch] : [];
  for (const finding of findingsOf(step?.checks ?? [], verdicts)) {
    // a run without a result says nothing of what it was done on
    const concerned = finding.code === 'CONTROL_FAILED' ? [] : tested;
    recording.deviate(finding, attempt, ...concerned);
  }
}

function consumeInputs(
  recording: Recording,
  inputs: readonly Item[],
  command: Command<ReportBody>,
  context: Context,
): void {
  inputs.forEach((item, index) => {
    const held = noteHolder(recording, item, context);
    const here = noteInCustody(recording, item);
    if (held && here && command.body.inputs[index]?.consumed)
      recording.put({ ...item, custody: 'consumed' });
  });
}

function noteBatch(
  recording: Recording,
  state: ReportState,
  attempt: StepAttempt,
  command: Command<ReportBody>,
): void {
  const { batch: found } = command.body;
  if (found === undefined || state.batch) return;
  recording.deviate({ code: 'UNKNOWN_BATCH', classification: 'major', found }, attempt);
}

function reportOf(
  command: Command<ReportBody>,
  context: Context,
  inputs: readonly Item[],
  verdicts: readonly Verdict[],
): StepReport {
  const { body } = command;
  const certificate = command.annex?.['certificate'];
  return {
    ...signedBy(command, context),
    inputs: inputs.map(itemRef),
    outputs: body.outputs.map((output) => output.item),
    inputDatasets: body.inputDatasets,
    datasets: body.datasets.map((dataset) => dataset.id),
    lots: body.lots,
    equipment: body.equipment,
    sop: body.sop,
    verdicts,
    ...(body.run === undefined ? {} : { run: body.run }),
    ...(body.design === undefined ? {} : { design: body.design }),
    ...(body.batch === undefined ? {} : { batch: body.batch }),
    ...(body.earlierRecord === undefined ? {} : { earlierRecord: body.earlierRecord }),
    ...(certificate === undefined ? {} : { certificate }),
    ...(body.pipeline === undefined
      ? {}
      : {
          pipeline: {
            container: body.pipeline.container,
            ...(body.pipeline.model === undefined ? {} : { model: body.pipeline.model }),
          },
        }),
  };
}
