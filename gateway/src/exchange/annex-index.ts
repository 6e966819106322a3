import { digest, organisationId } from '@veinledger/chaincode/domain';
import { type LedgerBlock, VALIDATION } from '@veinledger/chaincode/replay';
import { z } from 'zod';
import type { Ledger } from '../ledger/port.js';
import type { Drawer } from '../state/drawer.js';
import type { GatewayState } from '../state/gateway-state.js';
import type { AnnexOrigin } from '../vault/annex-vault.js';

const origin = z.strictObject({
  commandId: digest,
  organisation: organisationId,
  coi: z.string().optional(),
});
const entry = z.union([origin, z.strictObject({ blocks: z.int().min(0) })]);
type Entry = z.output<typeof entry>;

/** A command's record as the ledger's state holds it, of which the index keeps a part. */
const record = z.object({
  noun: z.literal('record'),
  commandId: digest,
  organisation: organisationId,
  scope: z.object({ kind: z.string(), id: z.string() }),
  annex: z.record(z.string(), digest),
});
/** What a record's value says of itself, so that no other value is read. */
const RECORD_MARK = '"noun":"record"';

const DRAWER = 'annex-index';
const CHECKPOINT = 'blocks';
/** above every character of a digest */
const AFTER = '~';

/**
 * Which committed commands commit to which annexes: read from the blocks, since the ledger answers by command and not
 * by digest. It is kept with the number of blocks that it knows, and brought up to date before it answers.
 */
export class AnnexIndex {
  readonly #ledger: Pick<Ledger, 'blocks'>;
  readonly #drawer: Drawer<Entry>;
  #catchingUp: Promise<void> | undefined;

  constructor(ledger: Pick<Ledger, 'blocks'>, state: GatewayState) {
    this.#ledger = ledger;
    this.#drawer = state.drawer(DRAWER, (value) => entry.parse(value));
  }

  /** The committed commands that commit to an annex. */
  async origins(asked: string): Promise<readonly AnnexOrigin[]> {
    await this.#catchUp();
    const origins: AnnexOrigin[] = [];
    const range = { from: `${asked} `, before: `${asked}${AFTER}` };
    for await (const [, found] of this.#drawer.entries(range)) {
      if ('commandId' in found) origins.push(found);
    }
    return origins;
  }

  /** The digests of every annex that a committed command commits to. */
  async digests(): Promise<readonly string[]> {
    await this.#catchUp();
    const digests = new Set<string>();
    for await (const [key, found] of this.#drawer.entries()) {
      if ('commandId' in found) digests.add(key.split(' ')[0] ?? '');
    }
    return [...digests];
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
      await this.#drawer.change([
        ...originsIn(block),
        [CHECKPOINT, { blocks: block.number + 1 }] as const,
      ]);
    }
  }
}

function* originsIn({ transactions }: LedgerBlock): Generator<readonly [string, AnnexOrigin]> {
  for (const { validationCode, writes } of transactions) {
    if (validationCode !== VALIDATION.VALID) continue;
    for (const { value } of writes) {
      if (value?.includes(RECORD_MARK) !== true) continue;
      const { data } = record.safeParse(JSON.parse(value));
      if (data === undefined) continue;
      const { commandId, organisation, scope } = data;
      const coi = scope.kind === 'therapy' ? { coi: scope.id } : {};
      for (const each of Object.values(data.annex)) {
        yield [`${each} ${commandId}`, { commandId, organisation, ...coi }];
      }
    }
  }
}
