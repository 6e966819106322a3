import { describe, expect, test } from '@jest/globals';
import {
  actor,
  COI,
  command,
  context,
  definition,
  din,
  item,
  sample,
  signed,
  therapy,
} from '../example.fixture.js';
import type { Deviation } from '../nouns/deviation.js';
import type { Item } from '../nouns/item.js';
import type { SubjectRef } from '../nouns/subject.js';
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
/** what a courier met, before anybody had said what it is */
const met = item({
  id: din(2),
  kind: 'unidentified',
  range: {},
  holder: { organisation: 'CourierMSP', actor: 'courier.driver' },
  blockers: [blocker, seal],
});
const state = { therapy: therapy(), definition: definition(), unidentified: [deviation] };

function collect(of: Item) {
  const body = { coi: COI, item: din(2), kind: 'tumour', occasion: 'visit-1' };
  return decideCollect(
    { ...state, named: { id: din(2), known: 'own', item: of }, confirms: undefined },
    command(collector.id, collectItem.body.parse(body)),
    context(collector),
  );
}

describe('an unidentified item', () => {
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
