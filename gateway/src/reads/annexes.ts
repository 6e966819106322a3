import { VeinledgerError } from '@veinledger/chaincode/domain';
import { type Caller, isPatientCaller } from '../auth/caller.js';
import type { AnnexOrigin, AnnexVault } from '../vault/annex-vault.js';
import { LedgerError } from '../ledger/port.js';
import { type CallerReader, notEntitled } from './caller-reader.js';
import { seesAll } from './sight.js';

/** Gives annexes to a therapy's parties and its patient, and to nobody else. */
export class AnnexDesk {
  readonly #vault: AnnexVault;
  readonly #reader: CallerReader;

  constructor(vault: AnnexVault, reader: CallerReader) {
    this.#vault = vault;
    this.#reader = reader;
  }

  /**
   * The annex of that digest: canonical `{v, salt, content}`.
   * @throws VeinledgerError NOT_FOUND, NOT_ENTITLED
   * @throws LedgerError when the ledger cannot answer
   */
  async find(caller: Caller, digest: string): Promise<string> {
    const annex = await this.#vault.find(digest);
    if (annex === undefined) {
      throw new VeinledgerError('NOT_FOUND', 'the vault holds no such annex', {
        field: 'digest',
        found: digest,
      });
    }
    for (const origin of annex.origins) if (await this.#mayRead(caller, origin)) return annex.text;
    throw notEntitled("only a therapy's parties and its patient read its annexes", 'digest');
  }

  async #mayRead(caller: Caller, origin: AnnexOrigin): Promise<boolean> {
    if (!seesAll(caller)) return false;
    const ofPatient = isPatientCaller(caller);
    if (origin.coi === undefined) return !ofPatient && origin.organisation === caller.organisation;
    try {
      const therapy = await this.#reader.therapy(caller, origin.coi);
      return ofPatient || therapy.parties.includes(caller.organisation);
    } catch (error) {
      if (error instanceof VeinledgerError || isContractError(error)) return false;
      throw error;
    }
  }
}

function isContractError(error: unknown): boolean {
  return error instanceof LedgerError && error.kind === 'contract';
}
