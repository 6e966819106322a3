import { z } from 'zod';
import { canonicalise, sha256Base64url } from '../encoding/codec.js';
import { country } from '../values/country.js';
import { code, digest, version } from '../values/identifiers.js';
import { language } from '../values/language.js';
import { BEDSIDE_STAFF, type Role } from '../values/roles.js';
import { lineage, type Lineage, purpose, type Purpose, PURPOSES } from '../values/words.js';
import { blinding } from './blinding.js';
import { basesOfJurisdictions, inconsistenciesOfBases } from './disposal-bases.js';
import type { ReadOnly } from './noun.js';
import {
  decidesOnBatch,
  type Inconsistency,
  inconsistenciesOfStep,
  type Step,
  stepSchema,
} from './process-step.js';
import { reportingClock } from './reporting-clock.js';

export type { Check } from './check.js';
export { type Count, dataClassesOf, type Step } from './process-step.js';

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
    steps: z.array(stepSchema).min(1).max(99),
    /** purposes without which no dose is given */
    doseConsents: z.array(purpose).max(PURPOSES.length),
    /** minutes that a bedside verification counts */
    bedsideMinutes: z.int().min(1),
    /** minutes from its authorisation within which a dose is begun */
    authorisationMinutes: z.int().min(1),
    /** hours within which a slip is put right by its signer and a colleague; {@link SLIP_HOURS} where absent */
    slipHours: z.int().min(1).max(720).optional(),
    /**
     * days that a halted therapy's things are kept before those are destroyed that are to be, unless the patient says
     * otherwise; {@link DESTRUCTION_DAYS} where absent
     */
    destructionDays: z.int().min(0).max(365).optional(),
    /** minutes in which the physician acknowledges an alert, before the deputy is asked: 30 where it is left out */
    alertDeputyMinutes: minutes.optional(),
    /** minutes after which the safety officer is asked: 60 where it is left out, never before the deputy */
    alertSafetyOfficerMinutes: minutes.optional(),
    /** hours in which a batch is recalled or kept, when a check fails after its certification: 24 where it is left out */
    recallDecisionHours: z.int().min(1).max(720).optional(),
    /** reserve samples that are retained of each batch, or the image of its label: none where it is left out */
    reserveSamples: z.int().min(0).max(100).optional(),
    /** minutes that a dose pass counts: 240 where it is left out */
    passMinutes: minutes.optional(),
    /**
     * minutes in which physician and release person both sign that what cannot be undone is gone on with, and in which that
     * counts: 60 where it is left out
     */
    decisionMinutes: minutes.optional(),
    /** hours in which quality reviews an emergency override: 24 where it is left out */
    overrideReviewHours: z.int().min(1).max(720).optional(),
    /** minutes that a physician of no party learns of a therapy by emergency access: 1,440 where it is left out */
    emergencyAccessMinutes: minutes.optional(),
    /** how its therapies are blinded; not at all, where absent */
    blinding: blinding.optional(),
    /** hours in which quality reviews an emergency access or unblinding: 72 where it is left out */
    accessReviewHours: z.int().min(1).max(720).optional(),
    /**
     * minutes that what stands still waits for those on duty before it goes to their deputies, and to the management of
     * their organisation; 30 and 60 where it is left out
     */
    escalation: z
      .strictObject({ deputyMinutes: z.int().min(1), managementMinutes: z.int().min(2) })
      .optional(),
    /** what is owed to whom, and within how many hours of first awareness; of a kind that is not here, {@link REPORTING_CLOCKS} */
    reportingClocks: z.array(reportingClock).max(50).optional(),
    /** years after expiry that records are kept */
    retentionYears: z.int().min(1),
    /** what the product comes from: the patient's material, data of the patient, or both; {@link lineageOf} where absent */
    lineage: lineage.optional(),
    /** where therapies may be ordered by it; anywhere, where absent */
    jurisdictions: z.array(country).min(1).max(250).optional(),
    /** a batch outside its limits may be given as an exception there; nowhere, where absent */
    outOfSpecification: z
      .strictObject({
        jurisdictions: z.array(country).min(1).max(250),
        /** hours after it was given within which authorities are notified */
        notificationHours: z.int().min(1).max(720),
      })
      .optional(),
    /**
     * on what basis something becomes of a halted therapy's things, in each jurisdiction of the process; where absent, what
     * `custody/disposal-basis.ts` has for all
     */
    disposalBases: z.array(basesOfJurisdictions).min(1).max(250).optional(),
    /** digests of the words in which patients are told of the steps, one text for each language */
    patientWords: z.array(z.strictObject({ language, digest })).min(1).max(32).optional(),
  })
  .superRefine((definition, context) => {
    for (const { path, expected } of inconsistenciesOf(definition))
      context.addIssue({ code: 'custom', path: [...path], message: expected });
  });

