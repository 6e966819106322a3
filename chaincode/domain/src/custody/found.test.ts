import { describe, expect, test } from '@jest/globals';
import {
  actor,
  COI,
  command,
  context,
  din,
  item,
  namedOwn,
  NOW,
  signed,
  therapy,
} from '../example.fixture.js';
import type { Actor } from '../nouns/actor.js';
import { addMinutes } from '../values/time.js';
import type { Item } from '../nouns/item.js';
import { courier, deviated, itemIn, nurse, parcel, receive, release } from './hand-off.fixture.js';
import { decideReportFound, reportFound } from './report-found.js';
import { decideReportLoss } from './report-loss.js';
import type { ReportedItem } from './resolve.js';

const lab = actor('lab.technician', 'LabMSP', 'lab');
const itemOf = (decision: Parameters<typeof itemIn>[0]): Item => {
  const found = itemIn(decision);
  if (!found) throw new Error('the decision changed no item');
  return found;
};

function lose(of: Item, by: Actor = nurse) {
  return decideReportLoss(
    { named: namedOwn(of) },
    command(by.id, { coi: COI, item: of.id }),
    context(by),
  );
}

function find(of: Item, by: Actor, rest: object = {}) {
  return findNamed(namedOwn(of), by, rest);
}

function findNamed(named: ReportedItem, by: Actor, rest: object = {}) {
  const said = { coi: COI, item: named.id, condition: 'intact', labelRead: named.id, ...rest };
  return decideReportFound(
    { therapy: therapy(), named },
    command(by.id, reportFound.body.parse(said)),
    context(by),
  );
}

describe('a loss', () => {
  test('quarantines the thing from when it is missed, wherever it was', () => {
    for (const of of [item({ signatures: [signed(nurse.id)] }), parcel]) {
      const decision = lose(of);
      expect(deviated(decision)).toEqual(['ITEM_LOST']);
      expect(itemOf(decision)).toMatchObject({ custody: 'lost' });
    }
    const [blocker] = itemOf(lose(item({ signatures: [signed(nurse.id)] }))).blockers;
    expect(blocker).toMatchObject({ code: 'ITEM_LOST', since: NOW });
  });

  test('of what is lost already stops nothing anew', () => {
    const lost = itemOf(lose(item()));
    expect(lose(lost, courier)).toMatchObject({
      deviations: [],
      changes: [{ custody: 'lost', lost: { saidToo: [{ actor: courier.id }] } }],
    });
  });

  test.each(['consumed', 'administered', 'disposed'] as const)(
    'of what was %s deviates and leaves it so',
    (custody) => {
      const decision = lose(item({ custody }));
      expect(deviated(decision)).toEqual(['NOT_IN_CUSTODY']);
      expect(itemOf(decision)).toMatchObject({ custody, blockers: [{ since: NOW }] });
    },
  );
});

describe('a lost thing', () => {
  const lost = itemOf(lose(parcel));

  test('that its holder finds is held again, and waits for quality', () => {
    const decision = find(lost, nurse);
    expect(deviated(decision)).toEqual(['FOUND_AGAIN']);
    expect(itemOf(decision)).toMatchObject({
      ...{ custody: 'in-custody', holder: { organisation: 'HospitalMSP' } },
      blockers: [{ code: 'ITEM_LOST' }, { code: 'FOUND_AGAIN' }],
    });
  });

  test('may have suffered since it was first missed, whoever missed it after that', () => {
    const later = addMinutes(NOW, 60);
    const again = decideReportLoss(
      { named: namedOwn(lost) },
      { ...command(courier.id, { coi: COI, item: lost.id }), at: later },
      context(courier, { transactionTime: later }),
    );
    const found = itemOf(find(itemOf(again), nurse));
    expect(found.blockers).toMatchObject([{ since: NOW }, { code: 'FOUND_AGAIN', since: NOW }]);
  });

  test('that somebody else finds goes on or back through their hands', () => {
    const found = itemOf(find(lost, lab));
    expect(found).toMatchObject({ custody: 'in-transit', foundBy: { organisation: 'LabMSP' } });
    const back = release(found, lab, { handOff: 'back', to: 'HospitalMSP' });
    expect(deviated(back)).toEqual([]);
    expect(itemOf(back).handOff).toMatchObject({ from: 'LabMSP', to: 'HospitalMSP' });
  });

  test('that arrives after all is found by whom it was sent to, and held', () => {
    const decision = receive({}, courier, undefined, lost);
    expect(deviated(decision)).toEqual(['FOUND_AGAIN']);
    expect(itemOf(decision)).toMatchObject({
      ...{ custody: 'in-custody', holder: { organisation: 'CourierMSP' } },
    });
  });

  test('is looked at when it is found: its label and its condition', () => {
    const seen = { labelRead: din(2), condition: 'damaged' };
    expect(deviated(find(lost, nurse, seen))).toEqual([
      'FOUND_AGAIN',
      'LABEL_MISMATCH',
      'NOT_INTACT',
    ]);
  });

  test('is found once by the same hands, and what is not lost by nobody', () => {
    expect(find(itemOf(find(lost, lab)), lab)).toMatchObject({ changes: [], deviations: [] });
    expect(deviated(find(item(), lab))).toEqual(['NOT_LOST']);
    expect(find(item(), nurse)).toMatchObject({ changes: [], deviations: [] });
  });

  test('is as it was seen, whoever has it and whether it was lost or not', () => {
    const seen = { labelRead: din(2), condition: 'damaged' };
    expect(deviated(find(item(), nurse, seen))).toEqual(['LABEL_MISMATCH', 'NOT_INTACT']);
    expect(deviated(find(item(), lab, seen))).toEqual(['NOT_LOST', 'LABEL_MISMATCH', 'NOT_INTACT']);
  });

  test('that nobody knows is there, in the hands of who found it', () => {
    const unknown = { id: din(9), known: 'never', therapy: therapy() } as const;
    const decision = findNamed(unknown, lab, { condition: 'damaged' });
    expect(decision.effect).toBe('taken');
    expect(deviated(decision)).toEqual(['UNIDENTIFIED_ITEM', 'NOT_INTACT']);
    expect(itemOf(decision)).toMatchObject({
      ...{ id: din(9), kind: 'unidentified', custody: 'in-custody' },
      holder: { organisation: 'LabMSP' },
    });
  });

  test('of another therapy deviates in both, whoever holds it', () => {
    const there = item({ coi: 'H1234269000023', id: din(9) });
    const foreign = { id: din(9), known: 'foreign', item: there, therapy: therapy() } as const;
    expect(deviated(findNamed(foreign, nurse))).toEqual(['FOREIGN_ITEM']);
  });
});
