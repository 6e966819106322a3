import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { type Cast, send } from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GatewayClient, issueBearerToken } from '@veinledger/client/node';
import { type GatewayHome, gatewayHome, type OwnProcess } from './gateway-process.fixture.js';
import type { IdleOrders, IdleReport } from './idle-listeners.js';

const PROCESS = new URL('./idle-listeners.js', import.meta.url).pathname;
/** beside the listeners' connections a process has files of its own open */
const OWN_FILES = 500;
const openFiles = Number(execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim());
const COUNT = Math.min(10_000, (Number.isNaN(openFiles) ? 10_500 : openFiles) - OWN_FILES);

describe(`a gateway with ${COUNT} idle listeners`, () => {
  let home: GatewayHome;
  let gateway: OwnProcess;
  let cast: Cast;
  let network: string;
  let listeners: ChildProcess;
  let report: IdleReport = { open: 0, heard: 0, refused: 0 };

  beforeAll(async () => {
    const founded = await gatewayHome((world) => {
      network = world.bench.consortium.root.network;
      return Promise.resolve(world.cast);
    });
    ({ home, prepared: cast } = founded);
    gateway = await home.start({
      events: { maxListeners: COUNT, maxListenersPerCaller: COUNT },
      // one address and one actor stand for all of them
      rateLimit: { perMinute: 1_000_000, burst: 1_000_000 },
    });
    listeners = fork(PROCESS, { execArgv: ['--no-warnings'] });
    listeners.on('message', (told) => (report = told as IdleReport));
  });
  afterAll(async () => {
    listeners.kill('SIGKILL');
    await home.kill(gateway);
    await home.remove();
  });

  const until = async (holds: () => boolean) => {
    while (!holds()) await once(listeners, 'message');
  };
  const rss = async () => {
    gateway.child.send('rss');
    const [told] = (await once(gateway.child, 'message')) as [{ rss: number }];
    return Math.round(told.rss / 1024 / 1024);
  };

  test('commits a command, which reaches each of them, and refuses one more', async () => {
    const { id: actor, keys } = cast.labTechnician;
    const { audience } = home;
    const client = new GatewayClient({ url: gateway.url, audience, actor, keys });
    const before = await rss();
    const token = await issueBearerToken(keys, { actor, audience });
    const port = Number(new URL(gateway.url).port);
    const orders: IdleOrders = { port, token, count: COUNT, address: '127.0.0.1' };
    listeners.send(orders);
    await until(() => report.open === COUNT);
    expect(report.refused).toBe(0);
    const held = await rss();

    const submitter = {
      network,
      submit: async (_: unknown, message: { jws: string }) => {
        const receipt = await client.send({ jws: message.jws });
        return { receipt, block: receipt.block };
      },
    };
    await send(submitter, cast.labTechnician, {
      type: 'manufacturing:RegisterRun',
      body: { run: 'run-idle', flowCell: 'F', instrument: 'S' },
    });
    await until(() => report.heard === COUNT);
    expect(report.open).toBe(COUNT);
    const perListener = Math.round(((held - before) * 1024) / COUNT);
    console.log(
      `${COUNT} listeners: resident memory ${before} MiB, then ${held} MiB (${perListener} KiB each), ${await rss()} MiB after a command`,
    );
    // 10,000 of them have to fit beside everything else on a small machine
    expect(perListener).toBeLessThan(200);

    const { status, headers } = await fetch(`${gateway.url}/v1/events`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([status, headers.get('retry-after')]).toEqual([503, '5']);
  });
});
