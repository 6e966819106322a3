import fabric, { Contract } from 'fabric-contract-api';
import 'reflect-metadata';
import { COMMANDS } from '@veinledger/domain';
import { entityReads } from './entity-reads.js';
import { LedgerContext } from './ledger-context.js';

const { Param, Returns, Transaction } = fabric;

/** A contract whose transactions get a {@link LedgerContext}. */
export abstract class LedgerContract extends Contract {
  override createContext(): LedgerContext {
    return new LedgerContext();
  }
}

/**
 * The contract of a name, as if it were written out: a transaction for each type of command that names it,
 * `Name(jws: string): string`, and one for each noun that is read there by its key, `ReadLot(lot: string): string`.
 */
export function contractOf(name: string): new () => LedgerContract {
  const contract = class extends LedgerContract {
    constructor() {
      super(name);
    }
  };
  for (const { type } of COMMANDS) {
    const [contractName, transaction] = type.split(':');
    if (contractName !== name || transaction === undefined) continue;
    addTransaction(contract.prototype, {
      name: transaction,
      writes: true,
      parameters: ['jws'],
      carryOut: (context, [jws = '']) => context.execute(type, jws),
    });
  }
  for (const read of entityReads(name)) {
    addTransaction(contract.prototype, { ...read, writes: false });
  }
  return contract;
}

interface AddedTransaction {
  readonly name: string;
  readonly writes: boolean;
  /** all of them texts */
  readonly parameters: readonly string[];
  readonly carryOut: (context: LedgerContext, given: readonly string[]) => Promise<string>;
}

function addTransaction(
  prototype: LedgerContract,
  { name, writes, parameters, carryOut }: AddedTransaction,
): void {
  Object.defineProperty(prototype, name, {
    value: function (context: LedgerContext, ...given: readonly string[]): Promise<string> {
      return carryOut(context, given);
    },
  });
  Transaction(writes)(prototype, name);
  for (const parameter of parameters) Param(parameter, 'string')(prototype, name);
  Returns('string')(prototype, name);
}
