import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enrol, send } from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeActorKeys } from '@veinledger/client/node';
import { here, PROGRAM } from '../../cli/cli.fixture.js';
import { until } from '../../support/until.js';
import type { RoutesChapter } from './stage.js';

interface Stated {
  readonly coi: string;
  readonly command: string;
  readonly decision: string;
}

/** A service of who owns a lot that was recalled, beside the gateway. */
export const alertRoutes: RoutesChapter = (stage) => {
  describe('a service that states alerts', () => {
    let home: string;
    let words: readonly string[];
    const run = async () => JSON.parse((await here(...words, '--json')).out) as readonly Stated[];
    /** A finding of the run, which the laboratory owns. */
    const find = async (perMille: number) => {
      const { submitter, cast } = stage();
      const body = { run: 'run-1', reason: 'index-hopping', perMille };
      const type = 'manufacturing:ReportRunFailure';
      const { receipt } = await send(submitter, cast.labTechnician, { type, body });
      return receipt.commandId;
    };

    beforeAll(async () => {
      const { bench, submitter } = stage();
      const { root } = bench.consortium;
      const id = 'manufacturer.alerts';
      const of = { id, organisation: 'ManufacturerMSP', roles: ['quality' as const] };
      const service = await enrol(submitter, bench.consortium, of, 'service');
      home = await mkdtemp(join(tmpdir(), 'veinledger-alerts-'));
      await mkdir(join(home, 'keys'));
      await mkdir(join(home, 'consortium'));
      await writeFile(join(home, 'consortium', 'root.json'), JSON.stringify(root));
      await writeActorKeys(join(home, 'keys', `${id}.json`), service.keys);
      words = ['state-alerts', '--as', id, '--home', home, '--gateway', bench.gateway.url];
    });
    afterAll(() => rm(home, { recursive: true }));

    test('states each that nobody has stated, once', async () => {
      const stated = await run();
      expect(stated.length).toBeGreaterThan(2);
      const { coi } = stage().journey;
      for (const each of stated) expect(each).toMatchObject({ coi, decision: 'permitted' });
      expect(new Set(stated.map(({ command }) => command)).size).toBe(stated.length);
      expect(await run()).toEqual([]);
      expect(await here(...words)).toMatchObject({ out: 'nothing waits to be stated\n', err: '' });
    });

    test('states what came while it was not there, and what comes while it follows', async () => {
      const before = await find(21);
      const child = spawn(process.execPath, [PROGRAM, ...words, '--follow', '--json']);
      let told = '';
      child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
      try {
        await until('what came before', () => told.includes(before));
        const since = await find(22);
        await until('what came since', () => told.includes(since));
        expect(await run()).toEqual([]);
      } finally {
        const ended = once(child, 'close');
        child.kill();
        await ended;
      }
    });
  });
};
