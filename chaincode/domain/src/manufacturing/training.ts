import type { Reader } from '../commands/reader.js';
import type { ProcessDefinition, Step } from '../nouns/process-definition.js';
import type { Training } from '../nouns/training.js';
import { milliseconds } from '../values/time.js';

/** What is on record of somebody who does a step that asks for training; nothing is read for any other step. */
export async function readTraining(
  reader: Pick<Reader, 'get'>,
  { id: process, version }: Pick<ProcessDefinition, 'id' | 'version'>,
  step: Step | undefined,
  actor: string,
): Promise<Training | undefined> {
  if (step?.trained !== true) return undefined;
  return reader.get('training', { actor, process, version, step: step.id });
}

/** Why somebody does not do a step: there is no training on record, or it does not cover the time. */
export interface LackOfTraining {
  readonly code: 'NOT_TRAINED' | 'TRAINING_EXPIRED';
  readonly expected: string;
  readonly found: string;
}

/**
 * What is lacking of the training that a step asks for. It must have begun when the step was done, and not have ended when
 * that is said.
 * @param done when the step is done, by its effective time, RFC 3339
 * @param said the transaction's time, RFC 3339
 */
export function lackOfTraining(
  { id, trained }: Pick<Step, 'id' | 'trained'>,
  training: Training | undefined,
  { done, said }: { readonly done: string; readonly said: string },
): LackOfTraining | undefined {
  if (trained !== true) return undefined;
  if (!training) {
    return { code: 'NOT_TRAINED', expected: `a training for ${id}`, found: 'none on record' };
  }
  const { from, until } = training;
  if (milliseconds(until) <= milliseconds(said)) {
    const expected = `a training that ends after ${said}`;
    return { code: 'TRAINING_EXPIRED', expected, found: `ended ${until}` };
  }
  if (milliseconds(from) <= milliseconds(done)) return undefined;
  const expected = `a training that began by ${done}`;
  return { code: 'NOT_TRAINED', expected, found: `begins ${from}` };
}
