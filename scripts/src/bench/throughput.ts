import { type Figure, figure, percentile } from './figures.js';
import type { Loaded } from './load.js';

export const CONCURRENCIES = [1, 16, 64] as const;
export type Concurrency = (typeof CONCURRENCIES)[number];

/** Commands a second and how long each took, at a concurrency. */
export function throughputFigures(concurrency: Concurrency, loaded: Loaded): readonly Figure[] {
  const at = `at concurrency ${concurrency}`;
  return [
    figure(`commands end to end ${at}`, rateOf(loaded), 'commands/s'),
    ...[0.5, 0.95, 0.99].map((part) =>
      figure(`latency p${part * 100} ${at}`, percentile(loaded.latenciesMs, part), 'ms'),
    ),
  ];
}

/** Commands a second. */
export function rateOf({ commands, seconds }: Loaded): number {
  return commands / seconds;
}
