import fabric from 'fabric-contract-api';
import { contractOf } from './ledger-contract.js';

const { Info } = fabric;

@Info({ title: 'custody', description: 'Who held what, when, and in which condition' })
export class CustodyContract extends contractOf('custody') {}
