/**
 * How long a process, a tool or a node may take for what it does in seconds, milliseconds: a limit for what never
 * comes. A machine that is busy with something else takes minutes.
 */
export const LONGEST_WAIT_MS = 300_000;
