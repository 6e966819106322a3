import type { Therapy } from '@veinledger/chaincode/domain';
import { type Ledger, LedgerError, type SubmitterIdentity } from '../ledger/port.js';
import { ProblemError } from '../problems/problem.js';
import type { ReadCommand } from './read-command.js';

/** Who can endorse on a ledger, and how many of them must. */
export interface EndorsementRule {
  /** MSP ids of the organisations that run a peer */
  readonly organisations: readonly string[];
  readonly needed: number;
}

/**
 * The organisations that may see a command's annexes while they endorse it: those of the therapy's parties that run a
 * peer, the submitter's own first. The ledger asks as many as the rule needs, and others of them only when these do
 * not answer or do not agree. Undefined where an outsider reports: whom its therapy
 * belongs to is not told to outsiders, and what they bring is their own.
 * @throws ProblemError 409 ENDORSERS_MISSING when too few of the parties run a peer
 * @throws LedgerError when the ledger cannot answer
 */
export async function endorsersOf(
  ledger: Ledger,
  command: ReadCommand,
  submitter: SubmitterIdentity,
  rule: EndorsementRule,
): Promise<readonly string[] | undefined> {
  const parties = await partiesOf(ledger, command, submitter);
  if (parties === undefined) return undefined;
  const able = rule.organisations.filter((organisation) => parties.includes(organisation));
  if (able.length < rule.needed) {
    throw new ProblemError({
      status: 409,
      code: 'ENDORSERS_MISSING',
      detail: "too few of the therapy's parties run a peer: its annexes would leave the parties",
      field: 'parties',
      expected: `${rule.needed} of ${rule.organisations.join()}`,
      found: able.join() || 'none',
    });
  }
  const own = able.filter((organisation) => organisation === submitter.mspId);
  const others = able.filter((organisation) => organisation !== submitter.mspId);
  return [...own, ...others];
}

async function partiesOf(
  ledger: Ledger,
  { type, envelope, coi }: ReadCommand,
  submitter: SubmitterIdentity,
): Promise<readonly string[] | undefined> {
  const { parties } = envelope.body;
  if (type.type === 'therapy:OrderTherapy' && Array.isArray(parties)) return parties.map(String);
  if (coi === undefined) return undefined;
  try {
    const text = await ledger.evaluate({ function: 'therapy:Read', args: [coi], submitter });
    return (JSON.parse(text) as Therapy).parties;
  } catch (error) {
    if (error instanceof LedgerError && error.kind === 'contract') return undefined;
    throw error;
  }
}
