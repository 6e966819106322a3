export { type ComparedPeer, type LedgerReader } from './block-source.js';
export {
  compareBlocks,
  type BlockComparison,
  type BlockStream,
  type BlockDifference,
  type TransactionDifference,
} from './blocks.js';
export { type SnapshotPeer, type StateSnapshot } from './snapshot.js';
export { type KeyDifference, type StateComparison } from './state.js';
export { reportLines } from './report-lines.js';
export { verifyLedgers, type Verification, type VerificationReport } from './verify.js';
export { oddCode, type AskedPeer, type Committed, type MemberCode } from './code.js';
