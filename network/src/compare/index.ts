export { BlockSource, type ComparedPeer, type LedgerReader } from './block-source.js';
export {
  compareBlocks,
  type BlockComparison,
  type BlockStream,
  type BlockDifference,
  type TransactionDifference,
} from './blocks.js';
export {
  removeSnapshots,
  takeSnapshots,
  type SnapshotPeer,
  type StateSnapshot,
} from './snapshot.js';
export { compareStates, type KeyDifference, type StateComparison } from './state.js';
