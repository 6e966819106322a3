import type { Outlook } from '@veinledger/domain';
import type { StandingConsent } from '../reads/outlook-reader.js';
import type { TherapyTrace } from '../reads/therapy-lists.js';

/** What a printed trace shows, and of when. */
export interface TraceSheet {
  readonly trace: TherapyTrace;
  /** what the next gates would say at that time, within what the reader may learn */
  readonly outlook: Outlook;
  /** left out where the reader may not see them */
  readonly consents?: readonly StandingConsent[] | undefined;
  /** RFC 3339, to the minute */
  readonly printedAt: string;
  /** actor id */
  readonly printedBy: string;
  /** the number of the ledger's blocks */
  readonly height: number;
  /** the picture by itself, relative to the page */
  readonly picture?: string | undefined;
}
