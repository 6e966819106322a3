import { z } from 'zod';
import { canonicalise, sha256Base64url } from '../encoding/codec.js';
import { type DataClass, purpose, type Purpose, PURPOSES } from '../values/words.js';
import { code, commandTypeName, version } from '../values/identifiers.js';
import { role, ROLES } from '../values/roles.js';
import { checkSchema, inconsistenciesOfCheck } from './check.js';
import type { ReadOnly } from './noun.js';

export type { Check } from './check.js';

const step = z.strictObject({
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
});
export interface Step extends ReadOnly<z.infer<typeof step>> {}

const itemKind = z.strictObject({
  code,
  /** taken from the patient, not made */
  collected: z.boolean(),
  temperatureMinC: z.number().optional(),
  temperatureMaxC: z.number().optional(),
  /** minutes from derivation to use */
  inUseMinutes: z.int().min(1).optional(),
});
export interface ItemKind extends ReadOnly<z.infer<typeof itemKind>> {}

const minutes = z.int().min(1).max(10_080);

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
    /** minutes from its authorisation within which a dose is begun */
    authorisationMinutes: z.int().min(1),
    /** hours within which a slip is put right by its signer and a colleague; {@link SLIP_HOURS} where absent */
    slipHours: z.int().min(1).max(720).optional(),
    /** minutes in which the physician acknowledges an alert, before the deputy is asked: 30 where it is left out */
    alertDeputyMinutes: minutes.optional(),
    /** minutes after which the safety officer is asked: 60 where it is left out, never before the deputy */
    alertSafetyOfficerMinutes: minutes.optional(),
    /** hours in which a batch is recalled or kept, when a check fails after its certification: 24 where it is left out */
    recallDecisionHours: z.int().min(1).max(720).optional(),
    /**
     * minutes that what stands still waits for those on duty before it goes to their deputies, and to the management of
     * their organisation; 30 and 60 where it is left out
     */
    escalation: z
      .strictObject({ deputyMinutes: z.int().min(1), managementMinutes: z.int().min(2) })
      .optional(),
    /** years after expiry that records are kept */
    retentionYears: z.int().min(1),
  })
  .superRefine((definition, context) => {
    for (const { path, expected } of inconsistenciesOf(definition))
      context.addIssue({ code: 'custom', path: [...path], message: expected });
  });

export interface ProcessDefinition extends ReadOnly<z.infer<typeof processDefinition>> {}

/** What stands for a definition's `slipHours` where it has none, and for lots and runs, which belong to no process. */
export const SLIP_HOURS = 24;

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

/**
 * The purposes that the patient agrees to before things of these kinds come into being by a type of command: those of the
 * steps that it attests and that make them, or, where no step makes them, of all that it attests.
 */
export function purposesOf(
  { steps }: ProcessDefinition,
  type: string,
  kinds: readonly string[],
): readonly Purpose[] {
  const attested = steps.filter(({ attestedBy }) => attestedBy === type);
  const making = attested.filter(({ outputs }) => outputs.some((kind) => kinds.includes(kind)));
  const asked = making.length > 0 ? making : attested;
  return [...new Set(asked.flatMap(({ consents }) => consents))];
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

/** What in a definition contradicts the rest of it, and what belongs there. */
interface Inconsistency {
  readonly path: readonly (string | number)[];
  readonly expected: string;
}

function inconsistenciesOf({
  items,
  steps,
  alertDeputyMinutes: first = 30,
  alertSafetyOfficerMinutes: lastly = Math.max(60, first),
}: ProcessDefinition): readonly Inconsistency[] {
  const found: Inconsistency[] = [];
  if (lastly < first) {
    const expected = `${first} or more: the deputy is asked before`;
    found.push({ path: ['alertSafetyOfficerMinutes'], expected });
  }
  const kinds = new Set<string>();
  items.forEach(({ code: kind }, index) => {
    if (kinds.has(kind)) {
      found.push({ path: ['items', index, 'code'], expected: 'a code that stands once' });
    }
    kinds.add(kind);
  });
  const before = new Set<string>();
  steps.forEach((each, index) => {
    found.push(
      ...inconsistenciesOfStep(each, index + 1, kinds, before).map(({ path, expected }) => ({
        path: ['steps', index, ...path],
        expected,
      })),
    );
    before.add(each.id);
  });
  return found;
}

function inconsistenciesOfStep(
  { number, id, needs, inputs, outputs, checks }: Step,
  place: number,
  kinds: ReadonlySet<string>,
  before: ReadonlySet<string>,
): readonly Inconsistency[] {
  const found: Inconsistency[] = [];
  if (number !== place) found.push({ path: ['number'], expected: String(place) });
  if (before.has(id)) found.push({ path: ['id'], expected: 'an id that stands once' });
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
  return found;
}
