import { describe, expect, test } from '@jest/globals';
import { wayOf } from './way.js';

const process = { id: 'pcv-mrna', version: '1.0' };
const definition = {
  steps: [
    { id: 'collection', roles: ['collector'], release: { rule: 'at-once' } },
    { id: 'sequencing', roles: ['lab'] },
    { id: 'design', roles: ['designer'], release: { rule: 'after-contact' } },
  ],
  patientWords: [{ language: 'en', digest: 'D' }],
};
const due = '2026-11-24T00:00:00.000Z';
const done = '2026-11-20T00:00:00.000Z';
type State = Parameters<typeof wayOf>[0]['steps'][number]['state'];
const progress = (...states: readonly State[]) => ({
  process,
  steps: states.map((state, place) => ({
    step: definition.steps[place]?.id ?? '',
    state,
    due,
    ...(state === 'on-time' || state === 'late' ? { done } : {}),
  })),
});
const at = (time: string, role: string) => ({ at: time, role, longer: false });
const states = (...given: readonly State[]) =>
  wayOf(progress(...given), definition).steps.map(({ state, longer }) => [state, longer]);

describe('the way from sample to dose', () => {
  test('is done, now and next, each by whom and when', () => {
    expect(wayOf(progress('on-time', 'waiting', 'to-come'), definition)).toEqual({
      process,
      approved: { en: 'D' },
      over: false,
      steps: [
        { ...at(done, 'collector'), id: 'collection', state: 'done', atOnce: true },
        { ...at(due, 'lab'), id: 'sequencing', state: 'now', atOnce: false },
        { ...at(due, 'designer'), id: 'design', state: 'next', atOnce: false },
      ],
    });
  });

  test('says that something took or takes longer, and of what is to come nothing', () => {
    expect(states('late', 'overdue', 'overdue')).toEqual([
      ['done', true],
      ['now', true],
      ['next', false],
    ]);
  });

  test('has one step that is now, where several wait', () => {
    expect(states('on-time', 'waiting', 'waiting').map(([state]) => state)).toEqual([
      'done',
      'now',
      'next',
    ]);
  });

  test('of a therapy that was ended shows nothing that will not come', () => {
    const way = wayOf(progress('on-time', 'ended', 'ended'), definition);
    expect(way.over).toBe(true);
    expect(way.steps).toMatchObject([{ id: 'collection' }]);
  });
});
