import {
  circleOfTherapy,
  coi,
  type CommandRecord,
  commandTypeName,
  digest,
  MATTERS,
  organisationId,
  sightOfAnnex,
  type Therapy,
} from '@veinledger/domain';
import { z } from 'zod';
import type { Caller } from '../auth/caller.js';
import type { CallerReader } from '../reads/caller-reader.js';
import type { AnnexVault } from '../vault/annex-vault.js';

export const annexListSchema = z.strictObject({
  coi,
  annexes: z.array(
    z.strictObject({
      digest,
      /** its name among the annexes of its command */
      name: z.string(),
      command: digest,
      type: commandTypeName,
      /** whether it is in the vault of this gateway, whole */
      held: z.boolean(),
      /** of one that is not: MSP ids of the members whose gateways should have it, as they are asked in this order */
      from: z.array(organisationId),
    }),
  ),
});

/** The annexes of a therapy, with those that a gateway does not hold yet. */
export type AnnexList = z.output<typeof annexListSchema>;

interface Told {
  readonly therapy: Therapy;
  readonly records: readonly CommandRecord[];
}

/** Says which annexes of a therapy are here: who came to it later gets those from before one after another. */
export class AnnexLister {
  readonly #vault: Pick<AnnexVault, 'findWhole'>;
  readonly #reader: CallerReader;
  readonly #operator: string | undefined;

  /** @param operator MSP id of the member whose gateway this is */
  constructor(
    vault: Pick<AnnexVault, 'findWhole'>,
    reader: CallerReader,
    operator: string | undefined,
  ) {
    this.#vault = vault;
    this.#reader = reader;
    this.#operator = operator;
  }

  /**
   * Those that the caller may open, in the order of the ledger; none for who may open none.
   * @throws VeinledgerError NOT_ENTITLED; LedgerError for what the contract refuses
   */
  async list(caller: Caller, chain: string): Promise<AnnexList> {
    const trace = (await this.#reader.read(caller, 'audit:TraceTherapy', chain)) as Told;
    const { therapy, records } = trace;
    const circle = circleOfTherapy(therapy, new Date().toISOString());
    const told = records.filter(({ type }) => sightOfAnnex(caller, circle, type) === 'whole');
    const annexes: AnnexList['annexes'] = [];
    for (const { annex, commandId: command, type, organisation } of told) {
      const isArm = MATTERS.get(type) === 'arm';
      const from = [...new Set([organisation, ...(isArm ? [] : therapy.parties)])];
      for (const [name, asked] of Object.entries(annex)) {
        const held = (await this.#vault.findWhole(asked)) !== undefined;
        const others = from.filter((member) => member !== this.#operator);
        annexes.push({ digest: asked, name, command, type, held, from: held ? [] : others });
      }
    }
    return { coi: therapy.coi, annexes };
  }
}
