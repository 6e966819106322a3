import type { z } from 'zod';
import type { Caller } from '../auth/caller.js';

/** How far a job's work has come. */
export interface Progress {
  readonly done: number;
  /** left out where nobody knows yet */
  readonly total?: number;
}

/** What a job's work is given besides its input. */
export interface JobContext {
  /** aborted when the job is cancelled, or the gateway closes; work stops soon and may throw */
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
}

/** A kind of long work that callers may have done, and ask after. */
export interface JobKind<Input, Result> {
  /** as callers name it, `verify-ledger` */
  readonly name: string;
  readonly summary: string;
  /** what progress counts, `blocks` */
  readonly unit: string;
  readonly input: z.ZodType<Input>;
  readonly result: z.ZodType<Result>;
  /**
   * Refuses a caller who may not have this done, nor be told what came of it.
   * @throws VeinledgerError NOT_ENTITLED
   */
  authorise?(caller: Caller): void;
  /**
   * Refuses a caller whose member the ledger does not let have this done now.
   * @throws LedgerError with what the contract refuses
   */
  admit?(caller: Caller): Promise<void>;
  run(input: Input, context: JobContext): Promise<Result>;
}

/** A kind whose input and result are whatever its schemas say. */
export interface AnyJobKind extends Omit<JobKind<unknown, unknown>, 'run'> {
  /** Reads the input, does the work, and checks the result. */
  perform(input: unknown, context: JobContext): Promise<unknown>;
}

/** A kind as the gateway keeps it among others. */
export function jobKind<Input, Result>(kind: JobKind<Input, Result>): AnyJobKind {
  const { name, summary, unit, input, result } = kind;
  return {
    name,
    summary,
    unit,
    input,
    result,
    authorise: (caller) => kind.authorise?.(caller),
    admit: async (caller) => kind.admit?.(caller),
    perform: async (given, context) => result.parse(await kind.run(input.parse(given), context)),
  };
}
