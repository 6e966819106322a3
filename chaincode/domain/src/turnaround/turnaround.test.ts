import { describe, expect, test } from '@jest/globals';
import { BROUGHT, COLLECTED, day, extracted, progress } from './turnaround.fixture.js';
import { percentile, turnaroundOf } from './turnaround.js';

const done = (days: number, by = 'LabMSP') => progress([COLLECTED, BROUGHT, extracted(days, by)]);

describe('the turnaround of a step', () => {
  test('is told for each organisation that did it: on time and late, and how long it took', () => {
    const therapies = [done(4.5), done(5), done(5.5), done(4.25, 'SecondLabMSP')];
    const { steps, therapies: count } = turnaroundOf(therapies, day(6));
    expect(count).toBe(4);
    const extraction = steps.filter(({ step }) => step === 'extraction');
    expect(extraction).toMatchObject([
      {
        ...{ organisation: 'LabMSP', onTime: 2, late: 1, waiting: 0, overdue: 0 },
        ...{ medianDays: 1, p90Days: 1.5, maxDays: 1.5 },
      },
      { organisation: 'SecondLabMSP', onTime: 1, late: 0, medianDays: 0.25 },
    ]);
  });

  test('tells for whom it waits, and has no percentiles of what nobody has done', () => {
    const { steps } = turnaroundOf([progress([COLLECTED, BROUGHT])], day(6));
    expect(steps.find(({ step }) => step === 'extraction')).toEqual({
      ...{ process: 'example', version: '1.0', step: 'extraction', organisation: 'LabMSP' },
      ...{ onTime: 0, late: 0, waiting: 0, overdue: 1 },
    });
  });

  test('has percentiles by nearest rank', () => {
    const ten = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
    expect([50, 90, 100].map((rank) => percentile(ten, rank))).toEqual([5, 9, 10]);
    expect(percentile([7], 50)).toBe(7);
    expect(percentile([], 50)).toBeUndefined();
  });
});
