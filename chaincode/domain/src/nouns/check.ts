import { z } from 'zod';
import { code } from '../values/identifiers.js';
import { checkClass, topUp } from '../values/words.js';
import type { ReadOnly } from './noun.js';

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
  'copies-per-cell',
  'copies-per-microgram',
  'million-cells',
  'milligram',
  'millilitre',
]);

const limits = { code, unit, min: z.number().optional(), max: z.number().optional() };

const about = {
  class: checkClass,
  /**
   * it is the run's own control: where it fails, the run is invalid and none of its other checks has a result (C1); where
   * this is absent, it is none
   */
  control: z.boolean().optional(),
  /**
   * of a check of identity that failed: the steps one of which is done anew, on nothing that was compared (C2); where this
   * is absent, what leads on is whatever was made apart from what was compared
   */
  leadsOn: z.array(code).min(1).max(8).optional(),
};

const origin = {
  /** it compares what was made with the patient's own collection that it was made of, of which the step takes a sample */
  comparesOrigin: z.boolean().optional(),
};

/** Of what there can be too little: how more of it counts (C1); where this is absent, it does not. */
const amount = { topUp: topUp.optional() };

/**
 * One check of a step: a measured range (limits included), at least one of several ranges, a conformity, or
 * equality with the design's commitment.
 */
export const checkSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('range'),
    ...about,
    ...amount,
    ...origin,
    ...limits,
    /** it compares two independent collections of the patient, of which the step takes something */
    comparesCollections: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal('any-of'),
    code,
    ...about,
    ranges: z.array(z.strictObject(limits)).min(2).max(8).max(8),
  }),
  z.strictObject({ kind: z.literal('conforms'), code, ...about, ...origin }),
  z.strictObject({ kind: z.literal('design-commitment'), code, ...about }),
]);
export type Check = ReadOnly<z.infer<typeof checkSchema>>;

/** Whether a check compares what was made with what it was made of. */
export function isOfOrigin(check: Check): boolean {
  return (check.kind === 'range' || check.kind === 'conforms') && check.comparesOrigin === true;
}

/** Whether a check says of which patient or of which design something is, whatever its class. */
export function saysWhose(check: Check): boolean {
  if (check.class === 'identity' || check.kind === 'design-commitment') return true;
  return check.kind === 'range' && check.comparesCollections === true;
}

/** What leads on from a check of identity that failed, in words. */
export function anewFrom(leadsOn: readonly string[]): string {
  return `anew from ${leadsOn.join(' or ')}`;
}

/**
 * What belongs where a check contradicts itself or its place.
 * @param steps the steps up to its own, by id
 */
export function inconsistenciesOfCheck(check: Check, steps: readonly string[]): readonly string[] {
  const found = rangesOf(check)
    .filter(({ min, max }) => min === undefined && max === undefined)
    .map(({ code: limited }) => `a min or a max of ${limited}`);
  const { leadsOn = [] } = check;
  if (leadsOn.length > 0 && check.class !== 'identity') {
    found.push('leadsOn of checks of identity only');
  }
  if (leadsOn.some((id) => !steps.includes(id))) {
    found.push(`leadsOn to this step or an earlier one: ${steps.join(', ')}`);
  }
  if (check.control && check.class !== 'quality' && check.class !== 'information') {
    found.push('a control of the class quality or information');
  }
  if (isOfOrigin(check) && check.class !== 'identity') {
    found.push('comparesOrigin of checks of identity only');
  }
  if (isToppedUp(check) && (check.class !== 'quality' || check.min === undefined)) {
    found.push('topUp of checks of quality with a min only');
  }
  return found;
}

function isToppedUp(check: Check): check is Extract<Check, { readonly kind: 'range' }> {
  return check.kind === 'range' && check.topUp !== undefined;
}

function rangesOf(
  one: Check,
): readonly { code: string; min?: number | undefined; max?: number | undefined }[] {
  if (one.kind === 'any-of') return one.ranges;
  return one.kind === 'range' ? [one] : [];
}
