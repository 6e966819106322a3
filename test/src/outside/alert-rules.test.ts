import { describe, expect, test } from '@jest/globals';
import { deployFile } from '../support/deploy-files.js';
import { programIn, run } from './program.js';

const promtool = (...args: readonly string[]) => run(programIn('VEINLEDGER_PROMTOOL'), args);

describe('the alert rules', () => {
  test('are rules that Prometheus takes', async () => {
    const told = await promtool('check', 'rules', deployFile('prometheus/veinledger.rules.yml'));
    expect(told).toMatch(/SUCCESS: \d+ rules found/);
  });

  test('tell what goes wrong, and nothing of a healthy gateway', async () => {
    const told = await promtool(
      'test',
      'rules',
      deployFile('prometheus/veinledger.rules.test.yml'),
    );
    expect(told).toContain('SUCCESS');
  });
});
