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
  sample,
  signed,
  therapy,
  NO_USE,
} from '../example.fixture.js';
import { lacking } from '../graph/honest-therapy.fixture.js';
import type { Deviation } from '../nouns/deviation.js';
import type { Item } from '../nouns/item.js';
import type { SubjectRef } from '../nouns/subject.js';
import { addMinutes } from '../values/time.js';
import { collectItem, decideCollect } from './collect.js';
import { decideDerive, deriveItem } from './derive.js';

const collector = actor('hospital.collector', 'HospitalMSP', 'collector');
const pharmacist = actor('hospital.pharmacist', 'HospitalMSP', 'pharmacist');
const ref: SubjectRef = { kind: 'item', coi: COI, id: din(2) };
const blocker = { kind: 'deviation', id: 'D1', code: 'UNIDENTIFIED_ITEM' } as const;
const seal = { kind: 'deviation', id: 'D2', code: 'SEAL_MISMATCH' } as const;
const deviation: Deviation = {
  noun: 'deviation',
  scope: { kind: 'therapy', id: COI },
  id: 'D1',
  code: 'UNIDENTIFIED_ITEM',
  classification: 'major',
  subjects: [{ ref }],
  opened: signed('courier.driver'),
};
/** what a courier was given and received, before the hospital had said what it is */
const met = item({
  id: din(2),
  kind: 'unidentified',
  range: {},
  handOff: { id: 'hand-off-1', verdict: 'accepted', from: 'HospitalMSP', to: 'CourierMSP' },
  holder: { organisation: 'CourierMSP', actor: 'courier.driver' },
  blockers: [blocker, seal],
});
const state = {
  therapy: therapy(),
  definition: definition(),
  unidentified: [deviation],
  use: NO_USE,
};

function collect(of: Item) {
  const body = { coi: COI, item: din(2), kind: 'tumour', occasion: 'visit-1' };
  return decideCollect(
    { ...state, named: { id: din(2), known: 'own', item: of }, confirms: undefined },
    command(collector.id, collectItem.body.parse(body)),
    context(collector),
  );
}

