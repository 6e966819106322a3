import { describe, expect, test } from '@jest/globals';
import { figure, figureWithGoal, percentile } from './figures.js';
import { MemoryRecord } from './memory.js';
import { reportJson, reportLines } from './report.js';

describe('a figure', () => {
  test('without a goal is neither met nor missed', () => {
    expect(figure('commands', 1234.5678, 'commands/s')).toEqual({
      ...{ name: 'commands', value: 1234.6, unit: 'commands/s' },
      ...{ goal: null, met: null },
    });
  });

  test.each([
    ['at least', 0.5, true],
    ['at least', 0.49999999, false],
    ['at most', 1.3, true],
    ['at most', 1.30000001, false],
    ['under', 49.999999, true],
    ['under', 50, false],
    ['exactly', 1, true],
    ['exactly', 1.00000001, false],
  ] as const)('%s its goal is judged before it is rounded: %d', (comparison, value, met) => {
    const goals = { 'at least': 0.5, 'at most': 1.3, under: 50, exactly: 1 };
    expect(figureWithGoal('f', value, 'u', comparison, goals[comparison]).met).toBe(met);
  });

  test('of the nearest rank is one of the samples', () => {
    const samples = Array.from({ length: 100 }, (_, at) => 100 - at);
    expect([0.5, 0.95, 0.99, 1].map((part) => percentile(samples, part))).toEqual([
      50, 95, 99, 100,
    ]);
    expect(percentile([7], 0.5)).toBe(7);
    expect(() => percentile([], 0.5)).toThrow(RangeError);
  });
});

test('the growth of memory is between the medians of the first and the last tenth', () => {
  const record = new MemoryRecord();
  // one look in each tenth fell into a collection
  for (let command = 200; command <= 1200; command += 20) {
    const odd = command === 240 || command === 1140;
    record.note(command, (odd ? 900 : command < 1000 ? 100 : 105) * 1024 * 1024);
  }
  expect(record.figures(200, 1200)).toMatchObject([
    { value: 100, unit: 'MiB' },
    { value: 105, unit: 'MiB' },
    { value: 5, unit: '%', goal: 10, met: true },
  ]);
});

describe('the report', () => {
  const figures = [
    figure('plain', 1, 'ms'),
    figureWithGoal('kept', 1, 'ms', 'under', 2),
    figureWithGoal('missed', 3, 'ms', 'under', 2),
  ];

  test('is a table whose last line counts the goals', () => {
    const lines = reportLines(figures);
    expect(lines).toHaveLength(6);
    expect(lines[2]).toMatch(/^kept \(goal: under\) +1 +ms +2 +met$/u);
    expect(lines[3]).toMatch(/^missed \(goal: under\) +3 +ms +2 +MISSED$/u);
    expect(lines.at(-1)).toBe('1 of 2 goals met.');
  });

  test('is JSON of the figures and nothing else', () => {
    expect(JSON.parse(reportJson(figures))).toEqual({ figures });
  });
});
