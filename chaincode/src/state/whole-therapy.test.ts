import { describe, expect, test } from '@jest/globals';
import { attempt, COI, din, item, NOW, OTHER_COI, report, therapy } from '#domain/example.fixture';
import { honest, own, SHIPPED, THINGS } from '#domain/graph/honest-therapy.fixture';
import { upstreamOf } from '#domain/graph/upstream';
import { readWholeTherapy } from '#domain/graph/whole-therapy';
import { canonicalise, type Entity, keyFor } from '@veinledger/domain';
import { compositeKey } from './composite-key.js';
import { MapStore } from './map-store.fixture.js';
import { MAX_READS, StateReader } from './reader.js';

const PROCESS: Entity = {
  noun: 'process',
  id: SHIPPED.id,
  version: SHIPPED.version,
  hash: therapy().process.hash,
  definition: SHIPPED,
  publishedBy: 'manufacturer.quality',
  at: NOW,
};
const END = { noun: '~end', coi: COI } as const;
const ordered = honest().find('therapy', COI);

function storeOf(...entities: readonly Entity[]): StateReader {
  return new StateReader(new MapStore(PROCESS, ...entities));
}

/** A therapy with a report that names so many lots. */
function withLots(count: number): StateReader {
  const lots = Array.from({ length: count }, (_, index) => `lot-${index}`);
  return storeOf(ordered, attempt('template', { report: report('x', { lots }) }), END);
}

describe('the whole of a therapy', () => {
  test('is what its state holds, with the lots and runs that it names', async () => {
    const whole = await readWholeTherapy(storeOf(...honest().entities, END), COI);
    const expected = honest().whole();
    for (const part of ['items', 'attempts', 'datasets', 'lots', 'runs'] as const) {
      expect([...whole[part].keys()].sort()).toEqual([...expected[part].keys()].sort());
    }
    const link = { kind: 'item', ...own(THINGS.dose) } as const;
    const found = upstreamOf(whole, [link]);
    expect(found.items).toHaveLength(honest().upstream().items.length);
    expect(found.missing).toEqual([]);
  });

  test('holds nothing of another therapy’s', async () => {
    const other = item({ coi: OTHER_COI, id: din(50) });
    const whole = await readWholeTherapy(storeOf(ordered, END, other), COI);
    expect(whole.items.size).toBe(0);
  });

  test('leaves out a lot that nobody registered', async () => {
    const whole = await readWholeTherapy(withLots(1), COI);
    expect(whole.lots.size).toBe(0);
    expect(upstreamOf(whole, [{ kind: 'lot', id: 'lot-0' }]).missing).toEqual(['lot lot-0']);
  });

  test('is refused where the ledger gave a part of it only, or none', async () => {
    await expect(readWholeTherapy(storeOf(ordered), COI)).rejects.toThrow('RANGE_CUT');
    await expect(readWholeTherapy(storeOf(), COI)).rejects.toThrow('UNKNOWN_COI');
  });

  test('is read however many lots somebody has named, invented ones too', async () => {
    const reader = withLots(2 * MAX_READS);
    await expect(readWholeTherapy(reader, COI)).resolves.toBeDefined();
    const own = 4; // the therapy, its process, its range, what it shares with others
    for (let reads = own; reads < MAX_READS; reads += 1) await reader.therapy(COI);
    await expect(reader.therapy(COI)).rejects.toThrow(
      'TOO_MANY_READS: the command needs more of the ledger than one may read',
    );
  });
});

describe('what the ledger knows of an identifier', () => {
  const store = new MapStore(
    item({ id: din(1) }),
    { noun: 'item-index', id: din(1), coi: COI },
    item({ id: din(2), coi: OTHER_COI }),
    { noun: 'item-index', id: din(2), coi: OTHER_COI },
  );

  test.each([
    ['own', 1],
    ['foreign', 2],
    ['never', 3],
  ])('is whether it is this therapy’s: %s', async (known, serial) => {
    expect(await new StateReader(store).named(COI, din(serial))).toMatchObject({ known });
  });

  test('is no thing of another noun', async () => {
    const misplaced = new MapStore();
    misplaced.values.set(
      compositeKey(keyFor('batch', { coi: COI, id: 'B' })),
      canonicalise(item()),
    );
    const reader = new StateReader(misplaced);
    await expect(reader.get('batch', { coi: COI, id: 'B' })).rejects.toThrow(
      'the state holds a item where a batch belongs',
    );
  });
});
