import type { Loaded } from '../load.js';
import { addCpuTimes, type CpuTimes } from './cpu-time.js';

/** What the rounds of one kind of transaction at one load came to. */
export class LoadRecord {
  readonly rates: number[] = [];
  readonly latenciesMs: number[] = [];
  readonly cpuMs = new Map<string, number>();

  add({ commands, seconds, latenciesMs }: Loaded, before: CpuTimes, after: CpuTimes): void {
    this.rates.push(commands / seconds);
    this.latenciesMs.push(...latenciesMs);
    addCpuTimes(this.cpuMs, before, after);
  }

  get transactions(): number {
    return this.latenciesMs.length;
  }

  /** Transactions a second: the mean of the rounds. */
  get rate(): number {
    return this.rates.reduce((sum, rate) => sum + rate, 0) / this.rates.length;
  }
}

/** The records of a bench by load and by kind of transaction. */
export class LoadRecords {
  readonly #records = new Map<string, LoadRecord>();

  of(load: string, kind: string): LoadRecord {
    const name = JSON.stringify([load, kind]);
    const record = this.#records.get(name) ?? new LoadRecord();
    this.#records.set(name, record);
    return record;
  }
}
