import { z } from 'zod';
import { canonicalise, sha256Base64url } from '../codec.js';
import { type DataClass, purpose, PURPOSES } from '../consent/consent-record.js';
import { code, version } from '../identifiers.js';
import { role, ROLES } from '../roles.js';

const unit = z.enum([
  'percent',
  'ratio',
  'fold',
  'count',
  'microgram',
  'nanogram',
  'nanometre',
  'ph',
  'index',
  'eu-per-ml',
  'cfu-per-10ml',
  'picogram-per-dose',
]);

const limits = { code, unit, min: z.number().optional(), max: z.number().optional() };

/**
 * One check of a step: a measured range (limits included), at least one of several ranges, a conformity, or
 * equality with the design's commitment.
 */
const check = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('range'), ...limits }),
  z.strictObject({
    kind: z.literal('any-of'),
    code,
    ranges: z.array(z.strictObject(limits)).min(2).max(8).max(8),
  }),
  z.strictObject({ kind: z.literal('conforms'), code }),
  z.strictObject({ kind: z.literal('design-commitment'), code }),
]);
export type Check = z.infer<typeof check>;

const step = z.strictObject({
  number: z.int().min(1).max(99),
  id: code,
  roles: z.array(role).min(1).max(ROLES.length),
  /** the command that attests the step */
  attestedBy: z.string().regex(/^[a-z]+:[A-Z][A-Za-z]+$/),
  /** steps whose attestation must stand before this one starts */
  needs: z.array(code).max(16),
  inputs: z.array(code).max(32),
  outputs: z.array(code).max(32),
  datasets: z.array(code).max(16),
  /** the step uses reagent lots */
  lots: z.boolean(),
  /** the step is done in a run that other therapies may share */
  sharedRun: z.boolean(),
  checks: z.array(check).max(64),
  consents: z.array(purpose).max(PURPOSES.length),
  signatures: z.int().min(1).max(3),
  gate: z.enum(['H1', 'H2', 'H3', 'H4', 'H5', 'H6']).optional(),
  /** days after the order; a target, not a limit */
  targetDay: z.int().min(0),
});
export type Step = z.infer<typeof step>;

const itemKind = z.strictObject({
  code,
  /** taken from the patient, not made */
  collected: z.boolean(),
  temperatureMinC: z.number().optional(),
  temperatureMaxC: z.number().optional(),
  /** minutes from derivation to use */
  inUseMinutes: z.int().min(1).optional(),
});
export type ItemKind = z.infer<typeof itemKind>;

/** The agreed way to make a product: steps, gates, checks and limits, all of them data. */
export const processDefinition = z
  .strictObject({
    id: code,
    version,
    items: z.array(itemKind).min(1).max(64),
    steps: z.array(step).min(1).max(99),
    /** purposes without which no dose is given */
    doseConsents: z.array(purpose).max(PURPOSES.length),
    /** minutes that a bedside verification counts */
    bedsideMinutes: z.int().min(1),
    /** years after expiry that records are kept */
    retentionYears: z.int().min(1),
  })
  .superRefine((definition, context) => {
    for (const found of inconsistenciesOf(definition))
      context.addIssue({ code: 'custom', message: found });
  });

export interface ProcessDefinition {
  readonly id: string;
  readonly version: string;
  readonly items: readonly ItemKind[];
  readonly steps: readonly Step[];
  readonly doseConsents: readonly z.infer<typeof purpose>[];
  readonly bedsideMinutes: number;
  readonly retentionYears: number;
}

/** A published definition: immutable, known by its hash. */
export interface ProcessVersion {
  readonly noun: 'process';
  readonly id: string;
  readonly version: string;
  readonly hash: string;
  readonly definition: ProcessDefinition;
  readonly publishedBy: string;
  readonly at: string;
}

/** SHA-256 of a definition's canonical form, base64url. */
export function processHash(definition: ProcessDefinition): string {
  return sha256Base64url(canonicalise(definition));
}

/** The step of that id, or undefined. */
export function stepOf(definition: ProcessDefinition, id: string): Step | undefined {
  return definition.steps.find((each) => each.id === id);
}

/** The classes of a patient's material and data that a step touches. */
export function dataClassesOf(of: Step): readonly DataClass[] {
  const classes: DataClass[] = [];
  if (of.inputs.length > 0) classes.push('sample');
  if (of.datasets.length > 0) classes.push('genome');
  return classes.length > 0 ? classes : ['manufacturing'];
}

/** Whether a step tests what was made: the review of a batch needs it. */
export function isReleaseTest(definition: ProcessDefinition, id: string): boolean {
  return definition.steps.some(
    ({ attestedBy, needs }) => attestedBy === 'manufacturing:ReviewBatch' && needs.includes(id),
  );
}

/** The kind of item of that code, or undefined. */
export function itemKindOf(definition: ProcessDefinition, kind: string): ItemKind | undefined {
  return definition.items.find((each) => each.code === kind);
}

function inconsistenciesOf(definition: ProcessDefinition): string[] {
  const found: string[] = [];
  const kinds = new Set<string>();
  for (const { code: kind } of definition.items) {
    if (kinds.has(kind)) found.push(`item ${kind}: stands twice`);
    kinds.add(kind);
  }
  const before = new Set<string>();
  definition.steps.forEach((each, index) => {
    if (each.number !== index + 1)
      found.push(`step ${each.id}: number ${index + 1} expected, ${each.number} found`);
    if (before.has(each.id)) found.push(`step ${each.id}: stands twice`);
    for (const need of each.needs) {
      if (!before.has(need)) found.push(`step ${each.id}: needs ${need}, which is no earlier step`);
    }
    for (const kind of [...each.inputs, ...each.outputs]) {
      if (!kinds.has(kind)) found.push(`step ${each.id}: ${kind} is no kind of item`);
    }
    for (const one of each.checks) {
      for (const range of rangesOf(one)) {
        if (range.min === undefined && range.max === undefined)
          found.push(`step ${each.id}: check ${range.code} has no limit`);
      }
    }
    before.add(each.id);
  });
  return found;
}

function rangesOf(
  one: Check,
): readonly { code: string; min?: number | undefined; max?: number | undefined }[] {
  if (one.kind === 'any-of') return one.ranges;
  return one.kind === 'range' ? [one] : [];
}
