import type { Organisation } from '@veinledger/domain';
import type { Ledger, SubmitterIdentity } from '@veinledger/ledger';

/**
 * The members that there are now, suspended ones among them: nothing new is given to one that has left, whatever it was
 * a party of.
 * @returns by MSP id
 * @throws LedgerError, with UNKNOWN_ORGANISATION where the reader's own organisation is none of them
 */
export async function presentMembers(
  ledger: Pick<Ledger, 'evaluate'>,
  submitter: SubmitterIdentity,
): Promise<ReadonlyMap<string, Organisation>> {
  const asked = { function: 'registry:ListOrganisations', args: [], submitter };
  const organisations = JSON.parse(await ledger.evaluate(asked)) as readonly Organisation[];
  const present = organisations.filter(({ standing }) => standing !== 'left');
  return new Map(present.map((each) => [each.id, each]));
}
