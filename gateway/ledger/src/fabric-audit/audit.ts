import { replay, type ReplayReport } from '@veinledger/chaincode/replay';
import { ChainAudit } from './chain-audit.js';
import type { AuditFinding } from './finding.js';
import { type MemberBehind, membersBehind } from './heights.js';
import { LedgerWalk } from './ledger-walk.js';
import type { AuditOptions } from './options.js';

/** What an audit saw. */
export interface AuditReport {
  readonly channel: string;
  readonly members: readonly string[];
  /** blocks that were checked, each at the members that have it */
  readonly height: number;
  /** members that had fewer blocks than others at last */
  readonly behind: readonly MemberBehind[];
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
 * which the blocks that it has make. It names every difference, and the member that has it.
 * Throws a LedgerError of kind `unavailable` when a member does not answer, and an Error when the genesis block is none.
 */
export async function auditMembers(options: AuditOptions): Promise<AuditReport> {
  const { members, genesis, root, verifier, vault } = options;
  const chain = await ChainAudit.from(genesis);
  const walk = new LedgerWalk(options, chain);
  const report = await replay({
    blocks: walk.blocks(),
    root,
    verifier,
    ...(vault === undefined ? {} : { vault }),
  });
  const findings = [...chain.findings, ...report.findings, ...walk.stateFindings];
  return {
    channel: chain.channel,
    members: members.map(({ name }) => name),
    height: report.blocks,
    behind: membersBehind(walk.heights),
    configurations: chain.configurations,
    signatures: chain.signatures,
    findings,
    uncheckedCodes: chain.uncheckedCodes,
    replay: report,
    sound: findings.length === 0,
  };
}
