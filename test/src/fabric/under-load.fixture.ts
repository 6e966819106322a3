import type { FaultStage } from '#scripts';

/** A network that takes five signed commands a second, and where it lies. */
export interface UnderLoad {
  readonly directory: string;
  readonly stage: FaultStage;
}
