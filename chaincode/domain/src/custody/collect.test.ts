import { describe, expect, test } from '@jest/globals';
import {
  DIGEST,
  signed,
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
  therapy,
  NO_USE,
} from '../example.fixture.js';
import { collectItem, decideCollect } from './collect.js';
import { decideConfirmCollection } from './confirm-collection.js';
import { decideDispose, disposeItem } from './dispose.js';
import { reportedOf } from './resolve.js';
import type { Actor } from '../nouns/actor.js';
import type { UseByFact } from '../consent/fact.js';
import type { Item } from '../nouns/item.js';
import type { NamedItem } from '../nouns/named-item.js';
import { addMinutes } from '../values/time.js';

const collector = actor('hospital.collector', 'HospitalMSP', 'collector');
const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');
const codes = (decision: { readonly deviations: readonly { readonly code: string }[] }) =>
  decision.deviations.map(({ code }) => code);

const own = (of: Item): NamedItem => ({ id: of.id, known: 'own', item: of });

const never = (id: string): NamedItem => ({ id, known: 'never' });

interface Told {
  readonly by?: Actor;
  readonly at?: string;
  readonly alias?: NamedItem;
  readonly use?: UseByFact;
}

function collect(
  rest: object = {},
  confirms?: Item,
  named: NamedItem = { id: din(2), known: 'never' },
  { by = collector, at = NOW, alias, use = NO_USE }: Told = {},
) {
  const body = collectItem.body.parse({
    coi: COI,
    item: din(2),
    kind: 'tumour',
    occasion: 'visit-2',
    ...rest,
  });
  return decideCollect(
    {
      ...{ therapy: therapy(), definition: definition(), named, alias, confirms },
      ...{ unidentified: [], use },
    },
    command(by.id, body, { at }),
    context(by),
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

  test('with two numbers on its label is found by either, and a number is one thing’s', () => {
    const other = 'https://id.gs1.org/01/09506000134352/21/AB-12';
    const free = collect({ alias: other }, undefined, undefined, { alias: never(other) });
    expect(codes(free)).toEqual([]);
    expect(free.changes).toMatchObject([
      { noun: 'item', id: din(2), alias: other },
      { noun: 'item-index', id: din(2) },
      { noun: 'item-index', id: other, item: din(2) },
    ]);
    const taken = collect({ alias: din(1) }, undefined, undefined, { alias: own(item()) });
    expect(codes(taken)).toEqual(['IDENTIFIER_TAKEN']);
    expect(taken.changes).not.toContainEqual(expect.objectContaining({ item: din(2) }));
  });

  test('taken before the therapy was ordered deviates', () => {
    const early = collect({}, undefined, undefined, { at: addMinutes(NOW, -60) });
    expect(codes(early)).toEqual(['BEFORE_ITS_SUBJECT']);
  });

  test('told again by the same person in the same words is nothing new, and otherwise is', () => {
    const [first] = collect().changes;
    const named: NamedItem = first?.noun === 'item' ? own(first) : { id: din(2), known: 'never' };
    expect(collect({}, undefined, named)).toMatchObject({ changes: [], deviations: [] });
    const by = actor('hospital.other', 'HospitalMSP', 'collector');
    expect(codes(collect({}, undefined, named, { by }))).toEqual(['IDENTIFIER_TAKEN']);
    for (const rest of [{ occasion: 'visit-3' }, { kind: 'vial' }, { confirms: din(1) }]) {
      expect(codes(collect(rest, sample(), named))).toEqual(['IDENTIFIER_TAKEN']);
    }
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
  const confirm = (of: Item, by = nurse, person?: string) =>
    decideConfirmCollection(
      {
        named: reportedOf(therapy(), {
          id: of.id,
          known: of.coi === COI ? 'own' : 'foreign',
          item: of,
        }),
      },
      command(by.id, { coi: COI, item: of.id }),
      context(by, { person }),
    );

  test('confirms the sample', () => {
    const decision = confirm(alone);
    expect(codes(decision)).toEqual([]);
    expect(decision.changes).toMatchObject([{ collected: { confirmedBy: nurse.id } }]);
  });

  test('who says so again says nothing new', () => {
    const [confirmed] = confirm(alone).changes;
    const again = confirm(confirmed?.noun === 'item' ? confirmed : alone);
    expect(again).toMatchObject({ changes: [], deviations: [] });
  });

  test('is another than the first', () => {
    const decision = confirm(alone, collector);
    expect(codes(decision)).toEqual(['SAME_PERSON']);
    expect(decision.changes[0]).not.toHaveProperty('collected.confirmedBy');
  });

  test('is another than the first under whatever actor', () => {
    const taken = { ...alone, signatures: [{ ...signed(collector.id), person: DIGEST }] };
    const decision = confirm(taken, nurse, DIGEST);
    expect(codes(decision)).toEqual(['SAME_PERSON']);
    expect(decision.changes[0]).not.toHaveProperty('collected.confirmedBy');
    expect(codes(confirm(taken))).toEqual([]);
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
      { named: { id: of.id, known: 'own', item: of }, therapy: therapy(), decided: undefined },
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

  test('told again by the same person in the same words is nothing new', () => {
    const [gone] = dispose(item()).changes;
    const again = dispose(gone?.noun === 'item' ? gone : item());
    expect(again).toMatchObject({ changes: [], deviations: [] });
    expect(codes(dispose(gone?.noun === 'item' ? gone : item(), 'autoclaved'))).toEqual([
      'NOT_IN_CUSTODY',
    ]);
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
