import { din, serialised } from '#scripts';
import {
  attestedBy,
  containerKinds,
  type Definition,
  releaseTests,
  type StepDefinition,
} from '../../definition.js';

/** What a thing of a therapy is for. */
export type Part = 'collected' | 'kept' | 'made' | 'container' | 'sample' | 'retained' | 'dose';

/** A thing of one therapy, by its label. */
export interface Planned {
  readonly item: string;
  readonly kind: string;
  readonly part: Part;
  /** the step that makes it; left out for what is collected, kept of it or prepared */
  readonly step?: string;
}

/** So many containers are filled besides what is tested and kept: one for each line, and one more. */
const CONTAINERS = 3;

const REPORTED = 'manufacturing:ReportStep';

/** Everything that is collected and made on an honest way, in the order of the steps. */
export function thingsPlanned(definition: Definition, serial: number): readonly Planned[] {
  const collected = collectedKinds(definition).map((kind, index): Planned => ({
    item: din(serial * 10 + index + 1),
    kind,
    part: 'collected',
  }));
  return [
    ...collected,
    ...keptOf(definition, serial),
    ...attestedBy(definition, REPORTED).flatMap((step) => madeBy(definition, step, serial)),
    ...Array.from({ length: 2 }, (_, index) => dosesOf(definition, serial, index + 1)).flat(),
  ];
}

/**
 * The kinds that are collected, as often as each is needed. Of those that every step takes in each other's place, the first;
 * where collections are compared, the counts say of what there are two.
 */
function collectedKinds(definition: Definition): readonly string[] {
  const takenBy = (kind: string) =>
    definition.steps.filter(({ inputs }) => inputs.includes(kind)).map(({ id }) => id);
  return attestedBy(definition, 'custody:CollectItem').flatMap(({ outputs, counts = [] }) =>
    outputs
      .filter(
        (kind, index) =>
          !outputs
            .slice(0, index)
            .some((other) => JSON.stringify(takenBy(other)) === JSON.stringify(takenBy(kind))),
      )
      .flatMap((kind) => {
        const least = counts.find((each) => each.kind === kind)?.min ?? 1;
        return Array.from({ length: least }, () => kind);
      }),
  );
}

/** Something of what was collected, where a test compares the product with it. */
function keptOf(definition: Definition, serial: number): readonly Planned[] {
  return comparingTests(definition).flatMap(({ inputs }) => {
    const kind = collectedKinds(definition).find((each) => inputs.includes(each));
    if (kind === undefined) return [];
    return [{ item: serialised('drug-substance', `ident-${serial}`), kind, part: 'kept' as const }];
  });
}

/** The tests that compare the product with what it was made of. */
export function comparingTests(definition: Definition): readonly StepDefinition[] {
  return attestedBy(definition, REPORTED).filter(({ checks }) =>
    checks.some(({ comparesOrigin }) => comparesOrigin),
  );
}

function madeBy(definition: Definition, step: StepDefinition, serial: number): readonly Planned[] {
  const containers = containerKinds(definition);
  const fills = step.outputs.some((kind) => containers.includes(kind));
  return step.outputs.flatMap((kind): Planned[] => {
    const of = { kind, step: step.id };
    if (!fills) {
      const count = leastOf(definition, step, kind);
      return Array.from({ length: count }, (_, index) => ({
        ...of,
        item: label(kind, serial, count === 1 ? '' : `-${index + 1}`),
        part: 'made',
      }));
    }
    const samples = releaseTests(definition).filter(({ inputs }) => inputs.includes(kind)).length;
    return [
      ...(containers.includes(kind) ? numbers(CONTAINERS) : []).map((number): Planned => ({
        ...of,
        item: label(kind, serial, `-${number}`),
        part: 'container',
      })),
      ...numbers(samples).map((number): Planned => ({
        ...of,
        item: label(kind, serial, number === 1 ? '-sample' : `-sample-${number}`),
        part: 'sample',
      })),
      ...(samples === 0
        ? []
        : [{ ...of, item: label(kind, serial, '-retained'), part: 'retained' as const }]),
    ];
  });
}

/** How many a step must make at least, by its own counts and those of what takes them. */
function leastOf(definition: Definition, step: StepDefinition, kind: string): number {
  const counts = definition.steps.flatMap((each) =>
    (each.counts ?? []).filter(
      (count) => count.kind === kind && (count.of === 'inputs' || each.id === step.id),
    ),
  );
  return Math.max(1, ...counts.map(({ min = 1 }) => min));
}

/** What is prepared for a line: its first always, where that may be; its second where containers are not given as they are. */
function dosesOf(definition: Definition, serial: number, line: number): readonly Planned[] {
  const [prepared] = attestedBy(definition, 'custody:DeriveItem');
  const kind = prepared?.outputs[0];
  if (kind === undefined || (line > 1 && givesContainers(definition))) return [];
  return [{ item: label(kind, serial, `-${line}`), kind, part: 'dose' }];
}

/** Whether containers are given as they were filled. */
export function givesContainers(definition: Definition): boolean {
  const kinds = containerKinds(definition);
  return attestedBy(definition, 'care:RecordAdministration').some(({ inputs }) =>
    inputs.some((kind) => kinds.includes(kind)),
  );
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

const LABELLED = [
  'block',
  'dna',
  'rna',
  'library',
  'template',
  'drug-substance',
  'vial',
  'dose',
] as const;

/** A label of the product that a kind is of, where the demonstration has one; else of any, with the kind in its serial. */
function label(kind: string, serial: number, suffix: string): string {
  const product = LABELLED.find((each) => each === kind);
  if (product) return serialised(product, `${serial}${suffix}`);
  const short = kind
    .split('-')
    .map((word) => word.slice(0, 3))
    .join('');
  return serialised('drug-substance', `${short}-${serial}${suffix}`);
}
