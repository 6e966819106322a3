import { Contract, type Context } from './shim.js';

interface Entry {
  readonly key: string;
  readonly value: Uint8Array;
}

const keysOf = async (entries: AsyncIterable<Entry>): Promise<string> => {
  const keys: string[] = [];
  for await (const { key } of entries) keys.push(key);
  return JSON.stringify(keys);
};

/** A contract that does one thing of a stub per transaction. */
export class SamplesContract extends Contract {
  /** runs between the two reads of GetTwice */
  static between: () => Promise<unknown> = () => Promise.resolve();

  constructor() {
    super('samples');
  }

  async GetTwice(context: Context, key: string): Promise<string> {
    const first = await context.stub.getState(key);
    await SamplesContract.between();
    const second = await context.stub.getState(key);
    return `${first.toString()} ${second.toString()}`;
  }

  async Put(context: Context, key: string, value: string): Promise<string> {
    await context.stub.putState(key, Buffer.from(value));
    return `put ${key}`;
  }

  async PutBytes(context: Context, key: string, hex: string): Promise<void> {
    await context.stub.putState(key, Buffer.from(hex, 'hex'));
  }

  async Get(context: Context, key: string): Promise<string> {
    return (await context.stub.getState(key)).toString();
  }

  async Delete(context: Context, key: string): Promise<void> {
    await context.stub.deleteState(key);
  }

  async PutThenGet(context: Context, key: string, value: string): Promise<string> {
    await context.stub.putState(key, Buffer.from(value));
    return (await context.stub.getState(key)).toString();
  }

  async Add(context: Context, key: string, amount: string): Promise<string> {
    const current = Number((await context.stub.getState(key)).toString());
    const sum = String(current + Number(amount));
    await context.stub.putState(key, Buffer.from(sum));
    return sum;
  }

  async PutThenFail(context: Context, key: string): Promise<void> {
    await context.stub.putState(key, Buffer.from('never'));
    throw new Error('NOT_ENTITLED: the contract refuses');
  }

  async Keys(context: Context, start: string, end: string): Promise<string> {
    return keysOf(context.stub.getStateByRange(start, end));
  }

  async CountInto(context: Context, start: string, end: string, key: string): Promise<string> {
    const keys = JSON.parse(await keysOf(context.stub.getStateByRange(start, end))) as string[];
    await context.stub.putState(key, Buffer.from(String(keys.length)));
    return String(keys.length);
  }

  async FirstInto(context: Context, start: string, end: string, key: string): Promise<string> {
    for await (const first of context.stub.getStateByRange(start, end)) {
      await context.stub.putState(key, Buffer.from(first.key));
      return first.key;
    }
    return '';
  }

  async PutComposite(context: Context, type: string, attribute: string): Promise<void> {
    await context.stub.putState(
      context.stub.createCompositeKey(type, [attribute]),
      Buffer.from('x'),
    );
  }

  async CompositeKeys(context: Context, type: string): Promise<string> {
    const keys = JSON.parse(
      await keysOf(context.stub.getStateByPartialCompositeKey(type, [])),
    ) as string[];
    return JSON.stringify(keys.map((key) => context.stub.splitCompositeKey(key)));
  }

  async Page(context: Context, size: string, bookmark: string): Promise<string> {
    const page = await context.stub.getStateByRangeWithPagination('a', 'z', Number(size), bookmark);
    const keys: string[] = [];
    for (let entry = await page.iterator.next(); !entry.done; entry = await page.iterator.next()) {
      keys.push(entry.value.key);
    }
    return JSON.stringify({
      keys,
      next: page.metadata.bookmark,
      count: page.metadata.fetchedRecordsCount,
    });
  }

  async PageThenPut(context: Context): Promise<void> {
    await context.stub.getStateByRangeWithPagination('a', 'z', 2, '');
    await context.stub.putState('after', Buffer.from('page'));
  }

  async PutThenPage(context: Context): Promise<void> {
    await context.stub.putState('before', Buffer.from('page'));
    await context.stub.getStateByRangeWithPagination('a', 'z', 2, '');
  }

  async History(context: Context, key: string): Promise<string> {
    const changes: unknown[] = [];
    for await (const { txId, isDelete, value, timestamp } of context.stub.getHistoryForKey(key)) {
      changes.push({ txId, isDelete, value: Buffer.from(value).toString(), timestamp });
    }
    return JSON.stringify(changes);
  }

  async DigestAnnex(context: Context, key: string): Promise<string> {
    const annex = context.stub.getTransient().get('annex');
    await context.stub.putState(key, Buffer.from(String(annex?.length)));
    return String(annex?.length);
  }

  async TwoEvents(context: Context): Promise<void> {
    context.stub.setEvent('first', Buffer.from('1'));
    context.stub.setEvent('second', Buffer.from('2'));
    await context.stub.putState('event', Buffer.from('x'));
  }

  WhoAmI(context: Context): string {
    const { stub, clientIdentity } = context;
    return JSON.stringify({
      mspId: clientIdentity.getMSPID(),
      role: clientIdentity.getAttributeValue('role'),
      id: clientIdentity.getID(),
      transactionId: stub.getTxID(),
      channel: stub.getChannelID(),
      endorser: stub.getMspID(),
      time: stub.getDateTimestamp().toISOString(),
      seconds: stub.getTxTimestamp().seconds.toString(),
    });
  }

  async RichQuery(context: Context): Promise<void> {
    await context.stub.getQueryResult('{"selector":{}}');
  }

  async PrivateData(context: Context): Promise<void> {
    await context.stub.getPrivateData('secrets', 'key');
  }
}
