import { describe, expect, test } from '@jest/globals';
import { canonicalise, type Item, keyFor } from '@veinledger/domain';
import { COI, OTHER_COI, therapy } from '#domain/example.fixture';
import { MapStore } from './map-store.fixture.js';
import { compositeKey } from './composite-key.js';
import { StateReader } from './reader.js';

const item = (coi: string, id: string): Item => ({
  ...{ noun: 'item', coi, id, kind: 'block', parents: [], custody: 'in-custody', range: {} },
  ...{ holder: { organisation: 'LabMSP', actor: 'lab.lab' }, signatures: [], blockers: [] },
});

/** A store that notes what is read of it. */
function storeOf(...items: readonly Item[]) {
  const entries = new Map(
    items.flatMap((each) => [
      [compositeKey(keyFor('item', { coi: each.coi, id: each.id })), canonicalise(each)],
      [
        compositeKey(keyFor('item-index', { id: each.id })),
        canonicalise({ noun: 'item-index', id: each.id, coi: each.coi }),
      ],
    ]),
  );
  const read: string[] = [];
  const get = (key: string) => {
    read.push(key);
    return Promise.resolve(entries.get(key));
  };
  return { read, reader: new StateReader({ get, range: () => Promise.resolve([]) }) };
}

describe('an identifier that a command names', () => {
  test('takes one read when it is of a thing of the command’s own therapy', async () => {
    const { read, reader } = storeOf(item('coi-1', 'a'));
    expect(await reader.named('coi-1', 'a')).toMatchObject({ known: 'own', item: { id: 'a' } });
    expect(read).toEqual([compositeKey(keyFor('item', { coi: 'coi-1', id: 'a' }))]);
  });

  test('of another therapy’s thing is foreign, whether it is named or given to something new', async () => {
    const { reader } = storeOf(item('coi-1', 'a'));
    const foreign = { known: 'foreign', item: { coi: 'coi-1' } };
    expect(await reader.named('coi-2', 'a')).toMatchObject(foreign);
    expect(await reader.given('coi-2', 'a')).toMatchObject(foreign);
  });

  test('that nobody has taken takes one read of its index when it is given to something new', async () => {
    const { read, reader } = storeOf();
    expect(await reader.given('coi-1', 'a')).toEqual({ id: 'a', known: 'never' });
    expect(read).toEqual([compositeKey(keyFor('item-index', { id: 'a' }))]);
    expect(await reader.named('coi-1', 'a')).toEqual({ id: 'a', known: 'never' });
  });

  test('is no chain of identity, which is laid out as a donation number is', async () => {
    const store = new MapStore(therapy());
    const reader = new StateReader(store);
    for (const ask of [reader.named(OTHER_COI, COI), reader.given(COI, COI)]) {
      await expect(ask).rejects.toThrow(/^COI_AS_ITEM: /);
    }
    expect(await reader.given(COI, OTHER_COI)).toEqual({ id: OTHER_COI, known: 'never' });
  });

  test('that is the other number on a label is of the item that bears it', async () => {
    const tube = item('coi-1', 'a');
    const index = { noun: 'item-index', coi: 'coi-1', id: 'b', item: 'a' } as const;
    const reader = new StateReader(new MapStore(tube, index));
    for (const named of [await reader.named('coi-1', 'b'), await reader.given('coi-1', 'b')]) {
      expect(named).toMatchObject({ id: 'b', known: 'own', item: { id: 'a' } });
    }
  });

  test('of a label says what a deviation, a hold or an alarm is about, in the thing’s own therapy', async () => {
    const tube = item('coi-1', 'a');
    const index = { noun: 'item-index', coi: 'coi-1', id: 'b', item: 'a' } as const;
    const reader = new StateReader(new MapStore(tube, index));
    const about = (coi: string, id: string) => reader.subject({ kind: 'item', coi, id });
    expect(await about('coi-1', 'a')).toEqual(tube);
    expect(await about('coi-1', 'b')).toEqual(tube);
    for (const [coi, id] of [
      ['coi-1', 'c'],
      ['coi-2', 'b'],
      ['coi-2', 'a'],
    ] as const)
      expect(await about(coi, id)).toBeUndefined();
  });
});
