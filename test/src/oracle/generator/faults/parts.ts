import {
  afterCertification,
  attestedBy,
  type Check,
  fillSteps,
  hasDesign,
  madeByDesign,
  releaseTests,
  type StepDefinition,
} from '../../definition.js';
import { badResult } from '../honest/results.js';
import { type Body, reportType } from '../spoken.js';
import type { Draw } from './fault.js';

/** A check of a step, and a result that it does not allow. */
export interface Spoilt {
  readonly step: StepDefinition;
  readonly check: string;
  readonly value: number | boolean;
  readonly class: Check['class'];
}

/** The reported steps by which the product is made: after its design, where it has one. */
export function makingSteps({ definition }: Pick<Draw, 'definition'>): readonly StepDefinition[] {
  const byDesign = madeByDesign(definition);
  const after = afterCertification(definition);
  return attestedBy(definition, reportType).filter(
    ({ id, outputs }) =>
      outputs.length > 0 && !after.has(id) && (!hasDesign(definition) || byDesign.has(id)),
  );
}

/** The reported steps that a design needs, at any remove, which take things or data. */
export function gatheringSteps({
  definition,
}: Pick<Draw, 'definition'>): readonly StepDefinition[] {
  if (!hasDesign(definition)) return [];
  const needed = new Set(
    attestedBy(definition, 'manufacturing:ApproveDesign').flatMap(({ needs }) => needs),
  );
  for (const step of definition.steps.toReversed()) {
    if (needed.has(step.id)) for (const need of step.needs) needed.add(need);
  }
  return attestedBy(definition, reportType).filter(({ id }) => needed.has(id));
}

/** The steps that the batch is tested by. */
export function testSteps({ definition }: Pick<Draw, 'definition'>): readonly StepDefinition[] {
  return releaseTests(definition);
}

/** The step that fills. */
export function fillStep({ definition }: Pick<Draw, 'definition'>): string {
  return fillSteps(definition)[0]?.id ?? '';
}

/** The steps that the patient goes through for the product. */
export function undergoneSteps({
  definition,
}: Pick<Draw, 'definition'>): readonly StepDefinition[] {
  const after = afterCertification(definition);
  return attestedBy(definition, reportType).filter(({ id }) => after.has(id));
}

/** Results out of limits, of the checks of some classes of steps. */
export function spoilt(
  steps: readonly StepDefinition[],
  ...classes: readonly Check['class'][]
): readonly Spoilt[] {
  return steps.flatMap((step) =>
    step.checks.flatMap((check): Spoilt[] => {
      const value = badResult(check);
      return value === undefined || !classes.includes(check.class)
        ? []
        : [{ step, check: check.code, value, class: check.class }];
    }),
  );
}

/** Things that somebody made on the way, before the fill. */
export function made({ journey }: Pick<Draw, 'journey'>): readonly string[] {
  return journey.of('made');
}

/** What is collected, and what is made before a design, or else before the fill. */
export function early(draw: Draw): readonly string[] {
  const gathering = gatheringSteps(draw).map(({ id }) => id);
  const first = draw.journey.things.filter(
    ({ part, step = '' }) =>
      part === 'collected' ||
      (part === 'made' && (gathering.length === 0 || gathering.includes(step))),
  );
  return first.map(({ item }) => item);
}

/** Kinds that one kind may be taken for. */
export function kinds({ definition }: Pick<Draw, 'definition'>): readonly string[] {
  return definition.items.map(({ code }) => code);
}

/** Ids of the data of the plan. */
export function datasets({ definition }: Pick<Draw, 'definition'>): readonly string[] {
  return definition.steps.flatMap((step) => step.datasets);
}

/** The purpose without which no dose is given. */
export function dosePurpose({ definition }: Pick<Draw, 'definition'>): string {
  return definition.doseConsents[0] ?? '';
}

/** The minutes in use of what is prepared. */
export function inUseMinutes({ definition, journey }: Draw): number {
  const dose = journey.things.find(({ part }) => part === 'dose');
  return definition.items.find(({ code }) => code === dose?.kind)?.inUseMinutes ?? 0;
}

/** An attempt, a thing, data, the design, the batch or the therapy. */
export function drawSubject(draw: Draw, labels: readonly string[]): Body {
  const { random, journey, definition } = draw;
  const { coi, design, batch } = journey;
  const step = random.of(attestedBy(definition, reportType)).id;
  const data = datasets(draw);
  return random.of<Body>([
    { kind: 'item', coi, id: random.of(labels) },
    { kind: 'item', coi, id: random.of(labels) },
    { kind: 'step', coi, id: step, attempt: 1 },
    ...(data.length === 0
      ? []
      : [
          { kind: 'dataset', coi, id: random.of(data) },
          { kind: 'design', coi, id: design },
        ]),
    { kind: 'batch', coi, id: batch },
    { kind: 'therapy', coi },
  ]);
}
