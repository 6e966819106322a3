/** Condition readings of one logger on one item, as one command brought them. */
export interface Readings {
  readonly noun: 'readings';
  readonly coi: string;
  readonly id: string;
  readonly item: string;
  readonly logger: string;
  readonly count: number;
  readonly minC: number;
  readonly maxC: number;
  readonly from: string;
  readonly until: string;
  readonly excursions: number;
}
