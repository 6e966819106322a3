import { type Context, Contract } from 'fabric-contract-api';

/** Bytes of what half a hand-off writes, both halves' mean: item, hand-off, record, and the pointers to it. */
const WRITTEN = [1040, 650, 630, 200, 170];
const RECEIPT = 630;
/** How many of the keys that half a hand-off reads are its own. */
const OWN_READS = 2;

/** What the bench holds veinledger's commands against: puts that nobody signs, and nothing checked. */
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

  /** A small put; of the cargo it looks at the length only. */
  Carry(context: Context, key: string, cargo: string): Promise<string> {
    return this.Put(context, key, `${cargo.length}`);
  }

  /**
   * As many reads and writes as half a hand-off makes, the mean of both halves, and an answer of the same size.
   * @param known JSON: what it reads and does not write, as the parts of composite keys
   */
  async Touch(context: Context, key: string, known: string, cargo: string): Promise<string> {
    const { stub } = context;
    for (const [type, ...attributes] of JSON.parse(known) as readonly [string, ...string[]][]) {
      await stub.getState(stub.createCompositeKey(type, attributes));
    }
    const written = WRITTEN.map((bytes, index) => ({
      key: stub.createCompositeKey('baseline', [key, `${index}`]),
      value: Buffer.alloc(bytes, key),
    }));
    for (const each of written.slice(0, OWN_READS)) await stub.getState(each.key);
    await Promise.all(written.map((each) => stub.putState(each.key, each.value)));
    return `${cargo.length}`.padEnd(RECEIPT);
  }
}
