import { type Actor, type Next, type TherapyWaiting, waitingFor } from '@veinledger/domain';
import type { Caller } from '../auth/caller.js';
import type { CallerReader } from './caller-reader.js';
import type { Listing } from './listing/listing.js';
import type { TherapyIndex } from './therapy-index.js';

/** What waits for a caller's signature, therapy by therapy, of what they are told (H1). */
export class WaitingReader {
  readonly #reader: Pick<CallerReader, 'read' | 'requireMember'>;
  readonly #index: Pick<TherapyIndex, 'list'>;

  constructor(
    reader: Pick<CallerReader, 'read' | 'requireMember'>,
    index: Pick<TherapyIndex, 'list'>,
  ) {
    this.#reader = reader;
    this.#index = index;
  }

  /**
   * What waits in one therapy.
   * @throws VeinledgerError NOT_ENTITLED; LedgerError for what the contract refuses
   */
  async therapy(caller: Caller, coi: string): Promise<TherapyWaiting> {
    return (await this.#queueOf(caller))(coi);
  }

  /**
   * The therapies that the caller may read, each with what waits for the caller: an item costs one reading of who is next,
   * so that a page costs as many as it holds, and one.
   * @throws LedgerError for who is of no member, and when the ledger cannot answer
   */
  async list(caller: Caller): Promise<Listing<TherapyWaiting>> {
    await this.#reader.requireMember(caller);
    const therapies = this.#index.list(caller);
    const queue = await this.#queueOf(caller);
    return async function* (after) {
      for await (const { item, place } of therapies(after)) {
        yield { item: await queue(item.coi), place };
      }
    };
  }

  /** Asks as the caller, in the roles of the call, and as the natural person that they are enrolled as. */
  async #queueOf(caller: Caller): Promise<(coi: string) => Promise<TherapyWaiting>> {
    const { id, organisation, roles } = caller;
    const actor = (await this.#reader.read(caller, 'registry:ReadActor', id)) as Actor;
    const { kind, person } = actor;
    return async (coi) => {
      const next = (await this.#reader.read(caller, 'therapy:ReadNext', coi)) as Next;
      return waitingFor({ id, organisation, roles, kind, person }, next);
    };
  }
}
