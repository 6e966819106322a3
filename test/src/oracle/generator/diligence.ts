/** How eagerly quality settles what is open, so that work can go on. */
export const DILIGENCE = ['never', 'before the dose', 'before each gate', 'but one'] as const;

export type Diligence = (typeof DILIGENCE)[number];
