import { type EntityOf, type Therapy, VeinledgerError } from '@veinledger/chaincode/domain';
import { type Caller, isPatientCaller } from '../auth/caller.js';
import type { SubmitterWallet } from '../identities/wallet.js';
import type { Ledger } from '../ledger/port.js';

/** Reads the ledger for callers: through an identity of their own organisation, and what is theirs to see. */
export class CallerReader {
  readonly #ledger: Pick<Ledger, 'evaluate'>;
  readonly #wallet: SubmitterWallet;

  constructor(ledger: Pick<Ledger, 'evaluate'>, wallet: SubmitterWallet) {
    this.#ledger = ledger;
    this.#wallet = wallet;
  }

  /**
   * What a contract's reading transaction answers.
   * @throws LedgerError, with the contract's code where it refuses
   */
  async read(caller: Caller, transaction: string, ...args: readonly string[]): Promise<object> {
    const submitter = this.#wallet.forReading(caller);
    const text = await this.#ledger.evaluate({ function: transaction, args, submitter });
    return JSON.parse(text) as object;
  }

  /**
   * The therapy, when the caller's organisation is a party or audits it, or the caller is its patient.
   * @throws VeinledgerError NOT_ENTITLED for another patient; LedgerError for what the contract refuses
   */
  async therapy(caller: Caller, coi: string): Promise<Therapy> {
    const therapy = (await this.read(caller, 'therapy:Read', coi)) as EntityOf<'therapy'>;
    if (isPatientCaller(caller) && therapy.patient !== caller.id) {
      throw notEntitled('a patient sees their own therapy only', 'coi');
    }
    return therapy;
  }
}

/** A caller who may not see what it asked for. */
export function notEntitled(explanation: string, field: string): VeinledgerError {
  return new VeinledgerError('NOT_ENTITLED', explanation, { field });
}

/**
 * Refuses a patient who asks about somebody else.
 * @throws VeinledgerError NOT_ENTITLED
 */
export function requireOwn(caller: Caller, person: string, field: string): void {
  if (!isPatientCaller(caller) || caller.id === person) return;
  throw notEntitled('a patient sees what is their own only', field);
}
