import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { folderOf, OUTSIDE, run } from './program.js';
import { servedTherapy, type ServedTherapy } from './therapy.fixture.js';

let served: ServedTherapy;

beforeAll(async () => {
  served = await servedTherapy();
});
afterAll(() => served.close());

const program = (name: string) =>
  join(folderOf('VEINLEDGER_OUTSIDE_NPM'), 'node_modules', '.bin', name);
const rules = (name: string) => join(OUTSIDE, 'npm', name);

describe('the document is found without fault', () => {
  test('by spectral, by its rules for OpenAPI', async () => {
    const args = ['lint', served.document, '--ruleset', rules('spectral.yaml')];
    const found = await run(program('spectral'), [...args, '--fail-severity', 'hint']);
    expect(found).toMatch(/^No results/);
  });

  test('by redocly, by what it recommends', async () => {
    const args = ['lint', served.document, '--config', rules('redocly.yaml'), '--format', 'json'];
    const env = {
      ...process.env,
      REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
      REDOCLY_TELEMETRY: 'off',
    };
    const found = await run(program('redocly'), args, { env });
    expect(JSON.parse(found)).toMatchObject({ totals: { errors: 0, warnings: 0 }, problems: [] });
  });
});
