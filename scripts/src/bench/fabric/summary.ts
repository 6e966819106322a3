import { type Figure, figure, figureWithGoal, percentile } from '../figures.js';
import { CONCURRENCIES } from '../throughput.js';
import type { LoadRecord, LoadRecords } from './record.js';
import { KINDS, loadNames } from './names.js';
import type { FabricSizes } from './sizes.js';
import { RECORDS_A_BATCH, type Workload } from './workload.js';

/** Whose CPU time is told process by process. */
const COMPARED = [KINDS.small, KINDS.equal, KINDS.carried, KINDS.unchecked, KINDS.handOff];
/** A process that took less of a transaction had no part in it. */
const COUNTED_MS = 0.01;
const BUSY = loadNames.closed(64);
const ALONE = loadNames.closed(1);

/** Everything that was measured, the ratios first. */
export function fabricFigures(
  records: LoadRecords,
  workloads: readonly Workload[],
  sizes: FabricSizes,
): readonly Figure[] {
  const loads = [
    ...CONCURRENCIES.map(loadNames.closed),
    ...sizes.open.perSecond.map(loadNames.open),
  ];
  return [
    ...ratios(records),
    ...loads.flatMap((load) =>
      workloads
        .filter(({ name }) => records.of(load, name).transactions > 0)
        .flatMap(({ name }) => loadFigures(`${name} ${load}`, records.of(load, name))),
    ),
    ...COMPARED.flatMap((kind) => cpuFigures(kind, records.of(BUSY, kind))),
  ];
}

function ratios(loads: LoadRecords): readonly Figure[] {
  const busy = (kind: string) => loads.of(BUSY, kind);
  const p50 = (kind: string) => percentile(loads.of(ALONE, kind).latenciesMs, 0.5);
  const bound = (kind: string, of: string) =>
    figure(`${kind}, of a ${of}, ${BUSY}`, rateRatio(busy(kind), busy(of)), 'ratio');
  const records = (kind: string) => RECORDS_A_BATCH * rateRatio(busy(kind), busy(KINDS.small));
  return [
    figureWithGoal(
      `hand-off, of a put of equal size, ${BUSY}`,
      rateRatio(busy(KINDS.handOff), busy(KINDS.equal)),
      ...(['ratio', 'at least', 0.85] as const),
    ),
    figureWithGoal(
      `hand-off, of a small put, ${BUSY}`,
      rateRatio(busy(KINDS.handOff), busy(KINDS.small)),
      ...(['ratio', 'at least', 0.7] as const),
    ),
    bound(KINDS.carried, KINDS.small),
    bound(KINDS.unchecked, KINDS.small),
    bound(KINDS.unchecked, KINDS.equal),
    figureWithGoal(
      `hand-off, p50 of that of a put of equal size, ${ALONE}`,
      p50(KINDS.handOff) / p50(KINDS.equal),
      ...(['ratio', 'at most', 1.3] as const),
    ),
    figureWithGoal(
      `${KINDS.readings}: readings, of small puts, ${BUSY}`,
      records(KINDS.readings),
      ...(['ratio', 'at least', 20] as const),
    ),
    figure(`${KINDS.items}: items, of small puts, ${BUSY}`, records(KINDS.items), 'ratio'),
  ];
}

/** The median of the ratios of rounds that followed each other. */
function rateRatio(one: LoadRecord, other: LoadRecord): number {
  const ratios = one.rates.map((rate, round) => rate / (other.rates[round] ?? Number.NaN));
  return median(ratios);
}

/** The middle, or the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

function loadFigures(name: string, record: LoadRecord): readonly Figure[] {
  return [
    figure(name, record.rate, 'transactions/s'),
    ...[0.5, 0.95, 0.99].map((part) =>
      figure(`${name}, p${part * 100}`, percentile(record.latenciesMs, part), 'ms'),
    ),
  ];
}

function cpuFigures(kind: string, { cpuMs, transactions }: LoadRecord): readonly Figure[] {
  const all = [...cpuMs.values()].reduce((sum, used) => sum + used, 0);
  const name = (process: string) => `CPU per ${kind}: ${process}`;
  return [
    figure(name('all processes'), all / transactions, 'ms'),
    ...[...cpuMs]
      .filter(([, used]) => used / transactions >= COUNTED_MS)
      .map(([process, used]) => figure(name(process), used / transactions, 'ms')),
  ];
}
