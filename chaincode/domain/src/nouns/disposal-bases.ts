import { z } from 'zod';
import { country } from '../values/country.js';
import { code } from '../values/identifiers.js';
import { disposalBasis, disposalDecision, PURPOSES } from '../values/words.js';
import type { ReadOnly } from './noun.js';
import type { Inconsistency } from './process-step.js';

/** A statute or guideline with its article, for people: letters, digits and the punctuation of citations. */
const citation = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} .,;:()/'–-]*$/u, 'a statute or guideline with its article')
  .max(160);

const basisInLaw = z.strictObject({
  basis: disposalBasis,
  law: citation,
  /** what it carries */
  allows: z.array(disposalDecision).min(1).max(disposalDecision.options.length),
  /** the kinds of items that it carries that of; of every kind, one that nobody registered too, where absent */
  kinds: z.array(code).min(1).max(64).optional(),
  /**
   * without which it carries nothing: the patient's consent to a purpose, or that the patient asked for destruction;
   * it needs no word of the patient's where absent
   */
  patientsWord: z.enum([...PURPOSES, 'destruction']).optional(),
});

/** The bases of a disposal that some jurisdictions have in common. */
export const basesOfJurisdictions = z.strictObject({
  jurisdictions: z.array(country).min(1).max(250),
  bases: z.array(basisInLaw).min(1).max(32),
});

/** On what basis something becomes of a thing, by which law, and what it takes. */
export interface BasisInLaw extends ReadOnly<z.infer<typeof basisInLaw>> {}

export interface BasesOfJurisdictions extends ReadOnly<z.infer<typeof basesOfJurisdictions>> {}

interface Table {
  readonly items: readonly { readonly code: string }[];
  readonly jurisdictions?: readonly string[] | undefined;
  readonly disposalBases?: readonly BasesOfJurisdictions[] | undefined;
}

/**
 * What is wrong with a table of bases: it tells all of the process's jurisdictions, each once; it names no kind that there
 * is not; and of each thing of a patient who says nothing any more something can become.
 */
export function inconsistenciesOfBases(table: Table): readonly Inconsistency[] {
  const { items, jurisdictions, disposalBases } = table;
  if (!disposalBases) return [];
  if (!jurisdictions) {
    const expected = 'with jurisdictions only: nothing could be disposed of anywhere else';
    return [{ path: ['disposalBases'], expected }];
  }
  const found: Inconsistency[] = [];
  const told = new Set<string>();
  const kinds = items.map((each) => each.code);
  disposalBases.forEach((group, index) => {
    const path = ['disposalBases', index];
    const here = group.jurisdictions;
    if (here.some((each, place) => told.has(each) || here.indexOf(each) !== place)) {
      found.push({ path: [...path, 'jurisdictions'], expected: 'jurisdictions that stand once' });
    }
    for (const each of here) told.add(each);
    if (here.some((each) => !jurisdictions.includes(each))) {
      const expected = `only jurisdictions of the process: ${jurisdictions.join(', ')}`;
      found.push({ path: [...path, 'jurisdictions'], expected });
    }
    found.push(...inconsistenciesOfGroup(group, kinds, [...path, 'bases']));
  });
  const missing = jurisdictions.filter((each) => !told.has(each));
  if (missing.length > 0) {
    const expected = `bases in every jurisdiction of the process: ${missing.join(', ')}`;
    found.push({ path: ['disposalBases'], expected });
  }
  return found;
}

function inconsistenciesOfGroup(
  { bases }: BasesOfJurisdictions,
  items: readonly string[],
  path: readonly (string | number)[],
): readonly Inconsistency[] {
  const found = bases.flatMap((each, index) => {
    const { kinds, allows, patientsWord } = each;
    const wrong: Inconsistency[] = [];
    if (kinds?.some((kind) => !items.includes(kind)) === true) {
      const expected = `only kinds of items: ${items.join(', ')}`;
      wrong.push({ path: [...path, index, 'kinds'], expected });
    }
    if (patientsWord === 'destruction' && allows.some((each) => each !== 'destroy')) {
      const expected = 'destruction of what may be destroyed only';
      wrong.push({ path: [...path, index, 'patientsWord'], expected });
    }
    const twice = bases.slice(0, index).some((other) => areBoth(other, each));
    if (twice)
      wrong.push({ path: [...path, index], expected: 'one basis of a name for a disposal' });
    return wrong;
  });
  const leadsOn = bases.some(
    ({ kinds, patientsWord, allows }) =>
      kinds === undefined &&
      patientsWord === undefined &&
      allows.some((decision) => decision !== 'return'),
  );
  if (leadsOn) return found;
  const expected = 'a basis to destroy or retain every kind without a word of the patient’s';
  return [...found, { path, expected }];
}

/** Whether two bases of one name carry the same of the same thing, so that nobody could say which counts. */
function areBoth(one: BasisInLaw, other: BasisInLaw): boolean {
  const { kinds } = other;
  return (
    one.basis === other.basis &&
    one.allows.some((each) => other.allows.includes(each)) &&
    (!one.kinds || !kinds || one.kinds.some((kind) => kinds.includes(kind)))
  );
}
