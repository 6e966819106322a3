import type { Consent } from '@veinledger/domain';
import type { TherapyTrace } from '../reads/therapy-lists.js';

/** What a printed trace shows, and of when. */
export interface TraceSheet {
  readonly trace: TherapyTrace;
  /** left out where the reader may not see them */
  readonly consents?: readonly Consent[] | undefined;
  /** RFC 3339, to the minute */
  readonly printedAt: string;
  /** actor id */
  readonly printedBy: string;
  /** the number of the ledger's blocks */
  readonly height: number;
  /** the picture by itself, relative to the page */
  readonly picture?: string | undefined;
}
