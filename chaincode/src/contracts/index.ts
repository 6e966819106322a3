import './quiet-logs.js';
import type { Contract } from 'fabric-contract-api';
import { AuditContract } from './audit.contract.js';
import { CareContract } from './care.contract.js';
import { ConsentContract } from './consent.contract.js';
import { CustodyContract } from './custody.contract.js';
import type { ContractSettings, LedgerContext } from './ledger-context.js';
import type { LedgerContract } from './ledger-contract.js';
import { ManufacturingContract } from './manufacturing.contract.js';
import { ProcessContract } from './process.contract.js';
import { RegistryContract } from './registry.contract.js';
import { TherapyContract } from './therapy.contract.js';

/** A contract class as the contract API constructs it: without arguments. */
export type ContractClass = new () => Contract;

const CONTRACTS: readonly (new () => LedgerContract)[] = [
  RegistryContract,
  ProcessContract,
  TherapyContract,
  CustodyContract,
  ManufacturingContract,
  ConsentContract,
  CareContract,
  AuditContract,
];

/** Every contract, with the consortium root, the verifier and the clock that it decides by. */
export function contractsWith(settings: ContractSettings): ContractClass[] {
  return CONTRACTS.map(
    (contract) =>
      class extends contract {
        override createContext(): LedgerContext {
          const context = super.createContext();
          context.settings = settings;
          return context;
        }
      },
  );
}

export type { ContractSettings } from './ledger-context.js';
export { systemClock } from './endorser-clock.js';
