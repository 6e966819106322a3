import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ProcessDefinition } from '@veinledger/domain';
import { here } from './cli.fixture.js';

const inRepository = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const SHIPPED = ['pcv-mrna-1.0', 'pcv-peptide-1.0', 'cart-autologous-1.0'];
const fileOf = (name: string) => inRepository(`chaincode/processes/${name}.json`);

let folder: string;
let definition: ProcessDefinition;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veinledger-process-'));
  definition = JSON.parse(await readFile(fileOf('pcv-mrna-1.0'), 'utf8')) as ProcessDefinition;
});
afterAll(() => rm(folder, { recursive: true }));

async function written(name: string, changed: object): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, JSON.stringify({ ...definition, ...changed }));
  return file;
}

describe('the linter', () => {
  test.each(SHIPPED)('has nothing to say of %s', async (name) => {
    const { code, out } = await here('process', 'lint', fileOf(name));
    expect([code, out.trim()]).toEqual([0, `${name}.json: nothing to complain of`]);
  });

  test('names the step, and ends with 1', async () => {
    const steps = definition.steps.map((step) =>
      step.id === 'certification' ? { ...step, roles: ['nurse'] } : step,
    );
    const file = await written('nobody.json', { steps });
    const { code, out } = await here('process', 'lint', file);
    expect(code).toBe(1);
    expect(out).toContain('step certification: gate: gate H4: none of nurse may sign');
    expect(out).toContain('patientWords: no file in ja');
  });

  test('says of a file that is none what was expected', async () => {
    const { code, err } = await here('process', 'lint', join(folder, 'none.json'));
    expect([code, err]).toEqual([2, expect.stringContaining('FILE')]);
  });
});

describe('the picture', () => {
  test('in the documents is the one that is drawn', async () => {
    const file = join(folder, 'cells.svg');
    const drawn = await here('process', 'draw', fileOf('cart-autologous-1.0'), '-o', file);
    expect([drawn.code, drawn.out.trim()]).toEqual([0, file]);
    const kept = await readFile(inRepository('docs/cart-autologous-1.0.svg'), 'utf8');
    expect(await readFile(file, 'utf8')).toBe(kept);
  });

  test('is told in the patient’s language, and in none that there is not', async () => {
    const japanese = await here('process', 'draw', fileOf('pcv-mrna-1.0'), '--language', 'ja');
    expect(japanese.out).toContain('薬の設計');
    const french = await here('process', 'draw', fileOf('pcv-mrna-1.0'), '--language', 'fr');
    expect([french.code, french.err]).toEqual([2, expect.stringContaining('en, ja')]);
  });

  test('of what is no definition says what is not', async () => {
    const file = await written('odd.json', { steps: [] });
    const { code, err } = await here('process', 'draw', file);
    expect([code, err]).toEqual([1, expect.stringMatching(/^NO_DEFINITION: [^]*steps/u)]);
  });
});

describe('the difference', () => {
  test('tells what came, went and changed, and ends with 1', async () => {
    const later = await written('later.json', { version: '1.1', bedsideMinutes: 10 });
    const { code, out } = await here('process', 'diff', fileOf('pcv-mrna-1.0'), later);
    expect(code).toBe(1);
    expect(out.trim().split('\n')).toEqual([
      'pcv-mrna 1.0 to pcv-mrna 1.1: 1 changes',
      'process pcv-mrna changed: bedsideMinutes',
      '  - bedsideMinutes 15',
      '  + bedsideMinutes 10',
    ]);
  });

  test('of a version to itself is none', async () => {
    const same = fileOf('pcv-mrna-1.0');
    const { code, out } = await here('process', 'diff', same, same);
    expect([code, out.trim()]).toEqual([0, 'pcv-mrna 1.0 to pcv-mrna 1.0: nothing differs']);
  });

  test('wants two', async () => {
    const { code, err } = await here('process', 'diff', fileOf('pcv-mrna-1.0'));
    expect([code, err]).toEqual([2, expect.stringContaining('LATER')]);
  });
});
