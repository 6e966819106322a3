import './quiet-logs.js';
import type { Contract } from 'fabric-contract-api';
import { AuditContract } from './audit.contract.js';
import { BillingContract } from './billing.contract.js';
import { CareContract } from './care.contract.js';
import { ConsentContract } from './consent.contract.js';
import { CustodyContract } from './custody.contract.js';
import type { ContractSettings, LedgerContext } from './ledger-context.js';
import type { LedgerContract } from './ledger-contract.js';
import { ManufacturingContract } from './manufacturing.contract.js';
import { ProcessContract } from './process.contract.js';
import { QualityContract } from './quality.contract.js';
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
  QualityContract,
  ConsentContract,
  CareContract,
  BillingContract,
  AuditContract,
];

/**
 * Every contract, with the consortium root, the verifier and the clock that it decides by. Each keeps the name of its
 * class, by which the contract API finds what the class says of itself.
 */
export function contractsWith(settings: ContractSettings): ContractClass[] {
  return CONTRACTS.map((contract) => {
    const withSettings = class extends contract {
      override createContext(): LedgerContext {
        const context = super.createContext();
        context.settings = settings;
        return context;
      }
    };
    Object.defineProperty(withSettings, 'name', { value: contract.name });
    return withSettings;
  });
}

export type { ContractSettings } from './ledger-context.js';
export { systemClock } from './endorser-clock.js';
