export { openEmbeddedLedger } from './ledger.js';
export type { EmbeddedLedgerOptions } from './options.js';
export type { ContractClass } from './shim.js';
export { openVeinledger, type VeinledgerOptions } from './veinledger.js';
