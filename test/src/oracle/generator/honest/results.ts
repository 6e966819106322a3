import type { Results } from '#scripts';
import type { Check, Limits } from '../../definition.js';

/** Units that end somewhere. */
const ENDS: Readonly<Record<string, number>> = { percent: 100, ratio: 1 };

/** What a step finds where everything is as it should be; what is compared with the design is no result. */
export function goodResults(checks: readonly Check[]): Results {
  return Object.fromEntries(
    checks.flatMap(({ kind, code, unit, ranges = [], ...limits }): [string, number | boolean][] => {
      if (kind === 'design-commitment') return [];
      if (kind === 'conforms') return [[code, true]];
      if (kind === 'any-of') {
        return ranges.slice(0, 1).map((range) => [range.code, within(range, undefined)]);
      }
      return [[code, within(limits, unit)]];
    }),
  );
}

/** A result that no limit of a check allows; undefined where it has none of its own. */
export function badResult({ kind, min, max }: Check): number | boolean | undefined {
  if (kind === 'conforms') return false;
  if (kind !== 'range') return undefined;
  return min === undefined ? (max ?? 0) * 100 + 1 : 0;
}

function within({ min, max }: Limits, unit: string | undefined): number {
  const most = max ?? ENDS[unit ?? ''];
  if (min === undefined) return (most ?? 0) / 2;
  const value = most === undefined ? min * 2 : (min + most) / 2;
  return unit === 'count' ? Math.round(value) : value;
}
