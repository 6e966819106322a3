import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Home, type Person, registrarOf } from '#scripts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { SignaturePointer } from '@veinledger/domain';
import { type LoadedCommand, signLoad } from '../crash/load.js';
import { type EmbeddedOptions, embeddedBench } from '../support/embedded.js';
import { World } from '../support/world.js';
import { foundDeployment, killLeft, settingsIn, startDeployed } from './deployed.fixture.js';
import { acknowledgedAtLeast, httpLoad } from './http-load.js';

const auditor = { mspId: 'RegulatorMSP', label: 'auditor' };

describe('a gateway that is stopped under load', () => {
  let folder: string;
  let home: Home;
  let options: EmbeddedOptions;
  let load: readonly LoadedCommand[];
  let people: readonly Person[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'veinledger-stop-'));
    ({ home, options } = await foundDeployment(folder));
    const bench = await embeddedBench(options);
    const world = await World.open(bench);
    load = await signLoad(world, await world.sampledTherapy(), 400);
    people = [world.cast.collector, registrarOf(bench.consortium, 'HospitalMSP')];
    await bench.close();
  });
  afterEach(killLeft);
  afterAll(() => rm(folder, { recursive: true }));

  /** Ids of the load's commands that stand on the ledger. */
  async function standing(): Promise<ReadonlySet<string>> {
    const bench = await embeddedBench(options);
    try {
      expect(await bench.ledger.verify()).toMatchObject({ intact: true });
      const lists = people.map(({ id }) =>
        bench.submitter.read<SignaturePointer[]>(auditor, 'audit:ListSignedBy', id),
      );
      const ids = new Set((await Promise.all(lists)).flat().map(({ commandId }) => commandId));
      return new Set(load.map(({ commandId }) => commandId).filter((id) => ids.has(id)));
    } finally {
      await bench.close();
    }
  }

  test('answers everything that it accepted, and what it acknowledged is on the ledger', async () => {
    const gateway = await startDeployed(folder, { ...settingsIn(home), shutdownSeconds: 60 });
    const running = httpLoad(gateway.url, people, load, 16);
    await acknowledgedAtLeast(running, 60);
    const exit = await gateway.stop('SIGTERM');
    await running.done;
    expect({ exit, errors: gateway.errors() }).toEqual({ exit: 0, errors: '' });
    expect(running.other).toEqual([]);
    expect(running.turnedAway.size).toBeGreaterThan(0);
    expect([...(await standing())].sort()).toEqual([...running.acknowledged].sort());
  });

  test('says how many requests it cut off when its time is up', async () => {
    const gateway = await startDeployed(folder, { ...settingsIn(home), shutdownSeconds: 1 });
    const { hostname, port } = new URL(gateway.url);
    const slow = request({ hostname, port, path: '/docs', method: 'POST' });
    slow.on('error', () => undefined);
    slow.setHeader('content-type', 'application/json');
    slow.setHeader('content-length', 1000);
    slow.write('{');
    for (;;) {
      const metrics = await (await fetch(`${gateway.managementUrl}/metrics`)).text();
      if (metrics.includes('veinledger_requests_under_way 1')) break;
    }
    expect(await gateway.stop('SIGTERM')).toBe(1);
    expect(gateway.errors()).toMatch(/stopped after 1 s: 1 requests were cut off/);
  });
});
