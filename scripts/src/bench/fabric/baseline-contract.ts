import { type Context, Contract } from 'fabric-contract-api';

/** What the bench holds veinledger's commands against: one unsigned put, and nothing checked. */
export class BaselineContract extends Contract {
  constructor() {
    super('baseline');
  }

  async Put(context: Context, key: string, value: string): Promise<string> {
    await context.stub.putState(
      context.stub.createCompositeKey('baseline', [key]),
      Buffer.from(value),
    );
    return key;
  }
}
