import { Context } from 'fabric-contract-api';
import {
  canonicalise,
  requireTransactionTime,
  type Submitter,
  VeinledgerError,
} from '@veinledger/domain';
import { executeCommand, PLANS, type Rulebook } from '../commands/index.js';
import { StateReader } from '../state/reader.js';
import { readDelivered } from './delivered.js';
import type { EndorserClock } from './endorser-clock.js';
import { StubStore } from './stub-store.js';

/** What a chaincode process was started with. */
export interface ContractSettings extends Rulebook {
  readonly clock: EndorserClock;
}

/** The context of every transaction: the submitter, the store, and the five things a write does. */
export class LedgerContext extends Context {
  settings: ContractSettings | undefined;

  /** Typed reads over what is committed. */
  get reader(): StateReader {
    return new StateReader(new StubStore(this.stub));
  }

  /** The X.509 identity that submits this transaction. */
  get submitter(): Submitter {
    return {
      mspId: this.clientIdentity.getMSPID(),
      roles: this.clientIdentity.getAttributeValue('veinledger.roles')?.split(',') ?? [],
      relay: this.clientIdentity.getAttributeValue('veinledger.relay') === 'true',
    };
  }

  /**
   * Executes a command: authenticates it, loads what its decision needs, decides, writes and emits.
   * @param type the contract and transaction that carry it
   * @param jws the signed command
   * @returns the canonical receipt
   * @throws VeinledgerError for everything that writes nothing
   */
  async execute(type: string, jws: string): Promise<string> {
    const { settings } = this;
    const plan = PLANS.get(type);
    if (!settings || !plan) {
      throw new VeinledgerError('UNKNOWN_TYPE', 'no such type of command', {
        field: 'type',
        expected: 'a type of command',
        found: type,
      });
    }
    this.#requireFullName(type);
    const transactionTime = this.stub.getDateTimestamp().toISOString();
    requireTransactionTime(transactionTime, settings.clock());
    const annexes = { from: 'annex' as const, texts: readDelivered(this.stub.getTransient()) };
    const { submitter, stub } = this;
    const transactionId = stub.getTxID();
    const { receipt, writes, event } = await executeCommand(
      new StubStore(stub),
      { plan, jws, annexes, submitter, transactionId, transactionTime },
      settings,
    );
    await Promise.all(writes.map(({ key, value }) => stub.putState(key, Buffer.from(value))));
    if (event) stub.setEvent(event.name, Buffer.from(event.payload));
    return canonicalise(receipt);
  }

  /** The contract API also takes a default contract's transactions without its name; blocks name each in one way. */
  #requireFullName(type: string): void {
    const { fcn } = this.stub.getFunctionAndParameters();
    if (fcn === type) return;
    throw new VeinledgerError('WRONG_TYPE', 'a transaction is called by its full name', {
      field: 'function',
      expected: type,
      found: fcn,
    });
  }
}
