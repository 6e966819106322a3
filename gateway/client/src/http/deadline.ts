/** A bound on work: it ends when its time is over, or when whoever asked for the work ends it. */
export interface Deadline {
  /** aborts when the work is to end */
  readonly signal: AbortSignal;
  /** whether its own time is over */
  isOver(): boolean;
}

/**
 * Bounds work by time.
 * @param outer ends the work earlier, with its own reason
 */
export function deadlineIn(milliseconds: number, outer?: AbortSignal): Deadline {
  const time = AbortSignal.timeout(milliseconds);
  const signal = outer === undefined ? time : AbortSignal.any([time, outer]);
  return { signal, isOver: () => time.aborted };
}
