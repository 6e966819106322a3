import { PARTS, type Part } from './cpu-profile.js';
import { type Figure, figure } from './figures.js';
import type { Profile, Usage } from './gateway-messages.js';

const NAMES: Readonly<Record<Part, string>> = {
  verify: 'keys and calls of the verifier',
  contract: 'contract',
  store: 'store',
  http: 'HTTP',
  collector: 'garbage collector',
  other: 'event loop, system calls and the rest',
};

/** What many commands cost without a profiler, and how the serving thread's time is split, by samples of others. */
export interface Measured {
  readonly commands: number;
  readonly before: Usage;
  readonly after: Usage;
  readonly profile: Profile;
  /** what verifying both signatures costs a thread, milliseconds */
  readonly verifyMs: number;
}

/**
 * CPU time for one command. The serving thread's is split by the profiler's samples. Signatures are verified in the
 * thread pool, which no profiler sees: their part is what verifying costs one thread, and what is left of the other
 * threads is the store's and the garbage collector's.
 */
export function cpuFigures({
  commands,
  before,
  after,
  profile,
  verifyMs,
}: Measured): readonly Figure[] {
  const process = (after.processMs - before.processMs) / commands;
  const thread = (after.threadMs - before.threadMs) / commands;
  const sampled = PARTS.reduce((sum, part) => sum + profile[part], 0);
  const ofThread = (part: Part) => (thread * profile[part]) / sampled;
  const otherThreads = Math.max(0, process - thread - verifyMs);
  return [
    figure('CPU per command', process, 'ms'),
    figure('CPU per command: signatures, thread pool', verifyMs, 'ms'),
    ...PARTS.map((part) => figure(`CPU per command: ${NAMES[part]}`, ofThread(part), 'ms')),
    figure('CPU per command: other threads (LevelDB, collector)', otherThreads, 'ms'),
  ];
}
