import fabric from 'fabric-contract-api';
import { contractOf } from './ledger-contract.js';

const { Info } = fabric;

@Info({
  title: 'therapy',
  description: "One patient's course of one product, under its chain of identity",
})
export class TherapyContract extends contractOf('therapy') {}
