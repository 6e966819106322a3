import { describe, expect, test } from '@jest/globals';
import { type Outcome, reportOf } from './report.js';

const PASSED = { code: 0, failed: [] };
const outcome: Outcome = {
  ordinary: PASSED,
  onFabric: { ...PASSED, version: '3.0.0' },
  notRun: [],
};

describe('the last lines of the tests', () => {
  test('name the suites that failed, and in the very last one which half of them', () => {
    const ordinary = { code: 1, failed: ['gateway/dist/a.test.js', 'network/dist/b.test.js'] };
    const onFabric = { code: 1, failed: ['test/dist/fabric/apart.test.js'], version: '3.0.0' };
    expect(reportOf({ ...outcome, ordinary })).toEqual({
      lines: [
        'Failed, ordinary:',
        '  - gateway/dist/a.test.js',
        '  - network/dist/b.test.js',
        'Suites failed: 2 ordinary.',
      ],
      code: 1,
    });
    expect(reportOf({ ...outcome, onFabric })).toEqual({
      lines: [
        'Failed, on Fabric:',
        '  - test/dist/fabric/apart.test.js',
        'Suites failed: 1 on Fabric.',
      ],
      code: 1,
    });
    const both = reportOf({ ...outcome, ordinary, onFabric });
    expect(both.lines.at(-1)).toBe('Suites failed: 2 ordinary, 1 on Fabric.');
  });

  test('say so when jest ended without naming a suite', () => {
    expect(reportOf({ ...outcome, ordinary: { code: 134, failed: [] } })).toEqual({
      lines: [
        'Failed, ordinary:',
        '  - jest ended with code 134 and named no suite',
        'Suites failed: ordinary.',
      ],
      code: 1,
    });
  });

  test('name what did not run, and on which ledgers the rest passed', () => {
    const notRun = [{ suites: 'in a real browser', reasons: ['no chromium in PATH'] }];
    expect(reportOf({ ...outcome, notRun })).toEqual({
      lines: [
        'Did not run: in a real browser',
        '  - no chromium in PATH',
        'Every suite that ran passed, on the embedded ledger and Fabric 3.0.0.',
      ],
      code: 0,
    });
    const { lines, code } = reportOf({ ...outcome, onFabric: undefined });
    expect(lines).toEqual(['Every suite that ran passed, on the embedded ledger.']);
    expect(code).toBe(0);
  });

  test('fail where suites are required and could not run, also beside suites that failed', () => {
    const suites = 'on a real Fabric network';
    const required = {
      ...outcome,
      onFabric: undefined,
      notRun: [{ suites, reasons: ['no Go'], requiredBy: 'VEINLEDGER_REQUIRE_FABRIC=1' }],
    };
    const line = `VEINLEDGER_REQUIRE_FABRIC=1: required and could not run: ${suites}`;
    expect(reportOf(required)).toEqual({
      lines: [`Did not run: ${suites}`, '  - no Go', line],
      code: 1,
    });
    const ordinary = { code: 1, failed: ['gateway/dist/a.test.js'] };
    expect(reportOf({ ...required, ordinary }).lines.slice(-2)).toEqual([
      line,
      'Suites failed: 1 ordinary.',
    ]);
  });
});
