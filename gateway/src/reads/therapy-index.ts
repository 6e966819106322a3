import { actorId, coi, country, instant, organisationId } from '@veinledger/chaincode/domain';
import { type LedgerBlock, VALIDATION } from '@veinledger/chaincode/replay';
import { z } from 'zod';
import { type Caller, isPatientCaller } from '../auth/caller.js';
import type { Ledger } from '../ledger/port.js';
import type { Drawer } from '../state/drawer.js';
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

const entry = z.union([therapySummary, z.strictObject({ blocks: z.int().min(0) })]);
type Entry = z.output<typeof entry>;

/** A therapy as the ledger's state holds it, of which a list shows a part. */
const therapyWrite = z
  .object({
    ...therapySummary.omit({ orderedAt: true }).shape,
    process: z.object(therapySummary.shape.process.shape),
    ordered: z.object({ at: instant }),
  })
  .transform(({ ordered, ...shown }) => ({ ...shown, orderedAt: ordered.at }));
const isTherapy = (value: unknown) =>
  z.object({ noun: z.literal('therapy') }).safeParse(value).success;
/** What a therapy's value says of itself, so that no other value is read. */
const THERAPY_MARK = '"noun":"therapy"';

const DRAWER = 'therapy-index';
const CHECKPOINT = 'blocks';
const END = '\u0001';
/** Whose list an entry is in: everybody's, a member's or a patient's own. */
const listOfAll = 'all';
const listOfMember = (id: string) => `member ${id}`;
const listOfPatient = (id: string) => `patient ${id}`;

/**
 * Which therapies there are, for whom: read from the blocks, since the ledger's state answers one therapy at a time.
 * It is kept with the number of blocks that it knows, brought up to date before each list, and made anew from block 0
 * where it is not there.
 */
export class TherapyIndex {
  readonly #ledger: Pick<Ledger, 'blocks'>;
  readonly #drawer: Drawer<Entry>;
  #catchingUp: Promise<void> | undefined;

  constructor(ledger: Pick<Ledger, 'blocks'>, state: GatewayState) {
    this.#ledger = ledger;
    this.#drawer = state.drawer(DRAWER, (value) => entry.parse(value));
  }

  /** The therapies that a caller may read, by chain of identity: a patient's own, a member's, or an auditor's all. */
  list(caller: Caller): Listing<TherapySummary> {
    const list = listFor(caller);
    const catchUp = () => this.#catchUp();
    const drawer = this.#drawer;
    return async function* (after) {
      await catchUp();
      const from = after === undefined ? keyOf(list, '') : `${keyOf(list, after)}${END}`;
      for await (const [, item] of drawer.entries({ from, before: `${list}${END}` })) {
        if ('coi' in item) yield { item, place: item.coi };
      }
    };
  }

  /** Callers at the same time wait for the same reading. */
  #catchUp(): Promise<void> {
    this.#catchingUp ??= this.#readBlocks().finally(() => {
      this.#catchingUp = undefined;
    });
    return this.#catchingUp;
  }

  async #readBlocks(): Promise<void> {
    const known = await this.#drawer.get(CHECKPOINT);
    const first = known !== undefined && 'blocks' in known ? known.blocks : 0;
    for await (const block of this.#ledger.blocks(first)) {
      const changes: [string, Entry | undefined][] = [];
      for (const therapy of therapiesIn(block)) changes.push(...(await this.#changes(therapy)));
      changes.push([CHECKPOINT, { blocks: block.number + 1 }]);
      await this.#drawer.change(changes);
    }
  }

  async #changes(therapy: TherapySummary): Promise<readonly [string, Entry | undefined][]> {
    const before = await this.#drawer.get(keyOf(listOfAll, therapy.coi));
    const gone = before !== undefined && 'coi' in before ? listsWith(before) : [];
    return [
      ...gone.map((list): [string, undefined] => [keyOf(list, therapy.coi), undefined]),
      ...listsWith(therapy).map((list): [string, Entry] => [keyOf(list, therapy.coi), therapy]),
    ];
  }
}

function listFor(caller: Caller): string {
  if (isPatientCaller(caller)) return listOfPatient(caller.id);
  return caller.roles.includes('auditor') ? listOfAll : listOfMember(caller.organisation);
}

function listsWith({ patient, parties }: TherapySummary): readonly string[] {
  return [listOfAll, listOfPatient(patient), ...parties.map(listOfMember)];
}

function keyOf(list: string, chain: string): string {
  return `${list}\u0000${chain}`;
}

function* therapiesIn({ transactions }: LedgerBlock): Generator<TherapySummary> {
  for (const { validationCode, writes } of transactions) {
    if (validationCode !== VALIDATION.VALID) continue;
    for (const { value } of writes) {
      if (value?.includes(THERAPY_MARK) !== true) continue;
      const written: unknown = JSON.parse(value);
      if (isTherapy(written)) yield therapyWrite.parse(written);
    }
  }
}
