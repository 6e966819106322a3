import { type Step, stepOf } from '../nouns/process-definition.js';
import type { StepAttempt } from '../nouns/step.js';
import type { WholeTherapy } from './whole-therapy.js';

/** What a report says that it rests on. */
interface Rests {
  readonly inputs: readonly unknown[];
  readonly inputDatasets: readonly unknown[];
  readonly earlierRecord?: object | undefined;
}

/** Whether a report rests on an earlier record of the patient and on nothing else, where its step may (A5). */
export function restsOnRecord(
  step: Pick<Step, 'earlierRecord'> | undefined,
  { inputs, inputDatasets, earlierRecord }: Rests,
): boolean {
  if (earlierRecord === undefined || inputs.length + inputDatasets.length > 0) return false;
  return step?.earlierRecord === true;
}

/** Whether an attempt reports an earlier record of the patient and nothing else, as {@link restsOnRecord} has it. */
export function isEarlierRecord(
  { definition }: Pick<WholeTherapy, 'definition'>,
  { step, report }: StepAttempt,
): boolean {
  return report !== undefined && restsOnRecord(stepOf(definition, step), report);
}
