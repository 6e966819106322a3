import { z } from 'zod';
import { code, commandTypeName } from '../values/identifiers.js';
import { role, ROLES } from '../values/roles.js';
import { DATA_CLASSES, type DataClass, purpose, PURPOSES } from '../values/words.js';
import { checkSchema, inconsistenciesOfCheck, saysWhose } from './check.js';
import type { ReadOnly } from './noun.js';

const countSchema = z.strictObject({
  of: z.enum(['inputs', 'outputs', 'datasets']),
  kind: code,
  min: z.int().min(0).max(100),
  max: z.int().min(1).max(100).optional(),
});

/** How many of a kind a step takes or makes. */
export interface Count extends ReadOnly<z.infer<typeof countSchema>> {}

/** When the patient is told unasked: at once, after the clinician's contact, or so many days after that. */
const releaseRule = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('at-once') }),
  z.strictObject({ rule: z.literal('after-contact') }),
  z.strictObject({ rule: z.literal('after-days'), days: z.int().min(1).max(365) }),
]);

export const stepSchema = z.strictObject({
  number: z.int().min(1).max(99),
  id: code,
  roles: z.array(role).min(1).max(ROLES.length),
  /** the command that attests the step */
  attestedBy: commandTypeName,
  /** steps whose attestation must stand before this one starts */
  needs: z.array(code).max(16),
  inputs: z.array(code).max(32),
  outputs: z.array(code).max(32),
  datasets: z.array(code).max(16),
  /** the step uses reagent lots */
  lots: z.boolean(),
  /** the step is done in a run that other therapies may share */
  sharedRun: z.boolean(),
  checks: z.array(checkSchema).max(64),
  consents: z.array(purpose).max(PURPOSES.length),
  signatures: z.int().min(1).max(3),
  gate: z.enum(['H1', 'H2', 'H3', 'H4', 'H5', 'H6']).optional(),
  /** days after the order; a target, not a limit */
  targetDay: z.int().min(0),
  /**
   * its report may rest on an earlier record of the patient, such as an HLA type, which stands for the second collection
   * (A5); where this is absent, it may not
   */
  earlierRecord: z.boolean().optional(),
  /** how many of a kind it takes or makes; of a kind that is not here, any number */
  counts: z.array(countSchema).max(64).optional(),
  /** days that it takes, after what it needs is done */
  leadDays: z.int().min(0).max(365).optional(),
  /** the classes of the patient's material and data that it needs; {@link dataClassesOf} where this is absent */
  dataClasses: z.array(z.enum(DATA_CLASSES)).min(1).max(DATA_CLASSES.length).optional(),
  /** to whom it discloses them, besides its own roles */
  recipients: z.array(role).min(1).max(ROLES.length).optional(),
  /** when the patient is told of it unasked */
  release: releaseRule.optional(),
  /** who does it has a training on record that stands; where this is absent, nobody is asked for one */
  trained: z.boolean().optional(),
  /**
   * a release test that review, certification and dose do not wait for: its result is due so many hours after the fill;
   * where this is absent, they do
   */
  mayFollow: z.strictObject({ dueHours: z.int().min(1).max(8_760) }).optional(),
  /** it cannot be undone, and first asks the gate of the dose; where this is absent, it asks its own alone */
  irreversible: z.boolean().optional(),
});

/** One step of a process, as its definition has it. */
export interface Step extends ReadOnly<z.infer<typeof stepSchema>> {}

/** The classes of a patient's material and data that a step touches. */
export function dataClassesOf({ dataClasses, inputs, datasets }: Step): readonly DataClass[] {
  if (dataClasses) return dataClasses;
  const classes: DataClass[] = [];
  if (inputs.length > 0) classes.push('sample');
  if (datasets.length > 0) classes.push('genome');
  return classes.length > 0 ? classes : ['manufacturing'];
}

/**
 * Of which kinds a step has too few or too many.
 * @param kinds the kind of each that it takes or makes
 */
