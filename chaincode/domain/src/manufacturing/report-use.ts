import { restsOnRecord } from '../graph/earlier-record.js';
import type { NamedItem } from '../nouns/named-item.js';
import { ownNameOf } from '../custody/own-name.js';
import type { Item } from '../nouns/item.js';
import type { Step } from '../nouns/process-definition.js';
import { miscountsOf } from '../nouns/process-step.js';
import type { Command } from '../commands/command.js';
import type { Context, Recording } from '../commands/decision.js';
import { signedBy } from '../nouns/signed.js';
import { isAnnulled, stillBlocking } from '../nouns/subject.js';
import { milliseconds } from '../values/time.js';
import type { ReportBody, ReportState } from './step-report.js';
import type { StepAttempt } from '../nouns/step.js';

/** The datasets that a step used and produced; each produced one needs its commitment and a free id. */
export function noteDatasets(
  recording: Recording,
  state: ReportState,
  attempt: StepAttempt,
  command: Command<ReportBody>,
  context: Context,
): void {
  const { body } = command;
  body.inputDatasets.forEach((id, index) => {
    if (!state.inputDatasets[index]) {
      recording.deviate({ code: 'UNKNOWN_DATASET', classification: 'major', found: id }, attempt);
    }
  });
  body.datasets.forEach(({ id, kind, region }, index) => {
    const taken = state.outputDatasets[index];
    const commitment = command.annex?.[`dataset.${id}`];
    if (taken && !isAnnulled(taken)) {
      recording.deviate({ code: 'IDENTIFIER_TAKEN', classification: 'critical', found: id }, taken);
    } else if (commitment === undefined) {
      recording.deviate(
        { code: 'DATASET_NOT_COMMITTED', classification: 'major', found: id },
        attempt,
      );
    } else {
      recording.put({
        noun: 'dataset',
        coi: body.coi,
        id,
        kind,
        commitment,
        producedBy: { step: body.step, attempt: body.attempt },
        reported: signedBy(command, context),
        region,
        blockers: taken ? stillBlocking(taken) : [],
      });
    }
  });
}

/** The lots that a step used, each with its reverse key. */
export function noteLots(
  recording: Recording,
  state: ReportState,
  attempt: StepAttempt,
  command: Command<ReportBody>,
  context: Context,
): void {
  const { coi, step, attempt: number } = attempt;
  command.body.lots.forEach((id, index) => {
    recording.put({ noun: 'lot-use', of: id, coi, step, attempt: number });
    const lot = state.lots[index];
    if (!lot || lot.annulled) {
      recording.deviate({ code: 'UNKNOWN_LOT', classification: 'major', found: id }, attempt);
    } else if (milliseconds(lot.expiry) <= milliseconds(context.transactionTime)) {
      recording.deviate(
        { code: 'LOT_EXPIRED', classification: 'major', expected: lot.expiry, found: id },
        attempt,
      );
    }
  });
}

/** The design that a step names: what nobody submitted leads back to no patient, and what nobody approved is no order. */
export function noteDesign(
  recording: Recording,
  state: ReportState,
  attempt: StepAttempt,
  { body: { design } }: Command<ReportBody>,
): void {
  if (design === undefined || state.design?.approved) return;
  const code = state.design ? 'DESIGN_NOT_APPROVED' : 'UNKNOWN_DESIGN';
  recording.deviate({ code, classification: 'major', found: design }, attempt);
}

/** Whether as many of each kind were taken and made as the process has it (C4); an earlier record takes the place of any. */
export function noteCounts(
  recording: Recording,
  step: Step,
  attempt: StepAttempt,
  inputs: readonly Pick<Item, 'kind'>[],
  { body }: Command<ReportBody>,
): void {
  if (restsOnRecord(step, body)) return;
  const kinds = { inputs, outputs: body.outputs, datasets: body.datasets };
  for (const of of ['inputs', 'outputs', 'datasets'] as const) {
    const counted = kinds[of].map(({ kind }) => kind);
    for (const miscount of miscountsOf(step, of, counted)) {
      recording.deviate({ code: 'UNITS_DIFFER', classification: 'major', ...miscount }, attempt);
    }
  }
}

/** Things and data that a report says it was done on more than once: one was meant for another (C4). */
export function noteListedTwice(
  recording: Recording,
  attempt: StepAttempt,
  inputs: readonly NamedItem[],
  { body: { inputDatasets } }: Command<ReportBody>,
): void {
  for (const listed of [inputs.map(ownNameOf), inputDatasets]) {
    const again = new Set(listed.filter((id, index) => listed.indexOf(id) < index));
    for (const found of again) {
      recording.deviate({ code: 'LISTED_TWICE', classification: 'major', found }, attempt);
    }
  }
}

/** An earlier record where the process takes none, or beside a sample (A5). */
export function noteEarlierRecord(
  recording: Recording,
  step: Step | undefined,
  attempt: StepAttempt,
  { body }: Command<ReportBody>,
): void {
  if (body.earlierRecord === undefined || restsOnRecord(step, body)) return;
  const found = body.earlierRecord.source;
  const expected = step?.earlierRecord ? 'a record or a sample' : 'a sample of the patient';
  recording.deviate(
    { code: 'EARLIER_RECORD_NOT_ACCEPTED', classification: 'major', expected, found },
    attempt,
  );
}

/** The shared run that a step was part of, with its reverse key. */
export function noteRun(
  recording: Recording,
  state: ReportState,
  attempt: StepAttempt,
  command: Command<ReportBody>,
): void {
  const { run } = command.body;
  if (run === undefined) return;
  recording.put({
    noun: 'run-use',
    of: run,
    coi: attempt.coi,
    step: attempt.step,
    attempt: attempt.attempt,
  });
  if (!state.run || state.run.annulled)
    recording.deviate({ code: 'UNKNOWN_RUN', classification: 'major', found: run }, attempt);
}

/** Whether lots and a run were used as the process has it (C4). */
export function noteShared(
  recording: Recording,
  step: Step,
  attempt: StepAttempt,
  { body }: Command<ReportBody>,
): void {
  const used = body.lots.length > 0;
  if (used !== step.lots) {
    const code = used ? 'LOTS_NOT_ASKED_FOR' : 'LOTS_MISSING';
    recording.deviate({ code, classification: 'major', expected: wanted(step.lots) }, attempt);
  }
  const shared = body.run !== undefined;
  if (shared !== step.sharedRun) {
    const code = shared ? 'RUN_NOT_ASKED_FOR' : 'RUN_MISSING';
    recording.deviate({ code, classification: 'major', expected: wanted(step.sharedRun) }, attempt);
  }
}

/** Whether the step makes what came of it (C4). */
export function noteKinds(
  recording: Recording,
  step: Step,
  attempt: StepAttempt,
  { body }: Command<ReportBody>,
): void {
  for (const [made, kinds] of [
    [body.outputs, step.outputs],
    [body.datasets, step.datasets],
  ] as const) {
    const expected = kinds.join() || 'nothing';
    const others = made.filter(({ kind }) => !kinds.includes(kind));
    for (const found of new Set(others.map(({ kind }) => kind)))
      recording.deviate(
        { code: 'KIND_NOT_MADE', classification: 'major', expected, found },
        attempt,
      );
  }
}

function wanted(one: boolean): string {
  return one ? 'at least one' : 'none';
}
