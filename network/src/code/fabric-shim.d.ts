declare module 'fabric-shim/lib/contract-spi/chaincodefromcontract.js' {
  import type { Contract, JSONSerializer } from 'fabric-contract-api';
  import type { ChaincodeInterface } from 'fabric-shim-api';

  /** fabric-shim's own dispatch from a transaction's name to a contract's method. */
  export default class ChaincodeFromContract {
    constructor(
      contracts: (new () => Contract)[],
      serializers: {
        transaction: string;
        serializers: Record<string, typeof JSONSerializer>;
      },
      metadata: object,
      title: string,
      version: string,
    );
    Init: ChaincodeInterface['Init'];
    Invoke: ChaincodeInterface['Invoke'];
  }
}
