import fabric from 'fabric-contract-api';
import { type Actor, canonicalise, keyFor, requireGovernance } from '@veinledger/domain';
import { LedgerContext } from './ledger-context.js';
import { contractOf } from './ledger-contract.js';
import { readPage, readPageOf } from './paging.js';
import { counted } from './proposals.js';
import { actorForReader, answer, requireMember, seesInList } from './reading.js';

const { Info, Returns, Transaction } = fabric;

@Info({
  title: 'registry',
  description: 'Who the members and their actors are, with which roles and keys',
})
export class RegistryContract extends contractOf('registry') {
  /** One page of the actors that the reader may see, by id, and the bookmark of the next. */
  @Transaction(false)
  @Returns('string')
  async PageActors(context: LedgerContext, pageSize: string, bookmark: string): Promise<string> {
    await requireMember(context);
    const sees = (actor: Actor) => seesInList(context, actor);
    return canonicalise(await readPageOf(context, 'actor', { pageSize, bookmark }, sees));
  }

  /** The keys that an actor held before, by the thumbprint of the Ed25519 key. */
  @Transaction(false)
  @Returns('string')
  async ListFormerKeys(context: LedgerContext, actor: string): Promise<string> {
    await actorForReader(context, actor);
    return canonicalise(await context.reader.range('former-keys', { actor }));
  }

  /** Every member. */
  @Transaction(false)
  @Returns('string')
  async ListOrganisations(context: LedgerContext): Promise<string> {
    await requireMember(context);
    return answer(await context.reader.range('organisation', {}), 'organisation', 'none');
  }

  /** The signature algorithms with what members agreed on for each: by what commands are signed. */
  @Transaction(false)
  @Returns('string')
  async ListAlgorithms(context: LedgerContext): Promise<string> {
    await requireMember(context);
    const governance = await context.reader.get('governance', {});
    return canonicalise(requireGovernance(governance).algorithms);
  }

  /** One page of the proposals, by id, and the bookmark of the next. */
  @Transaction(false)
  @Returns('string')
  async PageProposals(context: LedgerContext, pageSize: string, bookmark: string): Promise<string> {
    await requireMember(context);
    const page = await readPage(context, keyFor('proposal', {}), pageSize, bookmark);
    const found = page.entities.filter((entity) => entity.noun === 'proposal');
    return canonicalise({ proposals: await counted(context, found), bookmark: page.bookmark });
  }
}
