import { isJudged } from '@veinledger/domain';
import { executeCommand, PLANS, type AnyCommandType, type Rulebook } from '../commands/index.js';
import {
  canonicalise,
  type CommandRecord,
  type Entity,
  isRelayed,
  parseJws,
  type PublicKeys,
  type Submitter,
} from '@veinledger/domain';
import { StateReader } from '../state/reader.js';
import { annexesFrom } from './annexes.js';
import { compareTexts } from './comparison.js';
import type { Difference } from './finding.js';
import { ReplayState } from './replay-state.js';

/** A signed command with the receipt that somebody shows for it, and where it is said to stand. */
export interface ShownCommand {
  readonly jws: string;
  readonly receipt: CommandRecord;
  readonly block: number;
  readonly index: number;
}

/** What can be said of a shown command from the root alone. */
export interface ReplayedReceipt {
  /** what keeps its signatures, its actor's enrolment or its receipt from being proven; empty when they are */
  readonly differences: readonly Difference[];
  /** the keys that it is signed by, as the commands before it enrolled them; left out where nobody did */
  readonly keys?: PublicKeys;
  /** whether its verdicts on results are the endorsers' word */
  readonly endorsedOnly: boolean;
  /** what it wrote, in the order of its writes, each as it was and as it is; nothing where it could not be decided anew */
  readonly changes: readonly EntityChange[];
}

/** An entity before and after a command; before is left out of what was new. */
export interface EntityChange {
  readonly before?: Entity;
  readonly after: Entity;
}

/**
 * Decides commands anew that somebody shows without their ledger, in the order of the ledger, from the consortium root
 * and nothing else: whoever signs must have been enrolled, up to a founder's registrar, by the commands before, with the
 * keys that they had then. Receipts must be what comes out.
 *
 * What only blocks can show is taken as shown: transactions' ids, times and places, and that no command in between was
 * left out. A receipt that hangs on a command that is not shown comes out as a difference.
 * @param commands sorted by block and index
 */
export async function replayReceipts(
  commands: readonly ShownCommand[],
  rulebook: Rulebook,
): Promise<readonly ReplayedReceipt[]> {
  const state = new ReplayState();
  const replayed: ReplayedReceipt[] = [];
  for (const command of commands) replayed.push(await replayReceipt(command, state, rulebook));
  return replayed;
}

async function replayReceipt(
  { jws, receipt, block, index }: ShownCommand,
  state: ReplayState,
  rulebook: Rulebook,
): Promise<ReplayedReceipt> {
  const plan = PLANS.get(receipt.type);
  if (!plan) {
    const differences = [turnedAway(`no type ${receipt.type}`)];
    return { differences, endorsedOnly: false, changes: [] };
  }
  const { annexes } = await annexesFrom(undefined, receipt.annex, canonicalise(receipt));
  const endorsedOnly = annexes.from === 'endorsement' && isJudged(receipt.annex);
  try {
    const signer = await signerOf(jws, plan, state, rulebook);
    const { transactionId, transactionTime } = receipt;
    const { submitter } = signer;
    const carriage = { plan, jws, annexes, submitter, transactionId, transactionTime };
    const executed = await executeCommand(state, carriage, rulebook);
    const changes = await changesIn(executed.writes, state);
    state.apply(executed.writes, { block, transaction: index });
    const [expected, found] = [canonicalise(executed.receipt), canonicalise(receipt)];
    const differences = compareTexts('receipt', 'receipt', expected, found);
    return { differences, ...(signer.keys && { keys: signer.keys }), endorsedOnly, changes };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { differences: [turnedAway(why)], endorsedOnly, changes: [] };
  }
}

/** What the writes of a command change in the state that it was decided on. */
function changesIn(
  writes: readonly { readonly key: string; readonly value: string }[],
  state: ReplayState,
): Promise<readonly EntityChange[]> {
  return Promise.all(
    writes.map(async ({ key, value }) => {
      const before = await state.get(key);
      const after = JSON.parse(value) as Entity;
      return before === undefined ? { after } : { before: JSON.parse(before) as Entity, after };
    }),
  );
}

interface Signer {
  readonly keys?: PublicKeys;
  readonly submitter: Submitter;
}

/** The command's signer as the state has it. Its carrier stands in no receipt: one is assumed that may carry it. */
async function signerOf(
  jws: string,
  { roles }: AnyCommandType,
  state: ReplayState,
  { root }: Rulebook,
): Promise<Signer> {
  const { payload } = parseJws(jws, 'vnd.veinledger.command+jws', 'as-named');
  const id = (payload as { readonly actor?: unknown }).actor;
  const actor =
    typeof id === 'string' ? await new StateReader(state).get('actor', { id }) : undefined;
  if (actor) {
    const submitter = { mspId: actor.organisation, roles, relay: isRelayed(actor) };
    return { keys: actor.keys, submitter };
  }
  const founder = root.organisations.find(({ registrar }) => registrar.actor === id);
  const submitter = { mspId: founder?.id ?? '', roles, relay: false };
  return founder ? { keys: founder.registrar.keys, submitter } : { submitter };
}

function turnedAway(found: string): Difference {
  return {
    kind: 'unacceptable-command',
    subject: 'command',
    expected: 'a command that the commands before it make acceptable',
    found,
  };
}
