import type { ProcessDefinition, Step } from '../nouns/process-definition.js';
import { decidesOnBatch } from '../nouns/process-step.js';

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

/**
 * The steps whose reports the review or the certification of a batch needs: its release tests, every one (C5). None where
 * the process has no batches.
 */
export function releaseTestsOf({ steps }: ProcessDefinition): readonly Step[] {
  const needed = steps.filter(decidesOnBatch).flatMap(({ needs }) => needs);
  return steps.filter(
    ({ id, attestedBy }) => attestedBy === 'manufacturing:ReportStep' && needed.includes(id),
  );
}

/** Whether a step is one of the release tests of a batch. */
export function isReleaseTest(definition: ProcessDefinition, id: string): boolean {
  return releaseTestsOf(definition).some((test) => test.id === id);
}

/**
 * The kinds of containers that batches are counted in: of what the patient is given, or what it is prepared of, those
 * that a step makes. What is filled for tests alone is none. There are none where nobody decides on batches.
 */
export function containerKindsOf(definition: ProcessDefinition): ReadonlySet<string> {
  const { steps } = definition;
  if (!steps.some(decidesOnBatch)) return new Set();
  const attested = (type: string) => steps.filter(({ attestedBy }) => attestedBy === type);
  const given = new Set(attested('care:RecordAdministration').flatMap(({ inputs }) => inputs));
  const preparing = attested('custody:DeriveItem').filter(({ outputs }) =>
    outputs.some((kind) => given.has(kind)),
  );
  preparing.flatMap(({ inputs }) => inputs).forEach((kind) => given.add(kind));
  const made = attested('manufacturing:ReportStep').flatMap(({ outputs }) => outputs);
  return new Set(made.filter((kind) => given.has(kind)));
}

/** Whether a step makes no item: what its checks say, they say of what it was done on. */
export function isTest({ outputs }: Step): boolean {
  return outputs.length === 0;
}

/** Whether a step takes and makes nothing: a slot is booked. */
export function takesNothing({ inputs, outputs, datasets }: Step): boolean {
  return inputs.length + outputs.length + datasets.length === 0;
}
