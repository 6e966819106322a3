import type { BasisInLaw } from '../nouns/disposal-bases.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Therapy } from '../nouns/therapy.js';
import type { DisposalBasis, DisposalDecision, Purpose } from '../values/words.js';

/** A basis of a disposal; by which law, the process says. */
export type Basis = Omit<BasisInLaw, 'law'>;

/** What becomes of a thing, and on what basis. */
export interface Disposal {
  readonly decision: DisposalDecision;
  readonly basis: DisposalBasis;
  /** the thing's kind */
  readonly kind: string;
}

/** What a process without a table of bases has: the law keeps, and nothing but the patient returns. */
const ANYWHERE: readonly Basis[] = [
  { basis: 'patients-wish', allows: ['destroy', 'return'] },
  { basis: 'purpose-ended', allows: ['destroy'] },
  { basis: 'recall', allows: ['destroy', 'retain'] },
  {
    basis: 'sample-retention-consent',
    allows: ['retain'],
    patientsWord: 'SAMPLE_RETENTION',
  },
  { basis: 'required-traceability', allows: ['retain'] },
  { basis: 'adverse-event-reporting', allows: ['retain'] },
  { basis: 'inspection', allows: ['retain'] },
];

/** The bases that there are in a therapy's jurisdiction. */
export function basesIn(
  { disposalBases }: Pick<ProcessDefinition, 'disposalBases'>,
  { jurisdiction }: Pick<Therapy, 'jurisdiction'>,
): readonly Basis[] {
  if (!disposalBases) return ANYWHERE;
  const here = disposalBases.filter(({ jurisdictions }) => jurisdictions.includes(jurisdiction));
  return here.flatMap(({ bases }) => bases);
}

/** Of the bases that there are the one that carries a disposal, or why none does. */
export function carrying(
  bases: readonly Basis[],
  { decision, basis, kind }: Disposal,
  { jurisdiction }: Pick<Therapy, 'jurisdiction'>,
):
  | Basis
  | { readonly code: 'BASIS_NOT_IN_JURISDICTION' | 'BASIS_NOT_OPEN'; readonly expected: string } {
  const able = bases.filter(
    ({ allows, kinds }) => allows.includes(decision) && kinds?.includes(kind) !== false,
  );
  const found = able.find((each) => each.basis === basis);
  if (found) return found;
  const known = bases.some((each) => each.basis === basis);
  const listed = [...new Set((known ? able : bases).map((each) => each.basis))].join();
  return known
    ? {
        code: 'BASIS_NOT_OPEN',
        expected: `basis to ${decision} ${kind} in ${jurisdiction}: ${listed}`,
      }
    : { code: 'BASIS_NOT_IN_JURISDICTION', expected: `basis in ${jurisdiction}: ${listed}` };
}

/** The purpose to which the patient must have consented, where a basis asks for that. */
export function purposeAskedBy(basis: ReturnType<typeof carrying>): Purpose | undefined {
  if ('code' in basis || basis.patientsWord === 'destruction') return undefined;
  return basis.patientsWord;
}
