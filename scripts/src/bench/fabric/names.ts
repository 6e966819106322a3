/** The names of what is compared. */
export const KINDS = {
  small: 'small put',
  equal: 'put of equal size',
  handOff: 'hand-off',
} as const;

/** How a load is named in figures. */
export const loadNames = {
  closed: (concurrency: number) => `at concurrency ${concurrency}`,
  open: (perSecond: number) => `at ${perSecond}/s`,
} as const;
