import { type Noun, NOUNS, type Outlook, sightOfNoun } from '@veinledger/domain';
import type { Caller } from '../auth/caller.js';
import type { Ledger } from '@veinledger/ledger';
import { contractCodeOf } from '../problems/contract-code.js';
import { circleNow } from '../reads/caller-reader.js';
import type { TraceSheet } from './sheet.js';
import type { OutlookReader, StandingConsent } from '../reads/outlook-reader.js';
import type { TherapyLists, TherapyTrace } from '../reads/therapy-lists.js';

const MINUTE_MS = 60_000;

/** What a picture of the lineage is drawn of. */
export interface Drawn {
  readonly trace: TherapyTrace;
  readonly outlook: Outlook;
}

/** Gathers what a printed trace shows to a caller. */
export class TraceReader {
  readonly #lists: TherapyLists;
  readonly #outlooks: OutlookReader;
  readonly #ledger: Pick<Ledger, 'height'>;

  constructor(lists: TherapyLists, outlooks: OutlookReader, ledger: Pick<Ledger, 'height'>) {
    this.#lists = lists;
    this.#outlooks = outlooks;
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
    const { trace, outlook } = await this.drawn(caller, coi);
    const consents = await this.#consents(caller, trace.therapy.patient);
    const untold = untoldOf(caller, trace);
    const minute = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
    const printedAt = new Date(minute).toISOString();
    return { trace, outlook, consents, untold, printedAt, printedBy: caller.id, height, picture };
  }

  /**
   * The trace with how its things stand now.
   * @throws VeinledgerError NOT_ENTITLED for another patient; LedgerError for what the contract refuses
   */
  async drawn(caller: Caller, coi: string): Promise<Drawn> {
    const trace = await this.#lists.trace(caller, coi);
    return { trace, outlook: await this.#outlooks.outlook(caller, coi) };
  }

  async #consents(
    caller: Caller,
    patient: string,
  ): Promise<readonly StandingConsent[] | undefined> {
    try {
      return await this.#outlooks.consents(caller, patient);
    } catch (error) {
      if (contractCodeOf(error) === 'NOT_ENTITLED') return undefined;
      throw error;
    }
  }
}

function untoldOf(caller: Caller, { therapy }: TherapyTrace): readonly Noun[] {
  const circle = circleNow(therapy);
  const nouns = Object.values(NOUNS).map(({ noun }) => noun);
  return nouns.filter((noun) => sightOfNoun(caller, noun, circle) === 'nothing');
}
