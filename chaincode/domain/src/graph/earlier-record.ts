import { stepOf } from '../nouns/process-definition.js';
import type { StepAttempt } from '../nouns/step.js';
import type { WholeTherapy } from './whole-therapy.js';

/** Whether an attempt reports an earlier record of the patient and nothing else, where its step may rest on one (A5). */
export function isEarlierRecord(
  { definition }: Pick<WholeTherapy, 'definition'>,
  { step, report }: StepAttempt,
): boolean {
  if (report?.earlierRecord === undefined) return false;
  if (report.inputs.length + report.inputDatasets.length > 0) return false;
  return stepOf(definition, step)?.earlierRecord === true;
}
