import type { ReplayOptions } from '@veinledger/chaincode/replay';
import type { RawBlock } from '../fabric/parse/block.js';
import type { AuditedMember } from './member.js';

export interface AuditOptions extends Omit<ReplayOptions, 'blocks' | 'state'> {
  /** two or more */
  readonly members: readonly AuditedMember[];
  /** the channel's first block, which the auditor has from somebody it trusts */
  readonly genesis: RawBlock;
  readonly chaincode: string;
  /** called after each block, and when states are read */
  readonly onProgress?: (progress: AuditProgress) => void;
  readonly signal?: AbortSignal;
}

export interface AuditProgress {
  readonly doing: 'blocks' | 'states';
  readonly done: number;
  readonly total: number;
}
