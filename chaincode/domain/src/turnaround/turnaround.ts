import { z } from 'zod';
import { code, instant, organisationId, version } from '../values/identifiers.js';
import { milliseconds } from '../values/time.js';
import { type StepProgress, type TherapyProgress } from './progress.js';

const DAY_MS = 24 * 60 * 60_000;
const count = z.int().min(0);
const days = z.number().min(0);

export const stepTurnaroundSchema = z.strictObject({
  process: code,
  version,
  step: code,
  /** MSP id of who did it, or for whom it waits */
  organisation: organisationId,
  onTime: count,
  late: count,
  /** it could be begun, and its day is not past */
  waiting: count,
  /** it could be begun, and its day is past */
  overdue: count,
  /** from when the step could be begun to when it was done: percentiles by nearest rank; absent where none was done */
  medianDays: days.exactOptional(),
  p90Days: days.exactOptional(),
  maxDays: days.exactOptional(),
});

/** How one organisation does one step of a process, over the therapies that are looked at. */
export interface StepTurnaround extends Readonly<z.infer<typeof stepTurnaroundSchema>> {}

export const turnaroundSchema = z.strictObject({
  /** as of then */
  at: instant,
  /** how many were looked at */
  therapies: count,
  steps: z.array(stepTurnaroundSchema),
});

/** How steps are done against their target days, by step and organisation. */
export interface Turnaround extends Readonly<z.infer<typeof turnaroundSchema>> {}

/** One step of one therapy, with the organisation that it is counted for. */
export interface CountedStep {
  readonly progress: StepProgress;
  readonly process: TherapyProgress['process'];
  readonly organisation: string;
  /** its place in the process */
  readonly place: number;
}

/** Each step that was done, by who did it, and each that waits, by everybody for whom it waits. */
export function countedSteps({ process, steps }: TherapyProgress): readonly CountedStep[] {
  return steps.flatMap((progress, place) => {
    const { organisation, waitsFor } = progress;
    const by = organisation === undefined ? waitsFor : [organisation];
    return by.map((each) => ({ progress, process, organisation: each, place }));
  });
}

/** Groups what can be keyed by several texts, without joining them. */
export function grouped<T>(
  things: readonly T[],
  keyOf: (thing: T) => readonly string[],
): readonly (readonly T[])[] {
  const groups = Map.groupBy(things, (thing) => JSON.stringify(keyOf(thing)));
  return [...groups.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, g]) => g);
}

/**
 * How steps are done, by process, step and organisation, in the order of the process.
 * @param at as of when, RFC 3339
 */
export function turnaroundOf(progress: readonly TherapyProgress[], at: string): Turnaround {
  const groups = grouped(
    progress.flatMap(countedSteps),
    ({ process, progress: { step }, organisation, place }) => [
      process.id,
      process.version,
      String(place).padStart(2, '0'),
      step,
      organisation,
    ],
  );
  return { at, therapies: progress.length, steps: groups.flatMap(rowOf) };
}

function rowOf(group: readonly CountedStep[]): readonly StepTurnaround[] {
  const [first] = group;
  if (!first) return [];
  const { process, progress, organisation } = first;
  const inState = (state: StepProgress['state']) =>
    group.filter((each) => each.progress.state === state).length;
  return [
    {
      process: process.id,
      version: process.version,
      step: progress.step,
      organisation,
      onTime: inState('on-time'),
      late: inState('late'),
      waiting: inState('waiting'),
      overdue: inState('overdue'),
      ...percentilesOf(group.flatMap(({ progress: each }) => daysTaken(each) ?? [])),
    },
  ];
}

function percentilesOf(
  taken: readonly number[],
): Pick<StepTurnaround, 'medianDays' | 'p90Days' | 'maxDays'> {
  const medianDays = percentile(taken, 50);
  const p90Days = percentile(taken, 90);
  const maxDays = percentile(taken, 100);
  if (medianDays === undefined || p90Days === undefined || maxDays === undefined) return {};
  return { medianDays, p90Days, maxDays };
}

/** Days from when a step could be begun to when it was done, to a hundredth; undefined where it was not. */
export function daysTaken({ ready, done }: StepProgress): number | undefined {
  if (ready === undefined || done === undefined) return undefined;
  const taken = Math.max(0, milliseconds(done) - milliseconds(ready)) / DAY_MS;
  return Math.round(taken * 100) / 100;
}

/**
 * The smallest value that so many of a hundred do not exceed (nearest rank); undefined of none.
 * @param rank above 0, at most 100
 */
export function percentile(values: readonly number[], rank: number): number | undefined {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.ceil((rank / 100) * sorted.length) - 1];
}