describe('an unidentified item', () => {
  test('bears the labels that it bore, whichever of its numbers was given', () => {
    const words = { labelRead: din(2), label: din(3), reason: 'damaged' } as const;
    const relabellings = [{ ...words, formerLabel: 'destroyed' as const, signatures: [] }];
    const { changes } = collect({ ...met, id: din(4), alias: din(2), relabellings });
    expect(changes.filter(({ noun }) => noun === 'item')).toMatchObject([
      { kind: 'tumour', id: din(4), alias: din(2), relabellings },
    ]);
  });

  test('is identified by the report that should have come first, and quality looks at it', () => {
    const { changes, deviations } = collect(met);
    expect(deviations.map(({ code }) => code)).toEqual(['IDENTIFIED_LATER']);
    expect(changes.filter(({ noun }) => noun === 'item')).toMatchObject([
      {
        kind: 'tumour',
        collected: { by: collector.id },
        holder: met.holder,
        range: { temperatureMaxC: 8 },
        cleared: [{ actor: collector.id }],
      },
    ]);
    const [found] = changes.filter((each) => each.noun === 'item');
    expect(found?.blockers.map(({ code }) => code)).toEqual(['SEAL_MISMATCH', 'IDENTIFIED_LATER']);
    expect(changes).toContainEqual(
      expect.objectContaining({
        id: 'D1',
        subjects: [expect.objectContaining({ ref })],
      }),
    );
    const settled = changes.find((each) => each.noun === 'deviation' && each.id === 'D1');
    expect(settled).toMatchObject({ subjects: [{ disposition: { decision: 'identified' } }] });
  });

  const told = (rest: Partial<Item>) => ({ ...lacking(met, 'handOff'), ...rest });
  const collected = (of: Item) => collect(of).changes.find((each) => each.noun === 'item');
  const hospital = { organisation: 'HospitalMSP', actor: collector.id };

  test.each(['in-custody', 'lost', 'disposed'] as const)(
    'of which somebody spoke to whom nobody gave it is with who took it: said to be %s',
    (custody) => {
      const item = collected(told({ custody, heldSince: NOW }));
      expect(item).toMatchObject({ holder: hospital, custody: 'in-custody', heldSince: NOW });
      expect(item?.blockers.map(({ code }) => code)).toContain('IDENTIFIED_LATER');
    },
  );

  test('that somebody has in hand to whom nobody gave it has a finder', () => {
    const handOff = { id: 'hand-off-9', verdict: 'accepted' as const };
    expect(collected(told({ handOff }))).toMatchObject({
      ...{ holder: hospital, custody: 'in-transit', foundBy: met.holder },
    });
  });

  test('of which was told before there was anything is as who took it says', () => {
    const early = addMinutes(NOW, -10);
    const signatures = [{ ...signed('hospital.nurse'), at: early, time: early }];
    const disposed = told({ custody: 'disposed', signatures, holder: hospital });
    expect(collected(disposed)).toMatchObject({ custody: 'in-custody' });
    expect(collected({ ...met, signatures })).toMatchObject({ holder: hospital });
    const since = told({ custody: 'disposed', signatures: [signed('x')], holder: hospital });
    expect(collected(since)).toMatchObject({ custody: 'disposed' });
  });

  test('that was used up or given stays so', () => {
    for (const custody of ['consumed', 'administered'] as const)
      expect(collected(told({ custody }))).toMatchObject({ custody, holder: met.holder });
  });

  test('of which was told under another therapy is free for the report that makes it', () => {
    const elsewhere = { ...met, coi: OTHER_COI };
    const body = { coi: COI, item: din(2), kind: 'tumour', occasion: 'visit-1' };
    const decision = decideCollect(
      { ...state, named: { id: din(2), known: 'foreign', item: elsewhere }, confirms: undefined },
      command(collector.id, collectItem.body.parse(body)),
      context(collector),
    );
    expect(decision.deviations.map(({ code }) => code)).toEqual(['IDENTIFIED_LATER']);
    expect(decision.claims).toMatchObject([{ subject: { coi: OTHER_COI }, claim: 'identity' }]);
    expect(decision.changes).toContainEqual({ noun: 'item-index', id: din(2), coi: COI });
    const items = decision.changes.filter(({ noun }) => noun === 'item');
    expect(items).toMatchObject([{ coi: COI, kind: 'tumour', holder: hospital }]);
    expect(JSON.stringify(decision.deviations)).not.toContain(OTHER_COI);
  });

  test('is identified as what it was made of', () => {
    const parent = sample();
    const body = deriveItem.body.parse({
      coi: COI,
      operation: 'split',
      parents: [{ item: parent.id, consumed: false }],
      children: [{ item: met.id, kind: 'vial' }],
    });
    const { changes } = decideDerive(
      {
        ...state,
        parents: [{ id: parent.id, known: 'own', item: parent }],
        children: [{ id: met.id, known: 'own', item: met }],
      },
      command(pharmacist.id, body),
      context(pharmacist),
    );
    expect(changes).toContainEqual(
      expect.objectContaining({ id: din(2), kind: 'vial', parents: [{ coi: COI, id: parent.id }] }),
    );
  });

  test('that was rejected stays rejected', () => {
    const rejected = collect({ ...met, blockers: [{ ...blocker, kind: 'rejected' }] });
    const [found] = rejected.changes.filter((each) => each.noun === 'item');
    expect(found?.blockers).toMatchObject([{ kind: 'rejected' }, { code: 'IDENTIFIED_LATER' }]);
  });

  test('that has been identified is another thing’s number from then on', () => {
    const { deviations } = collect({ ...met, kind: 'tumour' });
    expect(deviations.map(({ code }) => code)).toEqual(['IDENTIFIER_TAKEN']);
  });
});
