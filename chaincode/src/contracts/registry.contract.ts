import fabric from 'fabric-contract-api';
import { keys, ranges } from '../state/keys.js';
import { LedgerContext } from './ledger-context.js';
import { LedgerContract } from './ledger-contract.js';
import { answer, requireMember } from './reading.js';

const { Info, Returns, Transaction } = fabric;

@Info({
  title: 'registry',
  description: 'Who the members and their actors are, with which roles and keys',
})
export class RegistryContract extends LedgerContract {
  constructor() {
    super('registry');
  }

  @Transaction()
  @Returns('string')
  Bootstrap(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('registry:Bootstrap', jws);
  }

  @Transaction()
  @Returns('string')
  EnrolActor(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('registry:EnrolActor', jws);
  }

  @Transaction()
  @Returns('string')
  RevokeActor(context: LedgerContext, jws: string): Promise<string> {
    return context.execute('registry:RevokeActor', jws);
  }

  /** The consortium's root as it was bootstrapped. */
  @Transaction(false)
  @Returns('string')
  async ReadRoot(context: LedgerContext): Promise<string> {
    await requireMember(context);
    return answer(await context.reader.get('root', keys.root()), 'root', 'no bootstrap');
  }

  /** An actor with its roles and public keys. */
  @Transaction(false)
  @Returns('string')
  async ReadActor(context: LedgerContext, actor: string): Promise<string> {
    await requireMember(context);
    return answer(await context.reader.get('actor', keys.actor(actor)), 'actor', actor);
  }

  /** Every member. */
  @Transaction(false)
  @Returns('string')
  async ListOrganisations(context: LedgerContext): Promise<string> {
    await requireMember(context);
    return answer(
      await context.reader.range('organisation', ranges.organisations()),
      'organisation',
      'none',
    );
  }
}
