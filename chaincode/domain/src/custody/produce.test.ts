import { describe, expect, test } from '@jest/globals';
import {
  actor,
  COI,
  command,
  context,
  definition,
  din,
  item,
  NOW,
  OTHER_COI,
  therapy,
} from '../example.fixture.js';
import { addMinutes } from '../values/time.js';
import { decideDerive, deriveItem } from './derive.js';
import type { Item } from '../nouns/item.js';
import { stateOf } from './item.js';
import { decideReadings } from './readings.js';
import type { NamedItem } from '../nouns/named-item.js';
import { reportedOf } from './resolve.js';

const pharmacist = actor('hospital.pharmacist', 'HospitalMSP', 'pharmacist');
const codes = (decision: { readonly deviations: readonly { readonly code: string }[] }) =>
  decision.deviations.map(({ code }) => code);
const own = (of: Item): NamedItem => ({
  id: of.id,
  known: of.coi === COI ? 'own' : 'foreign',
  item: of,
});

function prepare(
  parents: readonly Item[],
  kind = 'dose',
  child: NamedItem = { id: din(9), known: 'never' },
) {
  const body = deriveItem.body.parse({
    coi: COI,
    operation: 'prepare',
    parents: parents.map(({ id }) => ({ item: id, consumed: true })),
    children: [{ item: child.id, kind }],
  });
  const state = {
    therapy: therapy(),
    definition: definition(),
    children: [child],
    unidentified: [],
  };
  return decideDerive(
    { ...state, parents: parents.map(own) },
    command(pharmacist.id, body),
    context(pharmacist),
  );
}

const childIn = (decision: ReturnType<typeof prepare>) =>
  decision.changes.find((each) => each.noun === 'item' && each.id === din(9));

