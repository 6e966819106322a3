/** What the command line's exit codes mean. */
export const EXIT = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
  refused: 3,
  notEntitled: 4,
  unavailable: 5,
  unproven: 6,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_CODES_HELP = `Exit codes:
  0  done: permitted, recorded, read, nothing to complain of
  1  failed: bad input, something not found, a difference found
  2  wrong usage
  3  the ledger refused the permission; the refusal is committed
  4  the caller is not known, or not entitled
  5  gateway or ledger cannot be reached, or the outcome is not known yet
  6  nothing differs, but not everything that was asked is proven ('verify --export' without a ledger)`;
