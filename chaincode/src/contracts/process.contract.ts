import fabric from 'fabric-contract-api';
import { LedgerContext } from './ledger-context.js';
import { contractOf } from './ledger-contract.js';
import { answer, requireMember } from './reading.js';

const { Info, Returns, Transaction } = fabric;

@Info({ title: 'process', description: 'How a product is made, as the consortium agreed' })
export class ProcessContract extends contractOf('process') {
  /** A published process definition with its hash. */
  @Transaction(false)
  @Returns('string')
  async Read(context: LedgerContext, id: string, version: string): Promise<string> {
    await requireMember(context);
    const process = await context.reader.get('process', { id, version });
    return answer(process, 'process', `${id} ${version}`);
  }
}
