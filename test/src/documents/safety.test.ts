import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const DOMAIN = 'chaincode/domain/src';

/** Every sentence of the safety case. */
const IDS = Object.entries({ A: 11, B: 3, C: 5, D: 3, E: 4, F: 2, G: 4, H: 3 }).flatMap(
  ([letter, count]) => Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
);

interface Row {
  readonly id: string;
  readonly rule: string;
  readonly tests: string;
}

const rows: readonly Row[] = readFileSync(join(ROOT, 'docs', 'safety.md'), 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, id = '']) => /^[A-H]\d+$/.test(id))
  .map(([, id = '', , rule = '', tests = '']) => ({ id, rule, tests }));

const filesIn = (cell: string) => [...cell.matchAll(/`([^`]+\.ts)`/g)].map(([, file = '']) => file);

/** The ids that comments of rules name, with the files. */
const named = readdirSync(join(ROOT, DOMAIN), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(file))
  .flatMap((file) => {
    const text = readFileSync(join(ROOT, DOMAIN, file), 'utf8');
    return [...text.matchAll(/\(([A-H]\d+(?:, [A-H]\d+)*)\)/g)].flatMap(([, ids = '']) =>
      ids.split(', ').map((id) => ({ id, file })),
    );
  });

describe('the safety case', () => {
  test('has each sentence once', () => {
    expect(rows.map(({ id }) => id)).toEqual(IDS);
  });

  test.each(rows.map((row) => [row.id, row] as const))(
    '%s names rules that say whose they are, and tests that are there',
    (id, { rule, tests }) => {
      const rules = filesIn(rule);
      if (rules.length === 0) expect(rule).toMatch(/^not yet: /);
      for (const file of rules) {
        expect(named).toContainEqual({ id, file });
      }
      for (const file of filesIn(tests))
        expect([file, existsSync(join(ROOT, file))]).toEqual([file, true]);
    },
  );

  test('leaves no rule out that names a sentence', () => {
    const told = rows.flatMap(({ id, rule }) => filesIn(rule).map((file) => ({ id, file })));
    const missing = named.filter(
      ({ id, file }) => !told.some((each) => each.id === id && each.file === file),
    );
    expect(missing).toEqual([]);
  });
});