export interface ProcessDefinition extends ReadOnly<z.infer<typeof processDefinition>> {}

/** What stands for a definition's `slipHours` where it has none, and for lots and runs, which belong to no process. */
export const SLIP_HOURS = 24;

/** What stands for a definition's `destructionDays` where it has none. */
export const DESTRUCTION_DAYS = 14;

/** How many reserve samples of each batch a process wants. */
export function reserveSamplesOf({ reserveSamples = 0 }: ProcessDefinition): number {
  return reserveSamples;
}

/** SHA-256 of a definition's canonical form, base64url. */
export function processHash(definition: ProcessDefinition): string {
  return sha256Base64url(canonicalise(definition));
}

/** The step of that id, or undefined. */
export function stepOf(definition: ProcessDefinition, id: string): Step | undefined {
  return definition.steps.find((each) => each.id === id);
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

/** Whose check of product and patient at the bedside the process asks for: where it names nobody who may make it, all who may. */
export function bedsideRolesOf({ steps }: Pick<ProcessDefinition, 'steps'>): readonly Role[] {
  const attested = steps.filter(({ attestedBy }) => attestedBy === 'care:VerifyBedside');
  const able: readonly Role[] = BEDSIDE_STAFF;
  const named = new Set(
    attested.flatMap(({ roles }) => roles).filter((role) => able.includes(role)),
  );
  return named.size > 0 ? [...named] : able;
}

/** The kind of item of that code, or undefined. */
export function itemKindOf(definition: ProcessDefinition, kind: string): ItemKind | undefined {
  return definition.items.find((each) => each.code === kind);
}

/** What a product comes from: as its definition says, else by whether it has a design. */
export function lineageOf({ lineage: said, steps }: ProcessDefinition): Lineage {
  return said ?? (hasDesign(steps) ? 'data' : 'material');
}

function isAskedOfBatch(steps: readonly Step[], { id }: Step): boolean {
  return steps.some((each) => decidesOnBatch(each) && each.needs.includes(id));
}

function hasDesign(steps: readonly Step[]): boolean {
  return steps.some(({ attestedBy }) => attestedBy === 'manufacturing:ApproveDesign');
}

function inconsistenciesOf(definition: ProcessDefinition): readonly Inconsistency[] {
  const {
    items,
    steps,
    lineage: said,
    jurisdictions,
    outOfSpecification,
    alertDeputyMinutes: first = 30,
    alertSafetyOfficerMinutes: lastly = Math.max(60, first),
  } = definition;
  const found: Inconsistency[] = [...inconsistenciesOfBases(definition)];
  if (lastly < first) {
    const expected = `${first} or more: the deputy is asked before`;
    found.push({ path: ['alertSafetyOfficerMinutes'], expected });
  }
  if (said !== undefined && (said !== 'material') !== hasDesign(steps)) {
    const expected = hasDesign(steps)
      ? 'data or both: it has a design'
      : 'material: it has no design';
    found.push({ path: ['lineage'], expected });
  }
  if (outOfSpecification?.jurisdictions.some((each) => jurisdictions?.includes(each) === false)) {
    const expected = `only jurisdictions of the process: ${jurisdictions?.join(', ')}`;
    found.push({ path: ['outOfSpecification', 'jurisdictions'], expected });
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
    if (each.mayFollow && !isAskedOfBatch(steps, each)) {
      const expected = 'only on a release test, which the review or certification needs';
      found.push({ path: ['steps', index, 'mayFollow'], expected });
    }
    before.add(each.id);
  });
  return found;
}
