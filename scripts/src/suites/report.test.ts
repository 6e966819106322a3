import { describe, expect, test } from '@jest/globals';
import { type GroupRun, reportOf } from './report.js';

const ordinary: GroupRun = {
  title: 'ordinary',
  run: { code: 0, failed: [], ran: [{ path: 'a.test.js', seconds: 2.04 }], seconds: 90 },
};
const fabric: GroupRun = {
  title: 'Fabric 3.0.0',
  run: { code: 0, failed: [], ran: [{ path: 'f.test.js', seconds: 60 }], seconds: 126 },
};
const failing = ({ title, run }: GroupRun, code: number, failed: string[]): GroupRun => ({
  title,
  run: { ...run, code, failed },
});
/** The lines after those about time. */
const verdict = (...given: Parameters<typeof reportOf>) => {
  const { lines, code } = reportOf(...given);
  return { lines: lines.slice(lines.findIndex((line) => line.startsWith('Minutes:')) + 1), code };
};

describe('the last lines of the tests', () => {
  test('name the slowest suites of all groups and the minutes of each', () => {
    expect(reportOf({ groups: [ordinary, fabric], notRun: [] })).toEqual({
      lines: [
        'Slowest suites:',
        '  - 60.0 s f.test.js',
        '  - 2.0 s a.test.js',
        'Minutes: ordinary 1.5 (1 suites), Fabric 3.0.0 2.1 (1 suites)',
        'Every suite that ran passed: ordinary, Fabric 3.0.0.',
      ],
      code: 0,
    });
  });

  test('name the suites that failed, and in the very last one which groups did', () => {
    const one = failing(ordinary, 1, ['gateway/dist/a.test.js', 'network/dist/b.test.js']);
    const other = failing(fabric, 1, ['test/dist/fabric/apart.test.js']);
    expect(verdict({ groups: [one, fabric], notRun: [] })).toEqual({
      lines: [
        'Failed, ordinary:',
        '  - gateway/dist/a.test.js',
        '  - network/dist/b.test.js',
        'Suites failed: 2 ordinary.',
      ],
      code: 1,
    });
    const both = reportOf({ groups: [one, other], notRun: [] });
    expect(both.lines.at(-1)).toBe('Suites failed: 2 ordinary, 1 Fabric 3.0.0.');
  });

  test('say so when jest ended without naming a suite', () => {
    expect(verdict({ groups: [failing(ordinary, 134, [])], notRun: [] })).toEqual({
      lines: [
        'Failed, ordinary:',
        '  - jest ended with code 134 and named no suite',
        'Suites failed: ordinary.',
      ],
      code: 1,
    });
  });

  test('name what did not run, and which groups passed', () => {
    const notRun = [{ suites: 'in a real browser', reasons: ['no chromium in PATH'] }];
    expect(verdict({ groups: [ordinary, fabric], notRun })).toEqual({
      lines: [
        'Did not run: in a real browser',
        '  - no chromium in PATH',
        'Every suite that ran passed: ordinary, Fabric 3.0.0.',
      ],
      code: 0,
    });
  });

  test('fail where suites are required and could not run, also beside suites that failed', () => {
    const suites = 'on a real Fabric network';
    const notRun = [{ suites, reasons: ['no Go'], requiredBy: 'VEINLEDGER_REQUIRE_FABRIC=1' }];
    const line = `VEINLEDGER_REQUIRE_FABRIC=1: required and could not run: ${suites}`;
    expect(verdict({ groups: [ordinary], notRun })).toEqual({
      lines: [`Did not run: ${suites}`, '  - no Go', line],
      code: 1,
    });
    const groups = [failing(ordinary, 1, ['gateway/dist/a.test.js'])];
    expect(reportOf({ groups, notRun }).lines.slice(-2)).toEqual([
      line,
      'Suites failed: 1 ordinary.',
    ]);
  });
});
