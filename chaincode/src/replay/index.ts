export * from './block.js';
export * from './finding.js';
export * from './report.js';
export type { AnnexVault } from './annexes.js';
export { replay, type ReplayOptions } from './replay.js';
export { ReplayState } from './replay-state.js';
export { recomputeValidation } from './validation.js';
export { OBJECT_TYPES } from '../state/keys.js';
export { bookmarkAt } from '../state/bookmark.js';
