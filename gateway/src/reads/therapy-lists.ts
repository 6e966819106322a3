import {
  type CommandRecord,
  type EntityOf,
  keyFor,
  type KeyOf,
  learnsOf,
  type Therapy,
  type ThingNoun,
  VeinledgerError,
} from '@veinledger/domain';
import { bookmarkAt, bookmarkOf, compositeKey } from '@veinledger/chaincode/replay';
import type { suspectMark } from '@veinledger/client/wire';
import type { z } from 'zod';
import type { Caller } from '../auth/caller.js';
import { type CallerReader, notEntitled } from './caller-reader.js';
import type { Listing } from './listing/listing.js';
import { bookmarkedList } from './listing/bookmarked-list.js';

/** What the ledger holds of a therapy besides its command records. */
export type Thing = EntityOf<ThingNoun>;

/** What its therapy and an id name together. */
export type NamedThing = EntityOf<
  { [N in ThingNoun]: KeyOf<N> extends { coi: string; id: string } ? N : never }[ThingNoun]
>;

/** A command's record, marked where it is suspect. */
export interface MarkedRecord extends CommandRecord {
  readonly suspect?: z.output<typeof suspectMark>;
}

/** Everything the ledger holds of a therapy. */
export interface TherapyTrace {
  readonly therapy: Therapy;
  readonly things: readonly Thing[];
  readonly records: readonly MarkedRecord[];
}

interface TherapyPage extends TherapyTrace {
  /** where the next page begins; empty after the last */
  readonly bookmark: string;
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
    return trace;
  }

  /** Command records by transaction time. Reading it throws what {@link trace} throws. */
  records(caller: Caller, coi: string): Listing<MarkedRecord> {
    return bookmarkedList(async (size, bookmark) => {
      const page = await this.#page(caller, coi, size, bookmark);
      return { items: page.records, bookmark: page.bookmark };
    }, bookmarkAt);
  }

  /** Things by noun and id. Reading it throws what {@link trace} throws. */
  things(caller: Caller, coi: string): Listing<Thing> {
    return bookmarkedList(async (size, bookmark) => {
      const page = await this.#page(caller, coi, size, bookmark);
      return { items: page.things, bookmark: page.bookmark };
    }, bookmarkAt);
  }

  /**
   * One thing by its noun and id: the page of one that begins at its key.
   * @throws VeinledgerError NOT_FOUND, NOT_ENTITLED for a caller who sees none of the noun; what {@link trace} throws
   */
  async thing(caller: Caller, coi: string, noun: NamedThing['noun'], id: string): Promise<Thing> {
    if (!learnsOf(caller, noun)) throw notEntitled("not for the caller's roles", 'authorization');
    const bookmark = bookmarkOf(compositeKey(keyFor(noun, { coi, id })));
    const { things } = await this.#page(caller, coi, 1, bookmark);
    const found = things.find((each) => each.noun === noun && each.id === id);
    if (found) return found;
    throw new VeinledgerError('NOT_FOUND', 'the ledger holds no such thing', {
      field: noun,
      expected: 'something recorded',
      found: id,
    });
  }

  async #page(caller: Caller, coi: string, size: number, bookmark: string): Promise<TherapyPage> {
    const asked = [coi, String(size), bookmark];
    const page = (await this.#reader.read(caller, 'audit:PageTherapy', ...asked)) as TherapyPage;
    return page;
  }
}

/** What tells a thing from others of its noun. */
export function nameOfThing(each: Thing): string {
  switch (each.noun) {
    case 'dose-line':
      return String(each.number);
    case 'alarm':
      return each.raised.command;
    case 'annulment':
      return each.command;
    case 'early-recall':
      return each.subject;
    case 'recall-decision':
      return `${each.batch} ${nameOfAttempt(each)}`;
    case 'step':
      return nameOfAttempt(each);
    default:
      return each.id;
  }
}

function nameOfAttempt({ step, attempt }: { readonly step: string; readonly attempt: number }) {
  return `${step} ${String(attempt).padStart(2, '0')}`;
}
