import type { Part } from './cpu-profile.js';
import type { VerificationCount } from './verification-count.js';

/** What the bench asks its gateway's process. */
export type Question = 'usage' | 'start-profile' | 'stop-profile' | 'stop';

/** What the gateway's process has used since it started. */
export interface Usage {
  readonly residentBytes: number;
  /** milliseconds of CPU time, all threads */
  readonly processMs: number;
  /** milliseconds of CPU time of the thread that serves */
  readonly threadMs: number;
  /** what contracts asked their verifier */
  readonly inContract: VerificationCount;
  /** what the whole process verified */
  readonly inProcess: VerificationCount;
}

export type Profile = Readonly<Record<Part, number>>;

/** What the gateway's process tells. */
export type Answer =
  | { readonly told: 'listening'; readonly url: string }
  | { readonly told: 'usage'; readonly usage: Usage }
  | { readonly told: 'profile'; readonly profile: Profile }
  | { readonly told: 'profiling' }
  | { readonly told: 'stopped' };
