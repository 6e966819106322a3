import fabric from 'fabric-contract-api';
import { contractOf } from './ledger-contract.js';

const { Info } = fabric;

@Info({
  title: 'care',
  description:
    'The bedside: identity, the interlock before a dose, what was given, what became of it',
})
export class CareContract extends contractOf('care') {}
