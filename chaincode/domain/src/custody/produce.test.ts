import { describe, expect, test } from '@jest/globals';
import {
  actor,
  attempt,
  COI,
  command,
  context,
  definition,
  din,
  item,
  NOW,
  OTHER_COI,
  signed,
  step,
  therapy,
  NO_USE,
} from '../example.fixture.js';
import { addMinutes } from '../values/time.js';
import type { UseByFact } from '../consent/fact.js';
import type { Actor } from '../nouns/actor.js';
import type { StepAttempt } from '../nouns/step.js';
import { decideDerive, deriveItem, type DeriveState } from './derive.js';
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
  {
    operation = 'prepare',
    at = NOW,
    by = pharmacist,
    use = NO_USE,
    late = {},
    ...rest
  }: {
    readonly operation?: string;
    readonly at?: string;
    readonly by?: Actor;
    readonly use?: UseByFact;
    readonly late?: { readonly lateReason?: 'ledger-unreachable' };
  } & Partial<DeriveState> = {},
) {
  const body = deriveItem.body.parse({
    coi: COI,
    operation,
    parents: parents.map(({ id }) => ({ item: id, consumed: true })),
    children: [{ item: child.id, kind }],
  });
  const state = {
    therapy: therapy(),
    definition: definition(),
    children: [child],
    unidentified: [],
    use,
    ...rest,
  };
  return decideDerive(
    { ...state, parents: parents.map(own) },
    command(by.id, body, { at, ...late }),
    context(by, { late: late.lateReason !== undefined }),
  );
}

const childIn = (decision: ReturnType<typeof prepare>) =>
  decision.changes.find((each) => each.noun === 'item' && each.id === din(9));

