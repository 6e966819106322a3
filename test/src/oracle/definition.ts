import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../chaincode/processes', import.meta.url));

export interface Limits {
  readonly min?: number;
  readonly max?: number;
}

export type CheckClass = 'identity' | 'safety' | 'quality' | 'information';

export interface Check extends Limits {
  readonly kind: 'range' | 'any-of' | 'conforms' | 'design-commitment';
  readonly code: string;
  readonly class: CheckClass;
  readonly comparesCollections?: boolean;
  readonly ranges?: readonly (Limits & { readonly code: string })[];
}

export interface StepDefinition {
  readonly id: string;
  readonly roles: readonly string[];
  readonly attestedBy: string;
  readonly needs: readonly string[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly datasets: readonly string[];
  readonly lots: boolean;
  readonly sharedRun: boolean;
  readonly checks: readonly Check[];
  readonly consents: readonly string[];
}

export interface ItemDefinition {
  readonly code: string;
  readonly collected: boolean;
  readonly temperatureMinC?: number;
  readonly temperatureMaxC?: number;
  readonly inUseMinutes?: number;
}

/** A process definition, as its file says. */
export interface Definition {
  readonly id: string;
  readonly version: string;
  readonly items: readonly ItemDefinition[];
  readonly steps: readonly StepDefinition[];
  readonly doseConsents: readonly string[];
  readonly bedsideMinutes: number;
  readonly authorisationMinutes: number;
}

/** The definitions that are shipped, from their files. */
export const DEFINITIONS: readonly Definition[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Definition);

/** The steps that are attested by a type of command. */
export function attestedBy(definition: Definition, type: string): readonly StepDefinition[] {
  return definition.steps.filter((each) => each.attestedBy === type);
}

/** The kinds that a patient is given of, as they were filled: what administration takes and no preparation makes. */
export function containerKinds(definition: Definition): readonly string[] {
  const prepared = attestedBy(definition, 'custody:DeriveItem').flatMap((each) => each.outputs);
  return attestedBy(definition, 'care:RecordAdministration')
    .flatMap((each) => each.inputs)
    .filter((kind) => !prepared.includes(kind));
}

/** The steps that a batch is tested by before it is reviewed: those that take containers and are needed for the review. */
export function releaseTests(definition: Definition): readonly StepDefinition[] {
  const kinds = containerKinds(definition);
  const needed = neededBefore(definition, attestedBy(definition, 'manufacturing:ReviewBatch'));
  return attestedBy(definition, 'manufacturing:ReportStep').filter(
    (each) => needed.has(each.id) && each.inputs.some((kind) => kinds.includes(kind)),
  );
}

/** The steps that make containers. */
export function fillSteps(definition: Definition): readonly StepDefinition[] {
  const kinds = containerKinds(definition);
  return attestedBy(definition, 'manufacturing:ReportStep').filter((each) =>
    each.outputs.some((kind) => kinds.includes(kind)),
  );
}

function neededBefore(definition: Definition, steps: readonly StepDefinition[]): Set<string> {
  const needed = new Set<string>();
  const add = (step: StepDefinition) => {
    for (const id of step.needs) {
      if (needed.has(id)) continue;
      needed.add(id);
      const next = definition.steps.find((each) => each.id === id);
      if (next) add(next);
    }
  };
  steps.forEach(add);
  return needed;
}
