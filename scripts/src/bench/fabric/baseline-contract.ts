import { type Context, Contract } from 'fabric-contract-api';

/** Bytes of what a hand-off writes: item, hand-off, record, and the pointers to it. */
const WRITTEN = [950, 750, 640, 230, 170];
const RECEIPT = 640;
/** How many of the keys that a receipt reads are its own. */
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
   * As many reads and writes as the second half of a hand-off makes, and an answer of the same size.
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
