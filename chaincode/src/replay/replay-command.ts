import { executeCommand, type AnyCommandType, type Rulebook } from '../commands/index.js';
import { type CommandRecord, parseJws, readEnvelope } from '@veinledger/domain';
import type { Store } from '../state/store.js';
import { type AnnexVault, annexesFrom } from './annexes.js';
import type { LedgerTransaction } from './block.js';
import { compareExecution } from './comparison.js';
import type { Difference } from './finding.js';
import { hiddenReads } from './hidden-reads.js';
import { ObservedStore } from './observed-store.js';
import { submitterOf } from './submitter.js';

/** What a replay holds blocks against: the agreed root, a verifier, and the annexes it was given. */
export interface ReplaySettings extends Rulebook {
  readonly vault?: AnnexVault;
}

/** What became of one command when it was executed again. */
export interface ReplayedCommand {
  readonly differences: readonly Difference[];
  /** left out when the rules turn the command away */
  readonly receipt?: CommandRecord;
  /** whether the command had been decided on before */
  readonly repeated: boolean;
  /** whether the vault lacked one of its annexes */
  readonly unopened: boolean;
}

/** Executes the command of a valid transaction on the state before it, and compares. */
export async function replayCommand(
  plan: AnyCommandType,
  transaction: LedgerTransaction,
  store: Store,
  settings: ReplaySettings,
): Promise<ReplayedCommand> {
  const [jws = ''] = transaction.args;
  const committed = committedAnnexes(plan, jws, settings);
  const { annexes, damaged } = await annexesFrom(settings.vault, committed, transaction.response);
  const observed = new ObservedStore(store);
  try {
    const executed = await executeCommand(
      observed,
      {
        plan,
        jws,
        annexes,
        submitter: submitterOf(transaction.creator),
        transactionId: transaction.transactionId,
        transactionTime: transaction.timestamp,
      },
      settings,
    );
    return {
      differences: [
        ...damaged,
        ...compareExecution(executed, transaction),
        ...hiddenReads(observed, transaction),
      ],
      receipt: executed.receipt,
      repeated: executed.writes.length === 0,
      unopened: annexes.from === 'endorsement',
    };
  } catch (error) {
    return { differences: [...damaged, turnedAway(error)], repeated: false, unopened: false };
  }
}

/** The digests by name that a command commits to; none when it cannot be read, which its execution then says. */
function committedAnnexes(
  plan: AnyCommandType,
  jws: string,
  { root }: Rulebook,
): Readonly<Record<string, string>> {
  try {
    const { payload } = parseJws(jws, 'vnd.veinledger.command+jws', 'as-named');
    return readEnvelope(payload, root.network, plan.type).annex ?? {};
  } catch {
    return {};
  }
}

/** Not only the rules' own errors: forged state and unreadable certificates make others, and an audit goes on. */
function turnedAway(error: unknown): Difference {
  return {
    kind: 'unacceptable-command',
    subject: 'command',
    expected: 'a command that the rules accept',
    found: error instanceof Error ? error.message : String(error),
  };
}
