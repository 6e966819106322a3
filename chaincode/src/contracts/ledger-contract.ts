import { Contract } from 'fabric-contract-api';
import { LedgerContext } from './ledger-context.js';

/** A contract whose transactions get a {@link LedgerContext}. */
export abstract class LedgerContract extends Contract {
  override createContext(): LedgerContext {
    return new LedgerContext();
  }
}
