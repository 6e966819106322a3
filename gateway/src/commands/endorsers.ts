import type { Therapy } from '@veinledger/domain';
import { type Ledger, LedgerError, type SubmitterIdentity } from '@veinledger/ledger';
import { contractCodeOf } from '../problems/contract-code.js';
import { ProblemError } from '../problems/problem.js';
import { presentMembers } from './present-members.js';
import type { ReadCommand } from './read-command.js';

/** Who can endorse on a ledger, and how many of them must. */
export interface EndorsementRule {
  /** MSP ids of the organisations that run a peer */
  readonly organisations: readonly string[];
  readonly needed: number;
}

/** What the endorsers of a command with annexes are found by. */
export interface EndorserSearch {
  readonly ledger: Pick<Ledger, 'evaluate'>;
  readonly rule: EndorsementRule;
  /** a therapy's parties by the blocks, which tell them to every member; undefined where no block ordered it */
  readonly partiesByBlocks: (coi: string) => Promise<readonly string[] | undefined>;
}

/**
 * The organisations that may see a command's annexes while they endorse it: those of the therapy's parties that run a
 * peer and have not left, the submitter's own first. The ledger asks as many as the rule needs, and others of them only
 * when these do not answer or do not agree. What an outsider reports goes to the parties' peers too: it is about their
 * patient, and no other member's affair.
 * @throws ProblemError 409 ENDORSERS_MISSING when too few of the parties run a peer
 * @throws LedgerError when the ledger cannot answer, and with UNKNOWN_COI for a therapy that nobody ordered
 */
export async function endorsersOf(
  search: EndorserSearch,
  command: ReadCommand,
  submitter: SubmitterIdentity,
): Promise<readonly string[]> {
  const { ledger, rule } = search;
  const [parties, present] = await Promise.all([
    partiesOf(search, command, submitter),
    presentMembers(ledger, submitter),
  ]);
  const able = rule.organisations.filter((each) => parties.includes(each) && present.has(each));
  if (able.length < rule.needed) {
    throw new ProblemError({
      status: 409,
      code: 'ENDORSERS_MISSING',
      detail: "too few of the therapy's parties run a peer: its annexes would leave the parties",
      field: 'parties',
      expected: `${rule.needed} of ${rule.organisations.join()}`,
      found: `${able.length}`,
    });
  }
  const own = able.filter((organisation) => organisation === submitter.mspId);
  const others = able.filter((organisation) => organisation !== submitter.mspId);
  return [...own, ...others];
}

async function partiesOf(
  { ledger, partiesByBlocks }: EndorserSearch,
  { type, envelope, coi = '' }: ReadCommand,
  submitter: SubmitterIdentity,
): Promise<readonly string[]> {
  const { parties } = envelope.body;
  if (type.type === 'therapy:OrderTherapy' && Array.isArray(parties)) return parties.map(String);
  try {
    const text = await ledger.evaluate({ function: 'therapy:Read', args: [coi], submitter });
    return (JSON.parse(text) as Therapy).parties;
  } catch (error) {
    if (contractCodeOf(error) !== 'NOT_ENTITLED') throw error;
  }
  const known = await partiesByBlocks(coi);
  if (known !== undefined) return known;
  throw new LedgerError('unavailable', 'the order of the therapy has not been read yet');
}
