import type { CommandRecord, Therapy } from '@veinledger/chaincode/domain';
import type { z } from 'zod';
import type { Caller } from '../auth/caller.js';
import type { thing } from '../openapi/schemas/trace.js';
import { type CallerReader, requireOwn } from './caller-reader.js';
import type { Listing } from './listing/listing.js';
import { wholeList } from './listing/whole-list.js';

/** What the ledger holds of a therapy besides its command records. */
export type Thing = z.output<typeof thing>;

/** Everything the ledger holds of a therapy. */
export interface TherapyTrace {
  readonly therapy: Therapy;
  readonly things: readonly Thing[];
  readonly records: readonly CommandRecord[];
}

/** A therapy's lists, for a caller who may read it. */
export class TherapyLists {
  readonly #reader: CallerReader;

  constructor(reader: CallerReader) {
    this.#reader = reader;
  }

  /**
   * The whole trace.
   * @throws VeinledgerError NOT_ENTITLED for another patient; LedgerError for what the contract refuses
   */
  async trace(caller: Caller, coi: string): Promise<TherapyTrace> {
    const trace = (await this.#reader.read(caller, 'audit:TraceTherapy', coi)) as TherapyTrace;
    requireOwn(caller, trace.therapy.patient, 'coi');
    return trace;
  }

  /** Command records by transaction time. Reading it throws what {@link trace} throws. */
  records(caller: Caller, coi: string): Listing<CommandRecord> {
    const read = async () => (await this.trace(caller, coi)).records;
    return wholeList(read, ({ transactionTime, commandId }) => `${transactionTime} ${commandId}`);
  }

  /** Things by noun and id. Reading it throws what {@link trace} throws. */
  things(caller: Caller, coi: string): Listing<Thing> {
    const read = async () => (await this.trace(caller, coi)).things;
    return wholeList(read, (each) => `${each.noun} ${nameOfThing(each)}`);
  }
}

/** What tells a thing from others of its noun. */
export function nameOfThing(each: Thing): string {
  if (each.noun !== 'step') return each.id;
  return `${each.step} ${String(each.attempt).padStart(2, '0')}`;
}
