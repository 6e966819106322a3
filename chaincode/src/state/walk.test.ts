import { describe, expect, test } from '@jest/globals';
import {
  attempt,
  batch,
  COI,
  dataset,
  design,
  din,
  item,
  OTHER_COI,
  report,
  sample,
} from '#domain/example.fixture';
import { MapStore } from './map-store.fixture.js';
import { canonicalise, keyFor } from '@veinledger/domain';
import { compositeKey } from './composite-key.js';
import { MAX_READS, StateReader } from './reader.js';
import { walkAncestry } from '#domain/manufacturing/walk';

const parent = (serial: number, coi = COI) => ({ coi, id: din(serial) });

function walk(store: MapStore, serial: number) {
  return walkAncestry(new StateReader(store), [{ kind: 'item', ...parent(serial) }]);
}

/** Items that each come from the one before it. */
function chainOf(length: number): MapStore {
  return new MapStore(
    ...Array.from({ length }, (_, at) =>
      item({ id: din(at + 1), parents: at === 0 ? [] : [parent(at)] }),
    ),
  );
}

describe('the walk back from a dose', () => {
  test('follows every branch: material, step, data, design, batch and lot', async () => {
    const store = new MapStore(
      sample({ id: din(1) }),
      item({ id: din(2), parents: [parent(1)] }),
      attempt('sequencing', {
        report: report('lab.technician', { inputs: [parent(2)], lots: ['lot-1'] }),
      }),
      dataset(),
      attempt('ranking', { report: report('lab.designer', { inputDatasets: ['fastq'] }) }),
      design(),
      attempt('fill', { report: report('manufacturer.operator') }),
      attempt('tests', { report: report('manufacturer.tester') }),
      batch(),
      item({ id: din(9), batch: 'batch-1' }),
    );
    const found = await walk(store, 9);
    expect(found.items.map(({ id }) => id)).toEqual([din(9), din(2), din(1)]);
    expect(found.attempts.map(({ step }) => step).sort()).toEqual([
      'fill',
      'ranking',
      'sequencing',
      'tests',
    ]);
    expect([found.datasets.length, found.designs.length, found.batches.length]).toEqual([1, 1, 1]);
    expect(found.missing).toEqual(['lot lot-1']);
  });

  test('says what a record names and the ledger does not hold', async () => {
    const store = new MapStore(item({ id: din(2), parents: [parent(1), parent(3, OTHER_COI)] }));
    expect((await walk(store, 2)).missing).toEqual([`item ${din(1)}`, `item ${din(3)}`]);
  });

  test('goes into another patient’s therapy, where a record leads there', async () => {
    const store = new MapStore(
      item({ id: din(2), parents: [parent(3, OTHER_COI)] }),
      item({ id: din(3), coi: OTHER_COI, parents: [parent(4, OTHER_COI)] }),
      item({ id: din(4), coi: OTHER_COI }),
    );
    expect((await walk(store, 2)).items.map(({ coi }) => coi)).toEqual([COI, OTHER_COI, OTHER_COI]);
  });

  test('visits what several branches share once, and ends where records go round', async () => {
    const store = new MapStore(
      item({ id: din(1), parents: [parent(4)] }),
      item({ id: din(2), parents: [parent(1)] }),
      item({ id: din(3), parents: [parent(1), parent(3)] }),
      item({ id: din(4), parents: [parent(2), parent(3)] }),
    );
    expect((await walk(store, 4)).items).toHaveLength(4);
  });

  test(`reads ${MAX_READS} keys and not one more`, async () => {
    expect(MAX_READS).toBe(300);
    expect((await walk(chainOf(MAX_READS), MAX_READS)).items).toHaveLength(MAX_READS);
    await expect(walk(chainOf(MAX_READS + 1), MAX_READS + 1)).rejects.toThrow(
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