describe('what is derived', () => {
  const vial = item({ kind: 'vial' });

  test('names its parents, which are used up', () => {
    const decision = prepare([vial]);
    expect(codes(decision)).toEqual([]);
    expect(decision.changes).toContainEqual({ ...vial, custody: 'consumed' });
    expect(childIn(decision)).toMatchObject({ parents: [{ coi: COI, id: din(1) }], coi: COI });
  });

  test('is to be used within its in-use time, and before any of its parents expires', () => {
    const inUse = addMinutes(NOW, 360);
    const soon = addMinutes(NOW, 60);
    const late = addMinutes(NOW, 100_000);
    const second = item({ id: din(2), kind: 'vial', useBy: soon });
    expect(childIn(prepare([vial]))).toMatchObject({ useBy: inUse });
    expect(childIn(prepare([{ ...vial, useBy: late }]))).toMatchObject({ useBy: inUse });
    expect(childIn(prepare([{ ...vial, useBy: late }, second]))).toMatchObject({ useBy: soon });
    expect(childIn(prepare([{ ...vial, useBy: late }, second], 'vial'))).toMatchObject({
      useBy: soon,
    });
  });

  test('and listed twice is one thing, which deviates', () => {
    const body = deriveItem.body.parse({
      coi: COI,
      operation: 'split',
      parents: [{ item: vial.id, consumed: true }],
      children: [1, 2].map(() => ({ item: din(9), kind: 'dose' })),
    });
    const child: NamedItem = { id: din(9), known: 'never' };
    const decision = decideDerive(
      {
        therapy: therapy(),
        definition: definition(),
        parents: [own(vial)],
        children: [child, child],
        unidentified: [],
      },
      command(pharmacist.id, body),
      context(pharmacist),
    );
    expect(codes(decision)).toEqual(['LISTED_TWICE']);
    const children = decision.changes.filter((each) => each.noun === 'item' && each.id === din(9));
    expect(children).toMatchObject([{ blockers: [{ code: 'LISTED_TWICE' }] }]);
  });

  test('is not its own parent, whether the ledger knew it or not', () => {
    const known = prepare([vial], 'dose', own(vial));
    expect(codes(known)).toEqual(['OWN_PARENT']);
    const never: NamedItem = { id: din(9), known: 'never' };
    const body = deriveItem.body.parse({
      coi: COI,
      operation: 'split',
      parents: [{ item: din(9), consumed: false }],
      children: [{ item: din(9), kind: 'dose' }],
    });
    const unknown = decideDerive(
      {
        therapy: therapy(),
        definition: definition(),
        parents: [never],
        children: [never],
        unidentified: [],
      },
      command(pharmacist.id, body),
      context(pharmacist),
    );
    expect(codes(unknown)).toEqual(['UNIDENTIFIED_ITEM', 'OWN_PARENT']);
    expect(childIn(unknown)).toMatchObject({ kind: 'unidentified', parents: [] });
  });

  test('from something quarantined is quarantined', () => {
    const stopped = item({ blockers: [{ kind: 'hold', id: 'hold-1', code: 'regulator' }] });
    const decision = prepare([stopped]);
    expect(codes(decision)).toEqual(['PARENT_QUARANTINED']);
    const child = childIn(decision);
    expect(child?.noun === 'item' && stateOf(child)).toBe('quarantined');
  });

  test.each(['tumour', 'bone'])('of a kind that is not made deviates: %s', (kind) => {
    expect(codes(prepare([vial], kind))).toEqual(['KIND_NOT_MADE']);
  });

  test('under a number that is taken deviates and leaves its owner’s record', () => {
    const taken = item({ id: din(9), coi: OTHER_COI });
    const decision = prepare([vial], 'dose', { id: din(9), known: 'foreign', item: taken });
    expect(codes(decision)).toEqual(['IDENTIFIER_TAKEN']);
    expect(childIn(decision)).toMatchObject({ coi: OTHER_COI, parents: [] });
  });

  test('from another patient’s item deviates on it, on the therapy and shows in the lineage', () => {
    const decision = prepare([item({ coi: OTHER_COI })]);
    expect(codes(decision)).toEqual(['FOREIGN_ITEM']);
    expect(childIn(decision)).toMatchObject({ parents: [{ coi: OTHER_COI, id: din(1) }] });
    expect(decision.changes.filter(({ noun }) => noun === 'deviation')).toMatchObject([
      { scope: { id: COI }, subjects: [{ ref: { kind: 'therapy', coi: COI } }] },
      { scope: { id: OTHER_COI }, subjects: [{ ref: { coi: OTHER_COI, id: din(1) } }] },
    ]);
  });
});

describe('a thing’s state', () => {
  const blockers = [{ kind: 'deviation', id: 'D1', code: 'SEAL_MISMATCH' } as const];

  test.each([
    ['in-custody', 'quarantined'],
    ['in-transit', 'quarantined'],
    ['consumed', 'consumed'],
    ['administered', 'administered'],
    ['disposed', 'disposed'],
  ] as const)('that is %s and stopped is %s', (custody, shown) => {
    expect(stateOf(item({ custody }))).toBe(custody);
    expect(stateOf(item({ custody, blockers }))).toBe(shown);
  });
});

describe('readings', () => {
  const read = (...temperatures: number[]) =>
    decideReadings(
      { named: reportedOf(therapy(), own(item())) },
      command(pharmacist.id, {
        coi: COI,
        item: din(1),
        logger: 'logger-1',
        readings: temperatures.map((temperatureC, minute) => ({
          at: addMinutes(NOW, -minute),
          temperatureC,
        })),
      }),
      context(pharmacist),
    );

  test('at the very limits are in range', () => {
    expect(codes(read(2, 8))).toEqual([]);
  });

  test.each([1.9, 8.1])('of %d C are an excursion', (temperature) => {
    const decision = read(5, temperature, 4);
    expect(codes(decision)).toEqual(['TEMPERATURE_EXCURSION']);
    expect(decision.changes).toContainEqual(
      expect.objectContaining({
        noun: 'readings',
        count: 3,
        excursions: 1,
        minC: Math.min(4, temperature),
        maxC: Math.max(5, temperature),
        from: addMinutes(NOW, -2),
        until: NOW,
      }),
    );
  });
});
