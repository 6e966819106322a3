import type { ProcessDefinition, Step } from '../nouns/process-definition.js';

/** Every kind of item that the process makes of these, however many steps away; they are among them. */
export function kindsMadeOf(
  { steps }: ProcessDefinition,
  kinds: readonly string[],
): ReadonlySet<string> {
  const found = new Set(kinds);
  let before: number;
  do {
    before = found.size;
    for (const { inputs, outputs } of steps) {
      if (inputs.some((kind) => found.has(kind))) outputs.forEach((kind) => found.add(kind));
    }
  } while (found.size > before);
  return found;
}

/** The steps whose reports the review of a batch needs: its release tests. None where the process has no batches. */
export function releaseTestsOf({ steps }: ProcessDefinition): readonly Step[] {
  const needed = steps
    .filter(({ attestedBy }) => attestedBy === 'manufacturing:ReviewBatch')
    .flatMap(({ needs }) => needs);
  return steps.filter(({ id }) => needed.includes(id));
}

/** The kinds of containers that batches are counted in: what the release tests take samples of. */
export function containerKindsOf(definition: ProcessDefinition): ReadonlySet<string> {
  return new Set(releaseTestsOf(definition).flatMap(({ inputs }) => inputs));
}

/** Whether a step makes no item: what its checks say, they say of what it was done on. */
export function isTest({ outputs }: Step): boolean {
  return outputs.length === 0;
}

/** Whether a step takes and makes nothing: a slot is booked. */
export function takesNothing({ inputs, outputs, datasets }: Step): boolean {
  return inputs.length + outputs.length + datasets.length === 0;
}
