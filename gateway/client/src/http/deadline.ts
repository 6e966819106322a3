/** A bound on work: it ends when its time is over, or when whoever asked for the work ends it. */
export interface Deadline {
  /** aborts when the work is to end */
  readonly signal: AbortSignal;
  /** whether its own time is over */
  isOver(): boolean;
  /** Lets go of timer and listener, once the work is done. */
  clear(): void;
}

/**
 * Bounds work by time.
 * @param outer ends the work earlier, with its own reason
 */
export function deadlineIn(milliseconds: number, outer?: AbortSignal): Deadline {
  const controller = new AbortController();
  let over = false;
  const endEarly = () => controller.abort(outer?.reason);
  const timer = setTimeout(() => {
    over = true;
    controller.abort();
  }, milliseconds);
  if (outer?.aborted === true) endEarly();
  outer?.addEventListener('abort', endEarly);
  return {
    signal: controller.signal,
    isOver: () => over,
    clear: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', endEarly);
    },
  };
}
