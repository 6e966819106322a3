import { afterEach, describe, expect, test } from '@jest/globals';
import { LedgerError } from '@veinledger/ledger';
import { blockOf, GrowingChain, runTransaction } from '../reads/blocks.fixture.js';
import { EventFeed } from './event-feed.js';
import { isAfter, readEventId } from './event-position.js';
import { eventsOf } from './ledger-event.js';

let feed: EventFeed | undefined;
afterEach(() => feed?.close());

function open(ledger: GrowingChain, seen: string[] = []): EventFeed {
  const logger = { warn: () => undefined };
  feed = new EventFeed({ ledger, logger, onEvent: ({ id }) => void seen.push(id) });
  return feed;
}
/** Ids of the events of these blocks, as a listener reads them that waits for what is not there yet. */
async function read(from: EventFeed, first: number, before: number): Promise<string[]> {
  const ids: string[] = [];
  for (let number = first; number < before;) {
    const block = from.atHand(number) ?? (await from.block(number));
    if (block === undefined) await new Promise<void>((wake) => from.wait(number, wake));
    else {
      ids.push(...block.events.map(({ id }) => id));
      number += 1;
    }
  }
  return ids;
}
const idsOf = (first: number, before: number) =>
  Array.from({ length: before - first }, (_, at) => [`${first + at}.0`, `${first + at}.1`]).flat();

describe('the event feed', () => {
  test('shows a listener that resumes from far back every event, while new ones come', async () => {
    const ledger = new GrowingChain(700);
    const events = open(ledger);
    await events.now();
    const reading = read(events, 3, 800);
    for (let more = 0; more < 100; more += 1) {
      ledger.grow();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await reading).toEqual(idsOf(3, 800));
  });

  test('reads older blocks once for all who resume from there', async () => {
    const ledger = new GrowingChain(400);
    const events = open(ledger);
    await events.now();
    const all = await Promise.all(Array.from({ length: 50 }, () => read(events, 16, 32)));
    expect(new Set(all.map((ids) => ids.join())).size).toBe(1);
    expect(ledger.reads).toEqual([16]);
  });

  test('goes on after the last block when the ledger could not be reached', async () => {
    const ledger = new GrowingChain(2);
    const seen: string[] = [];
    const events = open(ledger, seen);
    await events.now();
    ledger.failure = new LedgerError('unavailable', 'no peer answered');
    ledger.grow();
    ledger.grow();
    expect(await read(events, 0, 4)).toEqual(idsOf(0, 4));
    expect(seen).toEqual(idsOf(0, 4));
  });

  test('knows a place that the ledger comes to from one that it does not reach', async () => {
    const ledger = new GrowingChain(2);
    const events = open(ledger);
    expect(events.isBehind({ block: 9, index: 0 })).toBe(false);
    expect(await events.reaches({ block: 1, index: 1 })).toBe(true);
    const coming = events.reaches({ block: 2, index: 0 });
    ledger.grow();
    expect(await coming).toBe(true);
    expect(await events.reaches({ block: 2, index: 2 })).toBe(false);
    expect(events.isBehind({ block: 9, index: 0 })).toBe(true);
  });

  test('begins before everything on a ledger that holds nothing', async () => {
    const ledger = new GrowingChain(0);
    const events = open(ledger);
    expect(await events.now()).toEqual({ block: 0, index: -1 });
    ledger.grow();
    expect(await read(events, 0, 1)).toEqual(['0.0', '0.1']);
  });
});

describe('an event', () => {
  test('is a valid command, at its first transaction; nothing else in a block is one', () => {
    const command = runTransaction(7, 1);
    const invalid = { ...runTransaction(7, 2), validationCode: 11 };
    const repeated = { ...command, index: 3, transactionId: 'f'.repeat(64) };
    const foreign = { ...runTransaction(7, 4), function: 'other:Put' };
    const garbage = { ...runTransaction(7, 5), response: 'no receipt' };
    const block = eventsOf(blockOf(7, [command, invalid, repeated, foreign, garbage]));
    expect(block.events.map(({ id }) => id)).toEqual(['7.1']);
    expect(block.end).toEqual({ block: 7, index: 5 });
  });

  test('comes after another by block, then by place', () => {
    const order = ['start', '0.0', '0.10', '2.9', '10.0'].map((id) => readEventId(id, 'after'));
    for (const [left, earlier] of order.entries()) {
      for (const [right, later] of order.entries()) {
        expect(isAfter(later, earlier)).toBe(right > left);
      }
    }
    expect(() => readEventId('7', 'after')).toThrow('EVENT_ID_INVALID');
  });
});
