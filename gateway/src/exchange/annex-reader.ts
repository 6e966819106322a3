import { type Circle, type CommandRecord, sightOfAnnex, VeinledgerError } from '@veinledger/domain';
import { type Caller, isPatientCaller } from '../auth/caller.js';
import type { AnnexExchange } from './exchange.js';
import type { AnnexOrigin, AnnexVault, VaultedAnnex } from '../vault/annex-vault.js';
import { LedgerError } from '@veinledger/ledger';
import { type CallerReader, circleNow, notEntitled } from '../reads/caller-reader.js';

/**
 * Gives annexes to a therapy's parties, whom emergency access admits and its patient, those about payment to its payer, the
 * arm of a blinded one to the unblinded alone, printed names to their own organisation and to auditors, and nothing to
 * anybody else.
 */
export class AnnexReader {
  readonly #vault: AnnexVault;
  readonly #reader: CallerReader;
  readonly #exchange: Pick<AnnexExchange, 'origins' | 'fetch' | 'borrow'> | undefined;

  /** @param exchange where other members' gateways are asked; left out, the vault alone answers */
  constructor(
    vault: AnnexVault,
    reader: CallerReader,
    exchange?: Pick<AnnexExchange, 'origins' | 'fetch' | 'borrow'>,
  ) {
    this.#vault = vault;
    this.#reader = reader;
    this.#exchange = exchange;
  }

  /**
   * The annex of that digest: canonical `{v, salt, content}`. Another member is asked only for callers who may read it.
   * @throws VeinledgerError NOT_FOUND, NOT_ENTITLED
   * @throws ProblemError 502 or 503 ANNEX_UNAVAILABLE when no other member gave it
   * @throws LedgerError when the ledger cannot answer
   */
  async find(caller: Caller, digest: string): Promise<string> {
    const annex = await this.#held(digest);
    const origins = annex?.origins ?? (await this.#exchange?.origins(digest)) ?? [];
    if (origins.length === 0) {
      throw new VeinledgerError('NOT_FOUND', 'the vault holds no such annex', {
        field: 'digest',
        found: digest,
      });
    }
    for (const origin of origins) {
      if (!(await this.#mayRead(caller, origin))) continue;
      return annex?.text ?? (await this.#fetch(caller, digest, origin));
    }
    throw notEntitled("only a therapy's parties and its patient read its annexes", 'digest');
  }

  /** A damaged annex is as good as none where another member can be asked, and an error where not. */
  #held(digest: string): Promise<VaultedAnnex | undefined> {
    return this.#exchange ? this.#vault.findWhole(digest) : this.#vault.find(digest);
  }

  /**
   * For whom emergency access admits, whose member is no party, it is asked for and not kept, and so is an arm: the reader's
   * member may have no unblinded group.
   */
  async #fetch(caller: Caller, digest: string, origin: AnnexOrigin): Promise<string> {
    if (!this.#exchange) throw new Error('annexes: expected an exchange, found none');
    const { coi, organisation } = origin;
    const parties = coi === undefined ? [] : (await this.#reader.therapy(caller, coi)).parties;
    const isOfParty = isPatientCaller(caller) || parties.includes(caller.organisation);
    const isAdmitted = parties.length > 0 && !isOfParty;
    return isAdmitted || origin.ofArm
      ? this.#exchange.borrow(digest, [organisation, ...parties])
      : this.#exchange.fetch(digest);
  }

  async #mayRead(caller: Caller, origin: AnnexOrigin): Promise<boolean> {
    try {
      const read = await this.#reader.read(caller, 'audit:ReadCommand', origin.commandId);
      const record = read as CommandRecord;
      const circle = await this.#circleOf(caller, origin, record);
      return sightOfAnnex(caller, circle, record.type) === 'whole';
    } catch (error) {
      if (error instanceof VeinledgerError || isContractError(error)) return false;
      throw error;
    }
  }

  async #circleOf(
    caller: Caller,
    { coi, organisation }: AnnexOrigin,
    { scope }: CommandRecord,
  ): Promise<Circle> {
    if (coi !== undefined) return circleNow(await this.#reader.therapy(caller, coi));
    return scope.kind === 'patient'
      ? { kind: 'patient', id: scope.id, organisation }
      : { kind: 'organisation', organisation };
  }
}

function isContractError(error: unknown): boolean {
  return error instanceof LedgerError && error.kind === 'contract';
}