export function miscountsOf(
  { counts = [] }: Pick<Step, 'counts'>,
  of: Count['of'],
  kinds: readonly string[],
): readonly { readonly expected: string; readonly found: string }[] {
  return counts.flatMap((count) => {
    const found = kinds.filter((kind) => kind === count.kind).length;
    if (count.of !== of || (found >= count.min && found <= (count.max ?? Infinity))) return [];
    return [{ expected: inWords(count), found: `${found} ${count.kind}` }];
  });
}

/** A count as texts have it: `at least 2 blood-edta`. */
export function inWords({ kind, min, max }: Count): string {
  if (max === undefined) return `at least ${min} ${kind}`;
  return min === max ? `${min} ${kind}` : `${min} to ${max} ${kind}`;
}

/** What in a definition contradicts the rest of it, and what belongs there. */
export interface Inconsistency {
  readonly path: readonly (string | number)[];
  readonly expected: string;
}

/**
 * What in a step contradicts the steps before it, or the kinds of items.
 * @param place its number
 * @param before ids of the steps before it
 */
export function inconsistenciesOfStep(
  step: Step,
  place: number,
  kinds: ReadonlySet<string>,
  before: ReadonlySet<string>,
): readonly Inconsistency[] {
  const { number, id, attestedBy, needs, inputs, outputs, datasets, checks, counts = [] } = step;
  const { trained } = step;
  const found: Inconsistency[] = [...inconsistenciesOfFollowing(step), ...ofIrreversible(step)];
  if (number !== place) found.push({ path: ['number'], expected: String(place) });
  if (before.has(id)) found.push({ path: ['id'], expected: 'an id that stands once' });
  if (trained === true && attestedBy !== 'manufacturing:ReportStep') {
    const expected = 'training for steps that are started and reported only';
    found.push({ path: ['trained'], expected });
  }
  if (needs.some((need) => !before.has(need))) {
    found.push({ path: ['needs'], expected: `only earlier steps: ${[...before].join(', ')}` });
  }
  for (const [member, named] of Object.entries({ inputs, outputs })) {
    if (named.every((kind) => kinds.has(kind))) continue;
    found.push({ path: [member], expected: `only kinds of items: ${[...kinds].join(', ')}` });
  }
  checks.forEach((check, index) => {
    for (const expected of inconsistenciesOfCheck(check, [...before, id]))
      found.push({ path: ['checks', index], expected });
  });
  const named = { inputs, outputs, datasets };
  counts.forEach(({ of, kind, min, max = min }, index) => {
    if (!named[of].includes(kind)) {
      found.push({ path: ['counts', index, 'kind'], expected: `one of its ${of}` });
    }
    if (max < min) found.push({ path: ['counts', index, 'max'], expected: `${min} or more` });
  });
  return found;
}

/** What decides on a batch. */
const RELEASES: readonly string[] = ['manufacturing:ReviewBatch', 'manufacturing:CertifyBatch'];

/** Whether a step decides on a batch. */
export function decidesOnBatch({ attestedBy }: Pick<Step, 'attestedBy'>): boolean {
  return RELEASES.includes(attestedBy);
}

/** Sterility may be known later; whose the product is may not. */
function inconsistenciesOfFollowing(step: Step): readonly Inconsistency[] {
  const { mayFollow, attestedBy, inputs, outputs, datasets, checks } = step;
  if (!mayFollow) return [];
  const makesNothing = outputs.length + datasets.length === 0;
  const isTest = attestedBy === 'manufacturing:ReportStep' && inputs.length > 0 && makesNothing;
  if (!isTest) return [{ path: ['mayFollow'], expected: 'only on a test of samples' }];
  if (!checks.some(saysWhose)) return [];
  return [{ path: ['mayFollow'], expected: 'only on a test without a check of identity' }];
}

/** What asks the gate of the dose is done on what the dose is, or is prepared of. */
function ofIrreversible({ irreversible, attestedBy, inputs }: Step): readonly Inconsistency[] {
  if (irreversible !== true) return [];
  const isAsked = attestedBy === 'manufacturing:ReportStep' || attestedBy === 'custody:DeriveItem';
  if (isAsked && inputs.length > 0) return [];
  const expected = 'only on a step that is reported or prepares something, and takes something';
  return [{ path: ['irreversible'], expected }];
}
