import { expect, test } from '@jest/globals';
import { COI, NOW, signed } from '../example.fixture.js';
import { honest, THINGS } from '../graph/honest-therapy.fixture.js';
import type { NextAct } from './next-act.js';
import { changesAt } from './moments.js';
import { mattersOf, rota } from './next.fixture.js';

const bare = honest().change('item', THINGS.dose, { useBy: '2026-11-23T00:00:00.000Z' });
const stopped: NextAct = {
  state: 'stopped',
  noun: 'item',
  subject: 'item 1',
  code: 'SEAL_MISMATCH',
  since: NOW,
  asked: [],
  deputiesFrom: '2026-11-22T13:30:00.000Z',
  managementFrom: '2026-11-22T14:00:00.000Z',
};

test('who must do what changes by time when the deputies are called, and again for the management', () => {
  expect(changesAt(mattersOf(bare), [stopped], [])).toBe(stopped.deputiesFrom);
  const at = '2026-11-22T13:30:00.000Z';
  expect(changesAt(mattersOf(bare, { at }), [stopped], [])).toBe(stopped.managementFrom);
});

test('it changes when a period on duty ends, and when a thing or an authorisation expires', () => {
  const until = '2026-11-22T13:10:00.000Z';
  const ending = rota({ periods: [{ from: '2026-11-22T00:00:00.000Z', until, people: ['a'] }] });
  expect(changesAt(mattersOf(bare), [stopped], [ending])).toBe(until);
  expect(changesAt(mattersOf(honest()), [], [])).toBe('2026-11-22T19:00:00.000Z');
  const authorised = bare.with({
    noun: 'dose',
    coi: COI,
    id: 'dose-1',
    number: 1,
    item: THINGS.dose,
    verifications: [],
    authorised: signed('hospital.clinician'),
    administrations: [],
  });
  const minutes = authorised.definition.authorisationMinutes;
  const end = new Date(Date.parse(NOW) + minutes * 60_000).toISOString();
  expect(changesAt(mattersOf(authorised), [], [])).toBe(end);
});
