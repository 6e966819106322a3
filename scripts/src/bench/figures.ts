/** One measured figure, as `--json` writes it. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** the number to reach or to stay under; null where nothing is asked for */
  readonly goal: number | null;
  /** null where there is no goal */
  readonly met: boolean | null;
}

/** How a value is held against its goal. */
export type Comparison = 'at least' | 'at most' | 'under' | 'exactly';

const COMPARISONS: Readonly<Record<Comparison, (value: number, goal: number) => boolean>> = {
  'at least': (value, goal) => value >= goal,
  'at most': (value, goal) => value <= goal,
  under: (value, goal) => value < goal,
  exactly: (value, goal) => value === goal,
};

/** A figure without a goal. */
export function figure(name: string, value: number, unit: string): Figure {
  return { name, value: rounded(value), unit, goal: null, met: null };
}

/** A figure with a goal; judged before it is rounded. */
export function figureWithGoal(
  name: string,
  value: number,
  unit: string,
  comparison: Comparison,
  goal: number,
): Figure {
  return {
    name: `${name} (goal: ${comparison})`,
    value: rounded(value),
    unit,
    goal,
    met: COMPARISONS[comparison](value, goal),
  };
}

/**
 * The value under which a part of the samples lies, by the nearest rank.
 * @param part 0.95 for the 95th percentile
 * @throws RangeError when there is no sample
 */
export function percentile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((one, other) => one - other);
  const value = sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('no samples');
  return value;
}

function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
