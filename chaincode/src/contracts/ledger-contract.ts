import fabric, { Contract } from 'fabric-contract-api';
import 'reflect-metadata';
import { COMMANDS } from '@veinledger/domain';
import { LedgerContext } from './ledger-context.js';

const { Returns, Transaction } = fabric;

/** A contract whose transactions get a {@link LedgerContext}. */
export abstract class LedgerContract extends Contract {
  override createContext(): LedgerContext {
    return new LedgerContext();
  }
}

/**
 * The contract of a name with a transaction for each type of command that names it, `Name(jws: string): string`, as if
 * it were written out: the contract API reads a method's parameters from its text, and their types from its metadata.
 */
export function contractOf(name: string): new () => LedgerContract {
  const contract = class extends LedgerContract {
    constructor() {
      super(name);
    }
  };
  for (const { type } of COMMANDS) {
    const [contractName, transaction] = type.split(':');
    if (contractName === name && transaction !== undefined) {
      addTransaction(contract.prototype, transaction, type);
    }
  }
  return contract;
}

function addTransaction(prototype: LedgerContract, transaction: string, type: string): void {
  Object.defineProperty(prototype, transaction, {
    value: function (context: LedgerContext, jws: string): Promise<string> {
      return context.execute(type, jws);
    },
  });
  Reflect.defineMetadata('design:paramtypes', [LedgerContext, String], prototype, transaction);
  Transaction()(prototype, transaction);
  Returns('string')(prototype, transaction);
}
