/** How many doses are decided, on how large therapies. */
export interface DoseSizes {
  /** state keys that the two therapies really have */
  readonly keys: Readonly<Record<300 | 1000, number>>;
  /** decisions on each therapy, one after the other */
  readonly decisions: number;
  /** decisions on each while facts come into it */
  readonly amongFacts: number;
}

/** How much of everything a bench does. */
export interface Sizes {
  /** sent before anything is measured */
  readonly warmUp: number;
  /** commands at each concurrency: 1, 16 and 64 */
  readonly commands: Readonly<Record<1 | 16 | 64, number>>;
  /** resident memory is compared between these commands */
  readonly memoryFrom: number;
  readonly memoryTo: number;
  /** commands under the CPU profiler, after everything else */
  readonly profiled: number;
  /** therapies on the ledger when its trace is read first, and last; {@link RECORDS_PER_THERAPY} records each */
  readonly smallLedger: number;
  readonly largeLedger: number;
  /** traces read on each */
  readonly traces: number;
  /** doses on therapies that differ in their state keys */
  readonly doses: DoseSizes;
  /** milliseconds for each of the two rates of verification */
  readonly verifyMs: number;
}

/**
 * How many records a therapy has in the bench. A record is what a trace returns: the therapy, an item, a command's
 * record. Indexes and pointers, of which the ledger holds as many again, are not counted.
 */
export const RECORDS_PER_THERAPY = 200;

export const FULL: Sizes = {
  warmUp: 2_000,
  commands: { 1: 2_000, 16: 6_000, 64: 10_000 },
  memoryFrom: 20_000,
  memoryTo: 100_000,
  profiled: 5_000,
  smallLedger: 50,
  largeLedger: 5_000,
  traces: 300,
  doses: { keys: { 300: 300, 1000: 1000 }, decisions: 200, amongFacts: 100 },
  verifyMs: 3_000,
};

/** Everything once, too little to say anything about speed. */
export const QUICK: Sizes = {
  warmUp: 16,
  commands: { 1: 8, 16: 32, 64: 128 },
  memoryFrom: 200,
  memoryTo: 320,
  profiled: 64,
  smallLedger: 1,
  largeLedger: 2,
  traces: 4,
  doses: { keys: { 300: 130, 1000: 140 }, decisions: 2, amongFacts: 3 },
  verifyMs: 50,
};
