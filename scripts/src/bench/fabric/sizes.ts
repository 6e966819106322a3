import type { DoseSizes } from '../sizes.js';

/** How much of everything the bench on a network does. */
export interface FabricSizes {
  /** therapies that commands are about */
  readonly therapies: number;
  /** transactions of each kind before anything is measured */
  readonly warmUp: number;
  /** the closed loop: rounds over all kinds of transactions, each with a count of them */
  readonly closed: Readonly<
    Record<1 | 16 | 64, { readonly rounds: number; readonly count: number }>
  >;
  /** no round of one kind takes longer, milliseconds; what is under way then is waited for */
  readonly roundMs: number;
  /** the open loop */
  readonly open: { readonly perSecond: readonly number[]; readonly seconds: number };
  readonly doses: DoseSizes;
}

export const FABRIC_FULL: FabricSizes = {
  therapies: 64,
  warmUp: 512,
  closed: {
    1: { rounds: 2, count: 20 },
    16: { rounds: 2, count: 128 },
    64: { rounds: 5, count: 640 },
  },
  roundMs: 15_000,
  open: { perSecond: [10, 25, 50], seconds: 6 },
  doses: { keys: { 300: 300, 1000: 1000 }, decisions: 100, amongFacts: 100 },
};

/** Everything once, too little to say anything about speed. */
export const FABRIC_QUICK: FabricSizes = {
  therapies: 8,
  warmUp: 4,
  closed: {
    1: { rounds: 1, count: 2 },
    16: { rounds: 1, count: 16 },
    64: { rounds: 1, count: 64 },
  },
  roundMs: 10_000,
  open: { perSecond: [10], seconds: 1 },
  doses: { keys: { 300: 130, 1000: 140 }, decisions: 2, amongFacts: 3 },
};

/** Aliquots that the hand-offs of a whole bench can use up. */
export function aliquotsFor({ warmUp, closed, open }: FabricSizes): number {
  const rounds = Object.values(closed).reduce((sum, { rounds, count }) => sum + rounds * count, 0);
  const opened = open.perSecond.reduce((sum, perSecond) => sum + perSecond * open.seconds, 0);
  return warmUp + rounds + opened;
}
