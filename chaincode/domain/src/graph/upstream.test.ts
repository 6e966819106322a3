import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { COI, definition, din, item, OTHER_COI, therapy } from '../example.fixture.js';
import type { Item } from '../nouns/item.js';
import { honest, own, Story, THINGS } from './honest-therapy.fixture.js';
import { nameOfAttempt } from './links.js';
import { upstreamOf } from './upstream.js';

const of = (...items: readonly Item[]) => new Story([therapy(), ...items], definition());
const node = (serial: number, ...parents: readonly number[]) =>
  item({ id: din(serial), parents: parents.map((each) => own(din(each))) });
const ids = (items: readonly Item[]) => items.map(({ id }) => id);

describe('what a dose was made of', () => {
  test('is found on every branch: material, steps, data, design, batch and lots', () => {
    const found = honest().upstream();
    const { vials, sampleVial, retainedVial, library, ...others } = THINGS;
    expect(ids(found.items).sort()).toEqual([...Object.values(others), vials[0]].sort());
    expect([sampleVial, retainedVial, library].some((id) => ids(found.items).includes(id))).toBe(
      false,
    );
    expect(found.attempts.map(nameOfAttempt).sort()).toEqual([
      'calling/1',
      'extraction/1',
      'fill-finish/1',
      'genotyping/1',
      'pathology/1',
      'ranking/1',
      'sequencing/1',
      'template/1',
      'transcription/1',
    ]);
    expect(found.datasets.map(({ id }) => id).sort()).toEqual([
      'genotype',
      'hla',
      'neoantigens',
      'normal-fastq',
      'tumour-fastq',
      'variants',
    ]);
    expect([found.designs.length, found.batches.length, found.lots.length]).toEqual([1, 1, 1]);
    expect([...found.missing, ...found.foreign, ...found.circular]).toEqual([]);
  });

  test('is told in the order in which records name it', () => {
    const whole = of(node(1), node(2), node(3, 1, 2), node(4)).whole();
    const found = upstreamOf(
      whole,
      [4, 3].map((each) => ({ kind: 'item', ...own(din(each)) })),
    );
    expect(ids(found.items)).toEqual([4, 3, 1, 2].map(din));
  });

  test('says what a record names and the ledger does not hold', () => {
    const found = of(node(2, 1)).upstream(din(2));
    expect(found.missing).toEqual([`item ${din(1)}`]);
  });

  test('does not go into another patient’s therapy, and names where a record leads there', () => {
    const story = of(
      item({ id: din(2), parents: [{ coi: OTHER_COI, id: din(3) }] }),
      item({ id: din(3), coi: OTHER_COI, parents: [{ coi: OTHER_COI, id: din(4) }] }),
    );
    const found = story.upstream(din(2));
    expect(ids(found.items)).toEqual([din(2)]);
    expect(found.foreign).toEqual([`item ${din(3)}`]);
  });

  test('does not take for its own what another patient’s record holds under a key of this therapy', () => {
    const whole = of(node(1, 2)).whole();
    const found = upstreamOf(
      {
        ...whole,
        items: new Map([...whole.items, [din(2), item({ id: din(2), coi: OTHER_COI })]]),
      },
      [{ kind: 'item', ...own(din(1)) }],
    );
    expect(ids(found.items)).toEqual([din(1)]);
    expect(found.foreign).toEqual([`item ${din(2)}`]);
  });

  test('tells another patient’s item from one with the same label here', () => {
    const parents = [own(din(1)), { coi: OTHER_COI, id: din(1) }];
    const story = of(node(1), item({ id: din(2), parents }));
    expect(story.upstream(din(2)).foreign).toEqual([`item ${din(1)}`]);
  });

  test('visits what several branches share once, and ends where records go round', () => {
    const found = of(node(1, 4), node(2, 1), node(3, 1, 3), node(4, 2, 3)).upstream(din(4));
    expect(ids(found.items).sort()).toEqual([din(1), din(2), din(3), din(4)]);
    expect([...found.circular].sort()).toEqual([din(3), din(4)].map((id) => `item ${id}`));
  });

  test('may be thousands of steps away', () => {
    const long = Array.from({ length: 5_000 }, (_, at) => node(at + 1, ...(at > 0 ? [at] : [])));
    expect(of(...long).upstream(din(5_000)).items).toHaveLength(5_000);
  });
});

describe('on whatever graph', () => {
  const SIZE = 8;
  /** From each of the items to some of them, one of which no record holds. */
  const graphs = fc.array(fc.uniqueArray(fc.integer({ min: 1, max: SIZE + 1 }), { maxLength: 3 }), {
    minLength: SIZE,
    maxLength: SIZE,
  });

  test('everything that can be reached is found once, and cycles are named', () => {
    const seen = { cycles: 0, missing: 0 };
    fc.assert(
      fc.property(graphs, (edges) => {
        const items = edges.map((parents, index) => node(index + 1, ...parents));
        const found = upstreamOf(of(...items).whole(), [{ kind: 'item', coi: COI, id: din(1) }]);
        const after = reachable(edges);
        const reached = new Set([1, ...(after.get(1) ?? [])]);
        const known = [...reached].filter((each) => each <= SIZE);
        expect(ids(found.items).sort()).toEqual(known.map(din).sort());
        expect(found.missing).toEqual(reached.has(SIZE + 1) ? [`item ${din(SIZE + 1)}`] : []);
        const circular = known.filter((each) => after.get(each)?.has(each));
        const names = circular.map((each) => `item ${din(each)}`);
        expect(names).toEqual(expect.arrayContaining([...found.circular]));
        expect(found.circular.length > 0).toBe(circular.length > 0);
        if (circular.length > 0) seen.cycles += 1;
        if (found.missing.length > 0) seen.missing += 1;
      }),
      { numRuns: 2_000 },
    );
    expect(Math.min(seen.cycles, seen.missing)).toBeGreaterThan(100);
  });
});

/** What can be reached from each by one edge or more, by adding edges until nothing is added. */
function reachable(edges: readonly (readonly number[])[]): ReadonlyMap<number, Set<number>> {
  const found = new Map(edges.map((parents, index) => [index + 1, new Set(parents)]));
  let changed = true;
  while (changed) {
    changed = false;
    for (const set of found.values()) {
      const { size } = set;
      for (const each of [...set]) for (const further of found.get(each) ?? []) set.add(further);
      if (set.size > size) changed = true;
    }
  }
  return found;
}
