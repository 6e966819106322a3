import fabric from 'fabric-contract-api';
import { contractOf } from './ledger-contract.js';

const { Info } = fabric;

@Info({ title: 'billing', description: 'What payers deny, and what came of it' })
export class BillingContract extends contractOf('billing') {}
