import type { Actor, ConsortiumRoot } from '@veinledger/chaincode/domain';
import type { Ledger, SubmitterIdentity } from '../ledger/port.js';
import { LedgerError } from '../ledger/port.js';
import { readContractMessage } from '../problems/contract-message.js';
import type { Caller } from './caller.js';

/** Where the gateway looks actors up. */
export interface ActorDirectory {
  /**
   * The actor as the ledger has it now; undefined when nobody is enrolled under the id. Before the ledger is
   * bootstrapped it holds nobody, and the registrars are those of the consortium root.
   * @throws LedgerError when the ledger cannot answer
   */
  find(id: string): Promise<Caller | undefined>;
}

/** The directory that asks the ledger each time, through an identity of any member. */
export function ledgerDirectory(
  ledger: Pick<Ledger, 'evaluate'>,
  root: ConsortiumRoot,
  reader: () => SubmitterIdentity,
): ActorDirectory {
  return {
    async find(id) {
      try {
        const text = await ledger.evaluate({
          function: 'registry:ReadActor',
          args: [id],
          submitter: reader(),
        });
        return callerOf(JSON.parse(text) as Actor);
      } catch (error) {
        const code = codeOf(error);
        if (code === 'NOT_FOUND') return undefined;
        if (code === 'UNKNOWN_ORGANISATION') return founder(root, id);
        throw error;
      }
    },
  };
}

function callerOf({ id, organisation, roles, keys, revocation }: Actor): Caller {
  const caller = { id, organisation, roles, keys };
  return revocation === undefined ? caller : { ...caller, revokedAt: revocation.at };
}

/** The reader is a member of the root: that the ledger knows no such member means that it holds nothing yet. */
function founder(root: ConsortiumRoot, id: string): Caller | undefined {
  const organisation = root.organisations.find((each) => each.registrar.actor === id);
  if (!organisation) return undefined;
  const { keys } = organisation.registrar;
  return { id, organisation: organisation.id, roles: ['registrar'], keys };
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof LedgerError) || error.kind !== 'contract') return undefined;
  return readContractMessage(error.message)?.code;
}
