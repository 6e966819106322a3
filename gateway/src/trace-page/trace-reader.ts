import type { Consent } from '@veinledger/domain';
import type { Caller } from '../auth/caller.js';
import type { Ledger } from '@veinledger/ledger';
import { contractCodeOf } from '../problems/contract-code.js';
import type { TraceSheet } from './sheet.js';
import type { CallerReader } from '../reads/caller-reader.js';
import type { TherapyLists } from '../reads/therapy-lists.js';

const MINUTE_MS = 60_000;

/** Gathers what a printed trace shows to a caller. */
export class TraceReader {
  readonly #lists: TherapyLists;
  readonly #reader: CallerReader;
  readonly #ledger: Pick<Ledger, 'height'>;

  constructor(lists: TherapyLists, reader: CallerReader, ledger: Pick<Ledger, 'height'>) {
    this.#lists = lists;
    this.#reader = reader;
    this.#ledger = ledger;
  }

  /**
   * The trace with what stands around it. The time is that of the minute, so that a page asked for twice is the same.
   * @param picture where the picture stands alone, relative to the page
   * @throws VeinledgerError NOT_ENTITLED for another patient; LedgerError for what the contract refuses
   */
  async sheet(caller: Caller, coi: string, picture?: string): Promise<TraceSheet> {
    // the height comes first: what the trace holds, that many blocks hold at least
    const height = await this.#ledger.height();
    const trace = await this.#lists.trace(caller, coi);
    const consents = await this.#consents(caller, trace.therapy.patient);
    const minute = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
    const printedAt = new Date(minute).toISOString();
    return { trace, consents, printedAt, printedBy: caller.id, height, picture };
  }

  async #consents(caller: Caller, patient: string): Promise<readonly Consent[] | undefined> {
    try {
      return (await this.#reader.read(caller, 'consent:List', patient)) as readonly Consent[];
    } catch (error) {
      if (contractCodeOf(error) === 'NOT_ENTITLED') return undefined;
      throw error;
    }
  }
}
