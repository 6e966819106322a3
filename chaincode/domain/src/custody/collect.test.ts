import { describe, expect, test } from '@jest/globals';
import {
  actor,
  COI,
  command,
  context,
  definition,
  din,
  item,
  OTHER_COI,
  sample,
  therapy,
} from '../example.fixture.js';
import { collectItem, decideCollect } from './collect.js';
import { decideConfirmCollection } from './confirm-collection.js';
import { decideDispose, disposeItem } from './dispose.js';
import { reportedOf } from './resolve.js';
import type { Item } from '../nouns/item.js';

const collector = actor('hospital.collector', 'HospitalMSP', 'collector');
const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');
const codes = (decision: { readonly deviations: readonly { readonly code: string }[] }) =>
  decision.deviations.map(({ code }) => code);

function collect(rest: object = {}, confirms?: Item) {
  const body = collectItem.body.parse({
    coi: COI,
    item: din(2),
    kind: 'tumour',
    occasion: 'visit-2',
    ...rest,
  });
  const named = { id: din(2), known: 'never' } as const;
  return decideCollect(
    { therapy: therapy(), definition: definition(), named, confirms, unidentified: [] },
    command(collector.id, body),
    context(collector),
  );
}

describe('a sample', () => {
  test('is in the collector’s hands, with the range of its kind, and known by its number', () => {
    const decision = collect();
    expect(codes(decision)).toEqual([]);
    expect(decision.changes).toMatchObject([
      {
        noun: 'item',
        custody: 'in-custody',
        holder: { organisation: 'HospitalMSP', actor: collector.id },
        range: { temperatureMinC: 2, temperatureMaxC: 8 },
        collected: { by: collector.id, occasion: 'visit-2' },
      },
      { noun: 'item-index', id: din(2), coi: COI },
    ]);
  });

  test.each(['vial', 'bone'])('of a kind that is not collected deviates: %s', (kind) => {
    expect(codes(collect({ kind }))).toEqual(['KIND_NOT_COLLECTED']);
  });

  describe('that is to confirm an earlier one', () => {
    const earlier = (by: string, occasion: string) => sample({ collected: { by, occasion } });
    const confirming = (first?: Item) => codes(collect({ confirms: din(1) }, first));
    const NOT = ['SECOND_COLLECTION_NOT_INDEPENDENT'];

    test('comes from another occasion and another collector', () => {
      expect(confirming(earlier('hospital.other', 'visit-1'))).toEqual([]);
    });

    test('is not independent from the same collector, the same occasion or no sample', () => {
      expect(confirming(earlier(collector.id, 'visit-1'))).toEqual(NOT);
      expect(confirming(earlier('hospital.other', 'visit-2'))).toEqual(NOT);
      expect(confirming(item())).toEqual(NOT);
      expect(confirming()).toEqual(NOT);
    });
  });
});

describe('the second person at the collection', () => {
  const alone = sample({ collected: { by: collector.id, occasion: 'visit-1' } });
  const confirm = (of: Item, by = nurse) =>
    decideConfirmCollection(
      {
        named: reportedOf(therapy(), {
          id: of.id,
          known: of.coi === COI ? 'own' : 'foreign',
          item: of,
        }),
      },
      command(by.id, { coi: COI, item: of.id }),
      context(by),
    );

  test('confirms the sample', () => {
    const decision = confirm(alone);
    expect(codes(decision)).toEqual([]);
    expect(decision.changes).toMatchObject([{ collected: { confirmedBy: nurse.id } }]);
  });

  test('is another than the first', () => {
    const decision = confirm(alone, collector);
    expect(codes(decision)).toEqual(['SAME_PERSON']);
    expect(decision.changes[0]).not.toHaveProperty('collected.confirmedBy');
  });

  test('confirms no sample of another patient', () => {
    const decision = confirm({ ...alone, coi: OTHER_COI });
    expect(codes(decision)).toEqual(['FOREIGN_ITEM']);
    for (const change of decision.changes)
      expect(change).not.toHaveProperty('collected.confirmedBy');
  });

  test('confirms nothing that was made', () => {
    expect(codes(confirm(item()))).toEqual(['NOT_COLLECTED']);
  });
});

describe('a disposal', () => {
  const dispose = (of: Item, method = 'incinerated') =>
    decideDispose(
      { named: { id: of.id, known: 'own', item: of } },
      command(
        nurse.id,
        disposeItem.body.parse({ coi: COI, item: of.id, method, reason: 'expired' }),
      ),
      context(nurse),
    );

  test('ends the item', () => {
    const decision = dispose(item());
    expect(codes(decision)).toEqual([]);
    expect(decision.changes).toMatchObject([{ custody: 'disposed' }]);
  });

  test('of what was lost deviates, wherever it was', () => {
    expect(codes(dispose(item(), 'lost'))).toEqual(['ITEM_LOST']);
    expect(codes(dispose(item({ custody: 'in-transit' }), 'lost'))).toEqual(['ITEM_LOST']);
  });

  test('of what was used up or given deviates and leaves it so', () => {
    for (const custody of ['consumed', 'administered'] as const) {
      const decision = dispose(item({ custody }));
      expect(codes(decision)).toEqual(['NOT_IN_CUSTODY']);
      expect(decision.changes).toContainEqual(expect.objectContaining({ custody }));
    }
  });

  test('by somebody who does not hold it deviates', () => {
    const elsewhere = { organisation: 'LabMSP', actor: 'lab.technician' };
    expect(codes(dispose(item({ holder: elsewhere })))).toEqual(['NOT_HOLDER']);
  });
});
