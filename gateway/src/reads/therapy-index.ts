import {
  actorId,
  coi,
  country,
  instant,
  organisationId,
  sightOfNoun,
  therapySchema,
} from '@veinledger/domain';
import { type LedgerBlock, VALIDATION } from '@veinledger/chaincode/replay';
import { z } from 'zod';
import { type Caller, isRelayedCaller } from '../auth/caller.js';
import type { Ledger } from '@veinledger/ledger';
import { circleNow } from './caller-reader.js';
import { BlockIndex } from '../state/block-index.js';
import type { GatewayState } from '../state/gateway-state.js';
import type { Listing } from './listing/listing.js';

/** A therapy as a list shows it. */
export const therapySummary = z.strictObject({
  coi,
  patient: actorId,
  process: z.strictObject({ id: z.string(), version: z.string() }),
  parties: z.array(organisationId),
  jurisdiction: country,
  orderedAt: instant,
});

export type TherapySummary = z.output<typeof therapySummary>;

/** A therapy as the index keeps it: with whom emergency access admits, and until when. */
const indexed = therapySummary.extend({ admitted: therapySchema.shape.admitted });
type Indexed = z.output<typeof indexed>;

/** A therapy as the ledger's state holds it, of which a list shows a part. */
const therapyWrite = z
  .object({
    ...indexed.omit({ orderedAt: true }).shape,
    process: z.object(therapySummary.shape.process.shape),
    ordered: z.object({ at: instant }),
  })
  .transform(({ ordered, ...shown }) => ({ ...shown, orderedAt: ordered.at }));
const isTherapy = (value: unknown) =>
  z.object({ noun: z.literal('therapy') }).safeParse(value).success;
/** What a therapy's value says of itself, so that no other value is read. */
const THERAPY_MARK = '"noun":"therapy"';

const END = '\u0001';
/** Whose list an entry is in: everybody's, a member's, a patient's own, or a physician's whom emergency access admits. */
const listOfAll = 'all';
const listOfMember = (id: string) => `member ${id}`;
const listOfPatient = (id: string) => `patient ${id}`;
const listOfAdmitted = (id: string) => `admitted ${id}`;

/** Which therapies there are, for whom: read from the blocks, since the ledger's state answers one therapy at a time. */
export class TherapyIndex {
  readonly #therapies: BlockIndex<Indexed>;

  constructor(ledger: Pick<Ledger, 'blocks'>, state: GatewayState) {
    const kept = { collection: 'therapy-index', entry: indexed, changes: changesOf };
    this.#therapies = new BlockIndex<Indexed>({ ledger, state, ...kept });
  }

  /**
   * A therapy's parties, whoever asks: for the gateway's own use, and told to no caller.
   * @throws LedgerError when the ledger does not answer
   */
  async parties(chain: string): Promise<readonly string[] | undefined> {
    const from = keyOf(listOfAll, chain);
    for await (const [, therapy] of this.#therapies.entries({ from, before: `${from}${END}` })) {
      return therapy.parties;
    }
    return undefined;
  }

  /**
   * The therapies that a caller may read, by chain of identity: a patient's own, a member's, or an auditor's all, and with a
   * physician's each that emergency access opens to them now.
   */
  list(caller: Caller): Listing<TherapySummary> {
    const list = listFor(caller);
    const isOpen = (each: Indexed) => sightOfNoun(caller, 'therapy', circleNow(each)) !== 'nothing';
    const entries = (of: string, after: string | undefined) => this.#entries(of, after);
    return async function* (after) {
      const open: Indexed[] = [];
      for await (const each of entries(listOfAdmitted(caller.id), after))
        if (isOpen(each)) open.push(each);
      for await (const each of entries(list, after)) {
        while (open[0] && open[0].coi < each.coi) yield* open.splice(0, 1).map(shown);
        if (open[0]?.coi === each.coi) open.shift();
        yield shown(each);
      }
      yield* open.map(shown);
    };
  }

  async *#entries(list: string, after: string | undefined): AsyncGenerator<Indexed> {
    const from = after === undefined ? keyOf(list, '') : `${keyOf(list, after)}${END}`;
    for await (const [, each] of this.#therapies.entries({ from, before: `${list}${END}` }))
      yield each;
  }
}

/** A therapy is put into the lists of those who may read it, and taken out of those that it was in before. */
async function* changesOf(
  block: LedgerBlock,
  before: (key: string) => Promise<Indexed | undefined>,
): AsyncGenerator<readonly [string, Indexed | undefined]> {
  for (const therapy of therapiesIn(block)) {
    const known = await before(keyOf(listOfAll, therapy.coi));
    for (const list of known ? listsWith(known) : []) yield [keyOf(list, therapy.coi), undefined];
    for (const list of listsWith(therapy)) yield [keyOf(list, therapy.coi), therapy];
  }
}

function listFor(caller: Caller): string {
  if (isRelayedCaller(caller)) return listOfPatient(caller.id);
  return caller.roles.includes('auditor') ? listOfAll : listOfMember(caller.organisation);
}

function listsWith({ patient, parties, admitted = [] }: Indexed): readonly string[] {
  const physicians = admitted.map(({ actor }) => listOfAdmitted(actor));
  return [listOfAll, listOfPatient(patient), ...parties.map(listOfMember), ...physicians];
}

function shown({ coi: place, patient, process, parties, jurisdiction, orderedAt }: Indexed) {
  return { item: { coi: place, patient, process, parties, jurisdiction, orderedAt }, place };
}

function keyOf(list: string, chain: string): string {
  return `${list}\u0000${chain}`;
}

function* therapiesIn({ transactions }: LedgerBlock): Generator<Indexed> {
  for (const { validationCode, writes } of transactions) {
    if (validationCode !== VALIDATION.VALID) continue;
    for (const { value } of writes) {
      if (value?.includes(THERAPY_MARK) !== true) continue;
      const written: unknown = JSON.parse(value);
      if (isTherapy(written)) yield therapyWrite.parse(written);
    }
  }
}