describe('what is derived', () => {
  const vial = item({ kind: 'vial' });

  test('names its parents, which are used up', () => {
    const decision = prepare([vial]);
    expect(codes(decision)).toEqual([]);
    expect(decision.changes).toContainEqual({ ...vial, custody: 'consumed', inUseSince: NOW });
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

  test('is to be used from when it was made, not from when that was entered', () => {
    const hours = (count: number) => addMinutes(NOW, count * 60);
    const early = prepare([vial], 'dose', undefined, { at: hours(-7) });
    expect(childIn(early)).toMatchObject({ useBy: hours(-1), inUseSince: hours(-7) });
    const ahead = prepare([vial], 'dose', undefined, { at: addMinutes(NOW, 2) });
    expect(childIn(ahead)).toMatchObject({ useBy: hours(6) });
  });

  test('is to be used from when the first of its containers was opened', () => {
    const opened = addMinutes(NOW, -300);
    const before = item({ id: din(2), kind: 'vial', inUseSince: opened });
    expect(childIn(prepare([vial, before]))).toMatchObject({ useBy: addMinutes(NOW, 60) });
    const again = prepare([item({ kind: 'dose', inUseSince: opened })]);
    expect(childIn(again)).toMatchObject({ useBy: addMinutes(NOW, 60), inUseSince: opened });
  });

  test.each(['split', 'pool'])('by a %s is of the kind that it came of', (operation) => {
    const blood = [item({ kind: 'tumour' }), item({ id: din(2), kind: 'tumour' })];
    expect(codes(prepare(blood, 'tumour', undefined, { operation }))).toEqual([]);
    const mixed = [item({ kind: 'tumour' }), item({ id: din(2), kind: 'vial' })];
    expect(codes(prepare(mixed, 'tumour', undefined, { operation }))).toEqual(['KIND_NOT_MADE']);
  });

  test('and told again by the same person is nothing new, and by another is', () => {
    const first = childIn(prepare([vial]));
    const child: NamedItem = first?.noun === 'item' ? own(first) : { id: din(9), known: 'never' };
    expect(prepare([vial], 'dose', child)).toMatchObject({ changes: [], deviations: [] });
    const by = actor('hospital.other', 'HospitalMSP', 'pharmacist');
    expect(codes(prepare([vial], 'dose', child, { by }))).toEqual(['IDENTIFIER_TAKEN']);
    expect(codes(prepare([vial], 'vial', child))).toEqual(['IDENTIFIER_TAKEN']);
  });

  test('before its parent was in these hands deviates on the parent', () => {
    const held = { ...vial, heldSince: addMinutes(NOW, -10) };
    const decision = prepare([held], 'dose', undefined, { at: addMinutes(NOW, -14) });
    expect(codes(decision)).toEqual(['BEFORE_ITS_SUBJECT']);
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
        use: NO_USE,
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
        use: NO_USE,
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

  test('from something that one person alone relabelled is quarantined', () => {
    const words = { labelRead: din(1), label: din(501), reason: 'damaged' } as const;
    const told = { ...words, formerLabel: 'destroyed' as const, signatures: [] };
    expect(codes(prepare([item({ relabellings: [told] })]))).toEqual(['PARENT_QUARANTINED']);
    const verified = { ...told, verified: signed(pharmacist.id) };
    expect(codes(prepare([item({ relabellings: [verified] })]))).toEqual([]);
  });

  test('by what cannot be undone deviates where nobody was permitted to begin it', () => {
    const thaw = step('preparation', {
      attestedBy: 'custody:DeriveItem',
      ...{ inputs: ['vial'], outputs: ['dose'], irreversible: true },
    });
    const permission = { ...signed('hospital.pharmacist'), inputs: [vial.id], datasets: [] };
    const thawed = (attempts: readonly StepAttempt[], minutes = 0, late = {}) =>
      codes(
        prepare([vial], 'dose', undefined, {
          late,
          at: addMinutes(NOW, minutes),
          permitted: [{ step: thaw.id, attempts }],
          definition: definition([thaw]),
        }),
      );
    const permitted = attempt(thaw.id, { permission });
    expect(thawed([])).toEqual(['IRREVERSIBLE_NOT_PERMITTED']);
    expect(thawed([permitted])).toEqual([]);
    expect(thawed([permitted], -3)).toEqual(['IRREVERSIBLE_NOT_PERMITTED']);
    const before = { ...permission, at: addMinutes(NOW, -61), time: addMinutes(NOW, -61) };
    const over = attempt(thaw.id, { permission: before });
    expect(thawed([over])).toEqual(['IRREVERSIBLE_NOT_PERMITTED']);
    // what a signer says can only shorten, unless a late entry says why
    expect(thawed([over], -10)).toEqual(['IRREVERSIBLE_NOT_PERMITTED']);
    const told = thawed([over], -20, { lateReason: 'ledger-unreachable' });
    expect(told).not.toContain('IRREVERSIBLE_NOT_PERMITTED');
    const other = attempt(thaw.id, { permission: { ...permission, inputs: [din(77)] } });
    expect(thawed([other])).toEqual(['IRREVERSIBLE_NOT_PERMITTED']);
    expect(
      thawed([{ ...permitted, blockers: [{ kind: 'annulled', id: 'A.1', code: 'typo' }] }]),
    ).toEqual(['IRREVERSIBLE_NOT_PERMITTED']);
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

  test.each([
    ['1970', '1970-01-01T00:00:00.000Z'],
    ['2099', '2099-01-01T00:00:00.000Z'],
    ['the day before it was made', addMinutes(NOW, -24 * 60)],
  ])('of %s lie outside its journey, and deviate', (_name, at) => {
    const made = item({ signatures: [signed('lab.lab')] });
    const told = { coi: COI, item: din(1), logger: 'logger-1' };
    const readings = [{ at: NOW, temperatureC: 4 }, ...[{ at, temperatureC: 4 }]];
    const decision = decideReadings(
      { named: reportedOf(therapy(), own(made)) },
      command(pharmacist.id, { ...told, readings }),
      context(pharmacist),
    );
    expect(codes(decision)).toEqual(['READING_OUTSIDE_JOURNEY']);
  });

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

  test('out of range may have begun after the last one before that was in range', () => {
    expect(read(5, 9, 4).changes).toContainEqual(
      expect.objectContaining({
        noun: 'item',
        blockers: [expect.objectContaining({ since: addMinutes(NOW, -2) })],
      }),
    );
  });
});
