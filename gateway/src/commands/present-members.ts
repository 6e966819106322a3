import type { Organisation } from '@veinledger/domain';
import type { Ledger, SubmitterIdentity } from '@veinledger/ledger';

/**
 * The members that there are now, suspended ones among them: nothing new is given to one that has left, whatever it was
 * a party of.
 * @returns MSP ids
 * @throws LedgerError, with UNKNOWN_ORGANISATION where the reader's own organisation is none of them
 */
export async function presentMembers(
  ledger: Pick<Ledger, 'evaluate'>,
  submitter: SubmitterIdentity,
): Promise<ReadonlySet<string>> {
  const asked = { function: 'registry:ListOrganisations', args: [], submitter };
  const organisations = JSON.parse(await ledger.evaluate(asked)) as readonly Organisation[];
  return new Set(organisations.filter(({ standing }) => standing !== 'left').map(({ id }) => id));
}
