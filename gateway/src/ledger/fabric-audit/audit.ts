import {
  replay,
  type LedgerBlock,
  type ReplayOptions,
  type ReplayReport,
} from '@veinledger/chaincode/replay';
import { readBlock, type RawBlock } from '../fabric/parse/block.js';
import { ChainAudit } from './chain-audit.js';
import type { AuditFinding } from './finding.js';
import type { AuditedMember } from './member.js';
import { stateFindings } from './state-check.js';

/** How often states are read anew while members go on committing. */
const MAX_ROUNDS = 5;

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

/** What an audit saw. */
export interface AuditReport {
  readonly channel: string;
  readonly members: readonly string[];
  /** blocks that all of the members have */
  readonly height: number;
  /** blocks that changed the channel's configuration, the first one included */
  readonly configurations: number;
  /** signatures of ordering nodes, creators and endorsers that were verified */
  readonly signatures: { readonly ordering: number; readonly endorsements: number };
  readonly findings: readonly AuditFinding[];
  /** transactions whose code was taken on the members' word */
  readonly uncheckedCodes: ReplayReport['uncheckedCodes'];
  /** the decisions and states, recomputed from the blocks that the ordering nodes signed */
  readonly replay: ReplayReport;
  /** whether nothing differs */
  readonly sound: boolean;
}

/**
 * Checks a channel as two or more members have it, trusting none of them and no chaincode: that each block was ordered
 * and signed by those who may, that each transaction was endorsed by those who must and is valid or not as its
 * signatures and reads say, that each signed command leads to what was written, and that each member serves the state
 * which that makes. It names every difference, and the member that has it.
 * Throws a LedgerError of kind `unavailable` when a member does not answer, and an Error when the genesis block is none.
 */
export async function auditMembers(options: AuditOptions): Promise<AuditReport> {
  const { members, genesis, chaincode, root, verifier, vault } = options;
  const chain = await ChainAudit.from(genesis, members);
  let states: readonly AuditFinding[] = [];

  async function* blocks(): AsyncGenerator<LedgerBlock, void> {
    let next = 0;
    for (let round = 1; round <= MAX_ROUNDS; round += 1) {
      const height = await commonHeight(members);
      for (; next < height; next += 1) {
        options.signal?.throwIfAborted();
        yield readBlock(await chain.next(next), chaincode);
        options.onProgress?.({ doing: 'blocks', done: next + 1, total: height });
      }
      states = await allStates(options, chain, height);
      if (states.length === 0 || (await commonHeight(members)) === height) return;
    }
  }

  const report = await replay({
    blocks: blocks(),
    root,
    verifier,
    ...(vault === undefined ? {} : { vault }),
  });
  const findings = [...chain.findings, ...report.findings, ...states];
  return {
    channel: chain.channel,
    members: members.map(({ name }) => name),
    height: report.blocks,
    configurations: chain.configurations,
    signatures: chain.signatures,
    findings,
    uncheckedCodes: chain.uncheckedCodes,
    replay: report,
    sound: findings.length === 0,
  };
}

async function commonHeight(members: readonly AuditedMember[]): Promise<number> {
  return Math.min(...(await Promise.all(members.map((each) => each.height()))));
}

async function allStates(
  { members, chaincode, onProgress }: AuditOptions,
  chain: ChainAudit,
  height: number,
): Promise<readonly AuditFinding[]> {
  const findings: AuditFinding[] = [];
  for (const [index, member] of members.entries()) {
    onProgress?.({ doing: 'states', done: index, total: members.length });
    findings.push(...(await stateFindings(member, chain.stateOf(chaincode), height)));
  }
  onProgress?.({ doing: 'states', done: members.length, total: members.length });
  return findings;
}
