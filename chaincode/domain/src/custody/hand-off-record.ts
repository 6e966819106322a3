import type { Holder, HandOffVerdict } from './item.js';

/** The half that the releaser signed. */
export interface Release {
  readonly command: string;
  readonly by: Holder;
  readonly to: string;
  readonly at: string;
  readonly sscc?: string;
  readonly seals: readonly string[];
  readonly condition: string;
  readonly logger?: string;
  /** the identifier on the label, or why none was read */
  readonly labelRead: string;
  readonly identityCheck: string;
}

/** A half that a receiver signed. More than one contradict each other, and all are kept. */
export interface Receipt {
  readonly command: string;
  readonly by: Holder;
  readonly verdict: HandOffVerdict;
  readonly reason?: string;
  readonly at: string;
  readonly seals: readonly string[];
  readonly condition: string;
  /** the identifier on the label, or why none was read */
  readonly labelRead: string;
}

/** A hand-over of one item from one organisation to another, in two signed halves. */
export interface HandOff {
  readonly noun: 'hand-off';
  readonly coi: string;
  readonly id: string;
  readonly item: string;
  readonly release?: Release;
  readonly receipts: readonly Receipt[];
}
