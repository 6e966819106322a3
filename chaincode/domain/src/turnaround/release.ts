import { z } from 'zod';
import { code, organisationId } from '../values/identifiers.js';
import type { TherapyProgress } from './progress.js';
import { type CountedStep, countedSteps, daysTaken, grouped, percentile } from './turnaround.js';

/** No fewer patients are told of together. */
export const SMALLEST_CELL = 5;

const patients = z.int().min(SMALLEST_CELL).multipleOf(SMALLEST_CELL);
const wholeDays = z.int().min(0);

export const releasedCellSchema = z.strictObject({
  process: code,
  step: code,
  organisation: organisationId,
  result: z.enum(['on-time', 'late']),
  /** how many patients, rounded down to a multiple of 5 */
  patients,
  /** whole days from when the step could be begun to when it was done */
  medianDays: wholeDays.exactOptional(),
  p90Days: wholeDays.exactOptional(),
});

/** Patients whose step was done by one organisation, on time or late. */
export interface ReleasedCell extends Readonly<z.infer<typeof releasedCellSchema>> {}

export const turnaroundReleaseSchema = z.strictObject({
  smallestCell: z.literal(SMALLEST_CELL),
  cells: z.array(releasedCellSchema),
});

/** What analysts are given of the turnaround. */
export interface TurnaroundRelease extends Readonly<z.infer<typeof turnaroundReleaseSchema>> {}

/** A therapy's progress, with whose it is. */
export interface OfPatient {
  readonly patient: string;
  readonly progress: TherapyProgress;
}

type OfPatients = CountedStep & { readonly patient: string; readonly result: 'on-time' | 'late' };

/**
 * What may be handed to analysts: counts of patients by process, step, organisation and result, and nothing by which one of
 * them could be found again. A cell of fewer than five patients is left out, and none says that it was. Counts are rounded
 * down to multiples of five and there are no totals, so that no sum or difference of what is released, or of two releases,
 * tells of fewer than five. A percentile stands in whole days, and where five patients at least took so long or longer,
 * and five so long or less.
 */
export function releaseOf(all: readonly OfPatient[]): TurnaroundRelease {
  const steps = all.flatMap(({ patient, progress }) =>
    countedSteps(progress).flatMap((counted): readonly OfPatients[] => {
      const { state } = counted.progress;
      return state === 'on-time' || state === 'late'
        ? [{ ...counted, patient, result: state }]
        : [];
    }),
  );
  const groups = grouped(steps, ({ process, progress, organisation, result }) => [
    process.id,
    progress.step,
    organisation,
    result,
  ]);
  return { smallestCell: SMALLEST_CELL, cells: groups.flatMap(cellOf) };
}

function cellOf(group: readonly OfPatients[]): readonly ReleasedCell[] {
  const [first] = group;
  const each = Map.groupBy(group, ({ patient }) => patient);
  if (!first || each.size < SMALLEST_CELL) return [];
  const taken = [...each.values()].flatMap((of) => {
    const known = of.flatMap(({ progress }) => daysTaken(progress) ?? []);
    return known.length === 0 ? [] : [Math.max(...known)];
  });
  const { process, progress, organisation, result } = first;
  return [
    {
      ...{ process: process.id, step: progress.step, organisation, result },
      patients: each.size - (each.size % SMALLEST_CELL),
      ...released('medianDays', taken, 50),
      ...released('p90Days', taken, 90),
    },
  ];
}

/** A percentile in whole days, where the smaller share of the patients that it parts is no small cell. */
function released(
  name: 'medianDays' | 'p90Days',
  taken: readonly number[],
  rank: number,
): Partial<Pick<ReleasedCell, 'medianDays' | 'p90Days'>> {
  const beyond = Math.min(rank, 100 - rank);
  if ((taken.length * beyond) / 100 < SMALLEST_CELL) return {};
  const days = percentile(taken, rank);
  return days === undefined ? {} : { [name]: Math.round(days) };
}
