import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { runScript } from '../support/demo-process.js';

const figureSchema = z.union([
  z.strictObject({
    name: z.string().min(1),
    value: z.number(),
    unit: z.string().min(1),
    goal: z.number(),
    met: z.boolean(),
  }),
  z.strictObject({
    name: z.string().min(1),
    value: z.number(),
    unit: z.string().min(1),
    goal: z.null(),
    met: z.null(),
  }),
]);
const reportSchema = z.strictObject({ figures: z.array(figureSchema) });

describe('the bench', () => {
  it('commits every command, each verified once and in the contract, and writes its figures', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'veinledger-figures-'));
    try {
      const file = join(directory, 'figures.json');
      const { code, output } = await runScript('bench.js', ['--quick', '--json', file]);
      // a command that is not committed, a trace of other than 200 records: each ends the bench with an error
      expect({ code, output }).toMatchObject({ code: 0 });
      const { figures } = reportSchema.parse(JSON.parse(await readFile(file, 'utf8')));
      const value = (name: string) =>
        figures.filter((each) => each.name.replace(/ \(goal: .*\)$/u, '') === name);
      for (const where of ['in the contract', 'in the whole process']) {
        for (const algorithm of ['Ed25519', 'ML-DSA-65']) {
          expect(value(`${algorithm} verifications per command ${where}`)).toMatchObject([
            { value: 1, goal: 1, met: true },
          ]);
        }
      }
      for (const concurrency of [1, 16, 64]) {
        const at = `at concurrency ${concurrency}`;
        expect(value(`commands end to end ${at}`)).toHaveLength(1);
        for (const part of ['p50', 'p95', 'p99'])
          expect(value(`latency ${part} ${at}`)).toHaveLength(1);
      }
      const asked = figures.filter(({ goal }) => goal !== null).map(({ goal }) => goal);
      expect(asked.sort()).toEqual(
        [0.5, 1, 1, 1, 1, 1.3, 1.3, 1.3, 10, 50, 50, 99, 99, 120].sort(),
      );
      expect(new Set(figures.map(({ name }) => name)).size).toBe(figures.length);
      for (const { name } of figures) expect(output).toContain(name);
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('explains itself, and names an option that it does not have', async () => {
    expect(await runScript('bench.js', ['--help'])).toMatchObject({
      code: 0,
      output: expect.stringContaining('--json FILE') as unknown,
    });
    expect(await runScript('bench.js', ['--fast'])).toMatchObject({
      code: 1,
      output: expect.stringContaining('--fast') as unknown,
    });
  });
});
