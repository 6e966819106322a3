/** The names of what is compared. */
export const KINDS = {
  small: 'small put',
  equal: 'put of equal size',
  carried: 'small put with a signed command as argument',
  unchecked: 'reads and writes of a hand-off, unchecked',
  handOff: 'hand-off',
  step: 'step report',
  readings: 'readings, 50 a command',
  items: 'items, 50 a command',
} as const;

/** How a load is named in figures. */
export const loadNames = {
  closed: (concurrency: number) => `at concurrency ${concurrency}`,
  open: (perSecond: number) => `at ${perSecond}/s`,
} as const;
