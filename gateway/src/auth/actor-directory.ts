import type { Actor, ConsortiumRoot } from '@veinledger/domain';
import type { Ledger, SubmitterIdentity } from '@veinledger/ledger';
import { contractCodeOf } from '../problems/contract-code.js';
import type { Caller } from './caller.js';

/** Where the gateway looks actors up. */
export interface ActorDirectory {
  /**
   * The actor as the ledger has it now; undefined when nobody is enrolled under the id. Before the ledger is
   * bootstrapped it holds nobody, and the registrars are those of the consortium root.
   * @throws LedgerError when the ledger cannot answer
   */
  find(id: string): Promise<Caller | undefined>;
  /** The actor, where it is known without asking the ledger; left out where nothing is remembered. */
  readonly remembered?: (id: string) => Caller | undefined;
}

/**
 * The directory that asks the ledger each time, through an identity of any member.
 * @param relay reads patients of other members' hospitals
 */
export function ledgerDirectory(
  ledger: Pick<Ledger, 'evaluate'>,
  root: ConsortiumRoot,
  reader: () => SubmitterIdentity,
  relay: () => SubmitterIdentity | undefined,
): ActorDirectory {
  const read = async (id: string, submitter: SubmitterIdentity) => {
    const text = await ledger.evaluate({ function: 'registry:ReadActor', args: [id], submitter });
    return callerOf(JSON.parse(text) as Actor);
  };
  return {
    async find(id) {
      try {
        return await read(id, reader());
      } catch (error) {
        const code = contractCodeOf(error);
        const carrier = code === 'NOT_ENTITLED' ? relay() : undefined;
        if (carrier) return read(id, carrier);
        if (code === 'NOT_FOUND') return undefined;
        if (code === 'UNKNOWN_ORGANISATION') return founder(root, id);
        throw error;
      }
    },
  };
}

function callerOf({ id, organisation, roles, keys, revocation, inCareOf }: Actor): Caller {
  return {
    ...{ id, organisation, roles, keys },
    ...(revocation === undefined ? {} : { revokedAt: revocation.at }),
    ...(inCareOf === undefined ? {} : { inCareOf: inCareOf.organisation }),
  };
}

/** The reader is a member of the root: that the ledger knows no such member means that it holds nothing yet. */
function founder(root: ConsortiumRoot, id: string): Caller | undefined {
  const organisation = root.organisations.find((each) => each.registrar.actor === id);
  if (!organisation) return undefined;
  const { keys } = organisation.registrar;
  return { id, organisation: organisation.id, roles: ['registrar'], keys };
}
