/** What a command has of the terminal. */
export interface CliContext {
  readonly log: (line: string) => void;
  /** aborted when the user interrupts */
  readonly signal?: AbortSignal | undefined;
}

/** A command as the help lists it. What it is made of is loaded when it is asked for. */
export interface ListedCommand {
  readonly name: string;
  /** one line for the list of commands */
  readonly summary: string;
  readonly load: () => Promise<NetworkCommand>;
}

/** One command of `veinledger network`. */
export interface NetworkCommand {
  /** the whole help */
  readonly usage: string;
  /**
   * @returns the process's exit code
   * @throws TypeError naming what is unknown, missing or wrong in the arguments; NetworkError
   */
  run(args: readonly string[], context: CliContext): Promise<number>;
}

/** What the exit codes mean. */
export const EXIT = { done: 0, failed: 1, wrongUsage: 2, nodeDown: 3, waiting: 4 } as const;

export const EXIT_CODES = `Exit codes
  0  done
  1  failed, or a difference found
  2  wrong usage
  3  status: a node that is to run does not
  4  upgrade: members have not approved it yet`;
