import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { runScript } from '../support/demo-process.js';

const count = z.looseObject({
  commands: z.int(),
  persons: z.int(),
  electronic: z.int(),
  sessions: z.int(),
  bySession: z.int(),
  byDevice: z.int(),
});
const reportSchema = z.strictObject({
  cost: z.strictObject({
    ed25519: z.number(),
    mlDsa65: z.number(),
    both: z.number(),
    passphrase: z.number(),
  }),
  processes: z.array(z.looseObject({ alone: count, delegated: count })),
});

test('a whole therapy goes with devices as it goes without, and asks for the same electronic signatures', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'veinledger-signatures-'));
  try {
    const file = join(directory, 'signatures.json');
    const words = ['--only', 'cart-autologous', '--json', file];
    const { code, output } = await runScript('signatures.js', words);
    // a command that is refused, deviates or has no effect ends it with an error
    expect({ code, output }).toMatchObject({ code: 0 });
    const { cost, processes } = reportSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    for (const seconds of Object.values(cost)) expect(seconds).toBeGreaterThan(0);
    expect(processes).toHaveLength(1);
    for (const { alone, delegated } of processes) {
      expect(delegated.commands).toBe(alone.commands);
      expect(delegated.electronic - delegated.sessions).toBe(alone.electronic);
      expect(delegated.persons).toBe(delegated.electronic);
      expect(delegated.persons + delegated.bySession + delegated.byDevice).toBe(
        delegated.commands + delegated.sessions,
      );
      expect(delegated.persons).toBeLessThan(alone.persons);
    }
  } finally {
    await rm(directory, { recursive: true });
  }
});
