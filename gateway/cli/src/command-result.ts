import type { ExitCode } from './exit-codes.js';

/** What a command did: for programs, and for people. */
export interface CommandResult {
  readonly data: unknown;
  readonly lines: readonly string[];
  /** 0 when left out */
  readonly exitCode?: ExitCode;
}
