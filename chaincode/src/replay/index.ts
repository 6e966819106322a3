export * from './block.js';
export { compareKeys } from './key-order.js';
export * from './finding.js';
export * from './report.js';
export type { AnnexVault } from './annexes.js';
export { replay, type ReplayOptions } from './replay.js';
export { ReplayState } from './replay-state.js';
export { recomputeValidation } from './validation.js';
export { OBJECT_TYPES } from '@veinledger/domain';
export { compositeKey } from '../state/composite-key.js';
export { bookmarkAt, bookmarkOf } from '../state/bookmark.js';
export {
  type EntityChange,
  replayReceipts,
  type ReplayedReceipt,
  type ShownCommand,
} from './replay-receipts.js';
