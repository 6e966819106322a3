import { DEFINITIONS, type Definition } from '../definition.js';
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
  readonly ordered: Said;
}

/** The therapy that a permitted order made; undefined for any other word. */
export function therapyOrderedBy(said: Said): Therapy | undefined {
  if (!isOf(said, 'therapy:OrderTherapy') || said.answer.outcome !== 'permitted') return undefined;
  const { coi, patient, parties, process, quality, orderLines } = said.body;
  const definition = DEFINITIONS.find(
    (each) => each.id === process.id && each.version === process.version,
  );
  if (!definition) throw new Error(`no definition ${process.id} ${process.version}`);
  return {
    coi,
    patient,
    parties,
    quality: quality ?? MANUFACTURER,
    lines: orderLines,
    definition,
    ordered: said,
  };
}

/** By default the manufacturer's quality. */
const MANUFACTURER = 'ManufacturerMSP';
