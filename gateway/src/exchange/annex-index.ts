import { digest, MATTERS, organisationId } from '@veinledger/domain';
import { type LedgerBlock, VALIDATION } from '@veinledger/chaincode/replay';
import { z } from 'zod';
import type { Ledger } from '@veinledger/ledger';
import { BlockIndex } from '../state/block-index.js';
import type { GatewayState } from '../state/gateway-state.js';
import type { AnnexOrigin } from '../vault/annex-vault.js';

const origin = z.strictObject({
  commandId: digest,
  organisation: organisationId,
  coi: z.string().optional(),
  ofArm: z.literal(true).optional(),
});

/** A command's record as the ledger's state holds it, of which the index keeps a part. */
const record = z.object({
  noun: z.literal('record'),
  commandId: digest,
  type: z.string(),
  organisation: organisationId,
  scope: z.object({ kind: z.string(), id: z.string() }),
  annex: z.record(z.string(), digest),
});
/** What a record's value says of itself, so that no other value is read. */
const RECORD_MARK = '"noun":"record"';

/** above every character of a digest */
const AFTER = '~';

/**
 * Which committed commands commit to which annexes: read from the blocks, since the ledger answers by command and not
 * by digest.
 */
export class AnnexIndex {
  readonly #origins: BlockIndex<AnnexOrigin>;

  constructor(ledger: Pick<Ledger, 'blocks'>, state: GatewayState) {
    const kept = { collection: 'annex-index', entry: origin, changes: originsIn };
    this.#origins = new BlockIndex<AnnexOrigin>({ ledger, state, ...kept });
  }

  /** The committed commands that commit to an annex. */
  async origins(asked: string): Promise<readonly AnnexOrigin[]> {
    const origins: AnnexOrigin[] = [];
    const range = { from: `${asked} `, before: `${asked}${AFTER}` };
    for await (const [, found] of this.#origins.entries(range)) origins.push(found);
    return origins;
  }

  /** The digests of every annex that a committed command commits to. */
  async digests(): Promise<readonly string[]> {
    const digests = new Set<string>();
    for await (const [key] of this.#origins.entries()) digests.add(key.split(' ')[0] ?? '');
    return [...digests];
  }
}

function* originsIn({ transactions }: LedgerBlock): Generator<readonly [string, AnnexOrigin]> {
  for (const { validationCode, writes } of transactions) {
    if (validationCode !== VALIDATION.VALID) continue;
    for (const { value } of writes) {
      if (value?.includes(RECORD_MARK) !== true) continue;
      const { data } = record.safeParse(JSON.parse(value));
      if (data === undefined) continue;
      const { commandId, organisation, scope, type } = data;
      const coi = scope.kind === 'therapy' ? { coi: scope.id } : {};
      const ofArm = MATTERS.get(type) === 'arm' ? ({ ofArm: true } as const) : {};
      for (const each of Object.values(data.annex)) {
        yield [`${each} ${commandId}`, { commandId, organisation, ...coi, ...ofArm }];
      }
    }
  }
}
