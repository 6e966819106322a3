import { type Person, registrarOf } from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { issueBearerToken } from '@veinledger/client/node';
import { type LoadedCommand, signLoad } from '../crash/load.js';
import { type GatewayHome, gatewayHome, type OwnProcess } from './gateway-process.fixture.js';
import { Listener } from '../support/listener.fixture.js';
import { Receiver } from '../support/receiver.fixture.js';

const COMMANDS = 200;
const AT_ONCE = 8;

describe('a gateway that is killed under load, again and again', () => {
  let home: GatewayHome;
  let load: readonly LoadedCommand[];
  let senders: ReadonlyMap<string, Person>;
  let auditor: Person;
  let gateway: OwnProcess;
  let receiver: Receiver;
  const acknowledged = new Set<string>();

  beforeAll(async () => {
    const founded = await gatewayHome(async (world) => {
      const people = [world.cast.collector, registrarOf(world.bench.consortium, 'HospitalMSP')];
      senders = new Map(people.map((person) => [person.id, person]));
      auditor = world.cast.auditor;
      return signLoad(world, await world.sampledTherapy(), COMMANDS);
    });
    ({ home, prepared: load } = founded);
    receiver = await Receiver.start();
  });
  afterAll(async () => {
    await home.kill(gateway);
    await receiver.close();
    await home.remove();
  });

  const settings = { webhooks: { privateTargets: true, retrySeconds: [0.1, 0.1] } };
  const tokenOf = ({ id, keys }: Person) =>
    issueBearerToken(keys, { actor: id, audience: home.audience });
  const post = async (person: Person, path: string, body: object) =>
    fetch(`${gateway.url}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await tokenOf(person)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
  /** Sends a command until it is acknowledged, whatever happens to the gateway. */
  async function submit({ actor, commandId, invocation }: LoadedCommand): Promise<void> {
    const sender = senders.get(actor);
    if (!sender) throw new Error(`no sender ${actor}`);
    for (;;) {
      const sent = await post(sender, '/v1/commands', { jws: invocation.args[0] }).catch(
        () => undefined,
      );
      if (sent?.ok === true) {
        acknowledged.add(commandId);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  const listen = (query: string, headers = {}) =>
    Listener.open({ person: auditor, url: gateway.url, audience: home.audience, query, headers });

  test('leaves a listener that resumes with every event once, and a receiver with each at least once', async () => {
    gateway = await home.start(settings);
    const registered = await post(auditor, '/v1/webhooks', { url: receiver.url });
    expect(registered.status).toBe(201);
    const ids: string[] = [];
    const commands: string[] = [];
    let resumed = 0;
    const missing = () => load.some(({ commandId }) => !commands.includes(commandId));
    const listening = (async () => {
      while (missing()) {
        const last = ids.at(-1);
        const headers = last === undefined ? {} : { 'last-event-id': last };
        const listener = await listen('?after=start', headers).catch(() => undefined);
        if (listener === undefined) {
          await new Promise((resolve) => setTimeout(resolve, 50));
          continue;
        }
        resumed += 1;
        await Promise.race([listener.over, settled(() => !missingWith(listener))]);
        listener.leave();
        for (const { id, receipt } of listener.heard) {
          ids.push(id);
          commands.push(receipt.commandId);
        }
      }
    })();
    const missingWith = (listener: Listener) => {
      const heard = new Set([
        ...commands,
        ...listener.heard.map(({ receipt }) => receipt.commandId),
      ]);
      return load.some(({ commandId }) => !heard.has(commandId));
    };
    const waiting = [...load];
    const loading = Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) await submit(next);
      }),
    );
    for (const after of [20, 70, 120]) {
      await settled(() => acknowledged.size >= after);
      await home.kill(gateway);
      gateway = await home.start(settings);
    }
    await loading;
    await listening;
    expect(resumed).toBeGreaterThan(3);
    const last = ids.at(-1) ?? '';
    const whole = await (await listen('?after=start')).until(({ ids: all }) => all.includes(last));
    expect(ids).toEqual(whole.ids.slice(0, ids.length));
    expect(new Set(ids).size).toBe(ids.length);
    whole.leave();
    const wanted = load.map(({ commandId }) => commandId);
    const delivered = () =>
      new Set(receiver.deliveries.map(({ message }) => message.data.commandId));
    await receiver.until(() => wanted.every((commandId) => delivered().has(commandId)));
    const first = [...new Set(receiver.deliveries.map(({ id }) => id))];
    const from = whole.ids.indexOf(first[0] ?? '');
    expect(first).toEqual(whole.ids.slice(from, from + first.length));
  });
});

async function settled(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}
