import type { Noun, Outlook } from '@veinledger/domain';
import type { StandingConsent } from '../reads/outlook-reader.js';
import type { TherapyTrace } from '../reads/therapy-lists.js';

/** What a printed trace shows, and of when. */
export interface TraceSheet {
  readonly trace: TherapyTrace;
  /** what the next gates would say at that time, within what the reader may learn */
  readonly outlook: Outlook;
  /** left out where the reader may not see them */
  readonly consents?: readonly StandingConsent[] | undefined;
  /** of which the reader is told nothing, whether there is any or not */
  readonly untold: readonly Noun[];
  /** RFC 3339, to the minute */
  readonly printedAt: string;
  /** actor id */
  readonly printedBy: string;
  /** the number of the ledger's blocks */
  readonly height: number;
  /** the picture by itself, relative to the page */
  readonly picture?: string | undefined;
}

/** What stands where the sheet lists nothing of a noun: that there is none, or that the reader would not be told. */
export function noneOf({ untold }: TraceSheet, noun: Noun, none: string): string {
  return untold.includes(noun) ? 'Not shown to you.' : none;
}
