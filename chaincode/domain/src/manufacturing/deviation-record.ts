import type { Role } from '../values/roles.js';
import type { Signed } from '../nouns/signed.js';
import type { SubjectRef } from '../nouns/subject.js';

export type Classification = 'minor' | 'major' | 'critical';

/** How quality settled a deviation. */
export type DispositionDecision = 'permit-use' | 'reject';

/** Something that went otherwise than agreed. Until it is disposed of, its subjects may not be used. */
export interface Deviation {
  readonly noun: 'deviation';
  readonly scope: { readonly kind: string; readonly id: string };
  readonly id: string;
  readonly code: string;
  readonly classification: Classification;
  readonly subjects: readonly SubjectRef[];
  /** what was expected and found, in codes and ids */
  readonly expected?: string;
  readonly found?: string;
  readonly opened: Signed;
  readonly disposition?: Signed & { readonly decision: DispositionDecision };
}

/** A stop that somebody placed, and who may lift it. */
export interface Hold {
  readonly noun: 'hold';
  readonly coi: string;
  readonly id: string;
  readonly subject: SubjectRef;
  readonly reason: string;
  readonly liftedByRole: Role;
  readonly placed: Signed;
  readonly lifted?: Signed;
}
