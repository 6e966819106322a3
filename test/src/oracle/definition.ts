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
  /** whether it is the run's own: where it fails nothing else in the report is a result */
  readonly control?: boolean;
  readonly comparesCollections?: boolean;
  readonly comparesOrigin?: boolean;
  /** how more of what was too little counts: a later attempt tells of all together, or counts by itself */
  readonly topUp?: 'sum' | 'later';
  readonly unit?: string;
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
  readonly counts?: readonly Count[];
  /** whether it cannot be undone, and first asks the gate of the dose */
  readonly irreversible?: boolean;
  /** a release test whose result may come after the product was given, and is due so long after the fill */
  readonly mayFollow?: { readonly dueHours: number };
}

/** How many of a kind a step takes or makes. */
export interface Count extends Limits {
  readonly of: 'inputs' | 'outputs';
  readonly kind: string;
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
  /** what the product comes from: the patient's material, data by a design, or both; data where it is left out */
  readonly lineage?: 'material' | 'data' | 'both';
  readonly items: readonly ItemDefinition[];
  readonly steps: readonly StepDefinition[];
  readonly doseConsents: readonly string[];
  /** how many units of each batch are retained; none where it is left out */
  readonly reserveSamples?: number;
  /** where something outside its specification may be given */
  readonly outOfSpecification?: { readonly jurisdictions: readonly string[] };
  /** its arms, and who of the parties know to which the patient is assigned; nothing is blinded where it is left out */
  readonly blinding?: {
    readonly arms: readonly string[];
    readonly unblindedGroup: readonly string[];
  };
  readonly bedsideMinutes: number;
  readonly authorisationMinutes: number;
  /** for which a physician of no party learns in an emergency; a day where it is left out */
  readonly emergencyAccessMinutes?: number;
  /** in which physician and release person both sign after what cannot be undone; an hour where it is left out */
  readonly decisionMinutes?: number;
}

const REPORTED = 'manufacturing:ReportStep';

const SHIPPED: readonly Definition[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Definition);

/** Two weeks: a culture that stays without growth. */
const CULTURE_HOURS = 336;

/** The arms of a process that is blinded. */
export const ARMS = ['arm-one', 'arm-two'] as const;

/**
 * A process whose last release test may follow, as that of a product which does not keep so long, and that leaves it to the
 * ward who checks at the bedside: whom it names for it may not. It has arms, which the pharmacist knows and who releases.
 */
function shortLived(definition: Definition): Definition {
  const last = releaseTests(definition).at(-1)?.id;
  return {
    ...definition,
    id: `${definition.id}-fresh`,
    blinding: { arms: ARMS, unblindedGroup: ['pharmacist', 'release-person'] },
    steps: definition.steps.map((step) => {
      if (step.id === last) return { ...step, mayFollow: { dueHours: CULTURE_HOURS } };
      return step.attestedBy === 'care:VerifyBedside' ? { ...step, roles: ['pathologist'] } : step;
    }),
  };
}

/** The definitions that are shipped, from their files, and one of a product that is given before its last test. */
export const DEFINITIONS: readonly Definition[] = [
  ...SHIPPED,
  ...SHIPPED.filter(({ steps }) => steps.some(({ irreversible }) => irreversible)).map(shortLived),
];

/** What a later version asks of the last release test besides. */
export const LATER_CHECK = { kind: 'conforms', code: 'appearance', class: 'quality' } as const;

/** The next version of each definition that is shipped: its last release test has one check more. */
export function laterVersion(definition: Definition): Definition {
  const last = releaseTests(definition).at(-1)?.id;
  return {
    ...definition,
    version: LATER_VERSION,
    steps: definition.steps.map((step) =>
      step.id === last ? { ...step, checks: [...step.checks, LATER_CHECK] } : step,
    ),
  };
}

const LATER_VERSION = '1.1';

/** The definition of an id and a version: a shipped one, or the next one of it. */
export function definitionOf({ id, version }: Pick<Definition, 'id' | 'version'>): Definition {
  const found = [...DEFINITIONS, ...DEFINITIONS.map(laterVersion)].find(
    (each) => each.id === id && each.version === version,
  );
  if (!found) throw new Error(`no definition ${id} ${version}`);
  return found;
}

/** The steps that are attested by a type of command. */
export function attestedBy(definition: Definition, type: string): readonly StepDefinition[] {
  return definition.steps.filter((each) => each.attestedBy === type);
}

/** Whether the product comes from data, by a design. */
export function hasDesign({ lineage }: Definition): boolean {
  return lineage !== 'material';
}

/** The containers' kinds: what administration takes or is prepared of, where a step makes them. */
export function containerKinds(definition: Definition): readonly string[] {
  const prepared = attestedBy(definition, 'custody:DeriveItem');
  const given = attestedBy(definition, 'care:RecordAdministration').flatMap((each) => each.inputs);
  const of = prepared
    .filter(({ outputs }) => outputs.some((kind) => given.includes(kind)))
    .flatMap(({ inputs }) => inputs);
  const made = attestedBy(definition, REPORTED).flatMap(({ outputs }) => outputs);
  return [...new Set([...given, ...of])].filter((kind) => made.includes(kind));
}

/** The reported steps that the review or the certification needs, every one. */
export function releaseTests(definition: Definition): readonly StepDefinition[] {
  const needed = [
    ...attestedBy(definition, 'manufacturing:ReviewBatch'),
    ...attestedBy(definition, 'manufacturing:CertifyBatch'),
  ].flatMap(({ needs }) => needs);
  return attestedBy(definition, REPORTED).filter(({ id }) => needed.includes(id));
}

/** The steps that make containers. */
export function fillSteps(definition: Definition): readonly StepDefinition[] {
  const kinds = containerKinds(definition);
  return attestedBy(definition, REPORTED).filter((each) =>
    each.outputs.some((kind) => kinds.includes(kind)),
  );
}

/** The reported steps that come after a design, before a step that fills. */
export function madeByDesign(definition: Definition): ReadonlySet<string> {
  return after(definition, 'manufacturing:ApproveDesign');
}

/** The reported steps that come after a certification: what the patient goes through. */
export function afterCertification(definition: Definition): ReadonlySet<string> {
  return after(definition, 'manufacturing:CertifyBatch');
}

/** The reported steps that need one of a type, at any remove. */
function after(definition: Definition, type: string): ReadonlySet<string> {
  const following = new Set(attestedBy(definition, type).map(({ id }) => id));
  for (let size = -1; size < following.size;) {
    size = following.size;
    for (const { id, needs } of definition.steps) {
      if (needs.some((need) => following.has(need))) following.add(id);
    }
  }
  const reported = attestedBy(definition, REPORTED).map(({ id }) => id);
  return new Set([...following].filter((id) => reported.includes(id)));
}

/** Whether a step makes neither things nor data: it looks at what it takes. */
export function isTest({ outputs, datasets }: StepDefinition): boolean {
  return outputs.length === 0 && datasets.length === 0;
}
