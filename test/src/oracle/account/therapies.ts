import { type Definition, definitionOf } from '../definition.js';
import type { Line } from './bodies.js';
import { isOf, type Said } from './said.js';

/** A therapy as it was ordered. */
export interface Therapy {
  readonly coi: string;
  readonly patient: string;
  readonly parties: readonly string[];
  /** the one organisation whose quality decides */
  readonly quality: string;
  /** as they were ordered at first */
  readonly lines: readonly Line[];
  readonly definition: Definition;
  /** ISO 3166-1 alpha-2 */
  readonly jurisdiction: string;
  readonly ordered: Said;
}

/** The therapy that a permitted order made; undefined for any other word. */
export function therapyOrderedBy(said: Said): Therapy | undefined {
  if (!isOf(said, 'therapy:OrderTherapy') || said.answer.outcome !== 'permitted') return undefined;
  const { coi, patient, parties, process, quality, orderLines, jurisdiction } = said.body;
  const definition = definitionOf(process);
  return {
    coi,
    patient,
    parties,
    quality: quality ?? MANUFACTURER,
    lines: orderLines,
    definition,
    jurisdiction,
    ordered: said,
  };
}

/** A therapy that goes on by another version of its process: what is asked from then on is what that one asks. */
export function migrated(therapy: Therapy, said: Said<'therapy:MigrateProcess'>): Therapy {
  return { ...therapy, definition: definitionOf(said.body.process) };
}

/** Whether everybody who has to had signed with this word who takes part from now on. */
export function isAgreed({ answer }: Said<'therapy:ChangeParties'>): boolean {
  return (answer.changed ?? []).some((each) => each.startsWith('therapy '));
}

/** By default the manufacturer's quality. */
const MANUFACTURER = 'ManufacturerMSP';
