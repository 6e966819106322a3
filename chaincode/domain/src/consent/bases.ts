import type { Reason } from '../nouns/reason.js';
import type { DataClass, LawfulPurpose, ObjectionScheme, Purpose } from '../values/words.js';
import type { AskedUse } from './use.js';

/** What the law of a place permits without asking the patient. */
export interface LegalBasis {
  readonly id: string;
  /** by which statute, as it is cited */
  readonly statute: string;
  readonly purposes: readonly (Purpose | LawfulPurpose)[];
  readonly dataClasses: readonly DataClass[];
  /** whose opt-outs it honours */
  readonly honours: readonly ObjectionScheme[];
}

/** The closed table of bases of one jurisdiction, as the members agreed on it. */
export interface BasesOfJurisdiction {
  /** ISO 3166-1 alpha-2 */
  readonly jurisdiction: string;
  readonly bases: readonly LegalBasis[];
}

/** A patient's statement against secondary use, which is no consent and no withdrawal of one. */
export interface Objection {
  readonly id: string;
  readonly scheme: ObjectionScheme;
  /** whether it was taken back */
  readonly withdrawn: boolean;
}

/** Why a use is not covered by the basis that it is asked for on; empty where it is. */
export function reasonsAgainstBasis(
  tables: readonly BasesOfJurisdiction[],
  objections: readonly Objection[],
  asked: AskedUse,
): readonly Reason[] {
  const { jurisdiction, purpose, dataClasses } = asked;
  const subject = `basis ${asked.basis}`;
  const bases = tables.filter((each) => each.jurisdiction === jurisdiction);
  const found = bases.flatMap((each) => each.bases).filter(({ id }) => id === asked.basis);
  if (found.length !== 1) {
    return [{ code: 'BASIS_UNKNOWN', subject, expected: `a basis of ${jurisdiction}` }];
  }
  return found.flatMap((basis) => [
    ...(basis.purposes.includes(purpose)
      ? []
      : [
          {
            code: 'BASIS_NOT_COVERING' as const,
            subject,
            expected: [...basis.purposes].sort().join(),
            found: purpose,
          },
        ]),
    ...dataClasses
      .filter((each) => !basis.dataClasses.includes(each))
      .map((each) => ({
        code: 'BASIS_NOT_COVERING' as const,
        subject,
        expected: [...basis.dataClasses].sort().join(),
        found: each,
      })),
    ...objections
      .filter(({ scheme, withdrawn }) => !withdrawn && basis.honours.includes(scheme))
      .map(({ scheme }) => ({ code: 'OBJECTED' as const, subject, found: scheme })),
  ]);
}
