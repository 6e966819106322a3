import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CLAUSES, NAMES } from './clauses/index.js';
import { run } from './generator/run.js';
import { BEARING, UNBEARING } from './account/types.js';

const DOCUMENT = fileURLToPath(new URL('../../../docs/openapi.json', import.meta.url));

/** A count of histories that takes half a minute; the time is a net for a machine that is busy otherwise. */
const HISTORIES = 400;
const AT_MOST_MS = 10 * 60_000;

/** The first is the same in every run, and the other never: it is printed, and repeats by `npm run oracle -- --seed`. */
const SEEDS = [1, Date.now() % 1_000_000];

describe('the oracle', () => {
  test('knows of every type of command whether it bears upon a dose', () => {
    const { components } = JSON.parse(readFileSync(DOCUMENT, 'utf8')) as {
      components: { schemas: Record<string, unknown> };
    };
    const types = Object.keys(components.schemas).filter((name) => name.includes('.'));
    const known = [...BEARING, ...UNBEARING].map((type) => type.replace(':', '.'));
    expect(known.toSorted()).toEqual(types.toSorted());
  });

  test('has each clause once', () => {
    expect(new Set(CLAUSES.map(({ id }) => id)).size).toBe(CLAUSES.length);
    expect(NAMES).toEqual([...new Set(NAMES)].toSorted());
  });

  test.each(SEEDS)('permits and forbids what the ledger does, by seed %d', async (seed) => {
    const until = performance.now() + AT_MOST_MS;
    const { tally, findings } = await run({
      seed,
      goOn: (played) => played < HISTORIES && performance.now() < until,
    });
    console.log([`seed ${seed}`, ...tally.lines()].join('\n'));
    expect(tally.permitted).toBeGreaterThan(0);
    expect([...findings.values()].map(({ told }) => told)).toEqual([]);
  });
});
