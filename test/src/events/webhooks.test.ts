import {
  type Cast,
  enrolCast,
  enrolPatient,
  HttpSubmitter,
  openForBusiness,
  registrarOf,
  type Person,
  send,
} from '#scripts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { issueBearerToken } from '@veinledger/client/node';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GatewayBench, gatewayBench } from '../gateway/gateway.fixture.js';
import { editLevel } from '../support/edit-level.js';
import { isSigned, Receiver } from '../support/receiver.fixture.js';

interface Hook {
  readonly id: string;
  readonly state: string;
  readonly disabled?: string;
  readonly tries: number;
}
interface Registered {
  readonly hook: Hook;
  readonly secret: string;
}
interface Attempt {
  readonly delivered: boolean;
  readonly status?: number;
  readonly failure?: string;
}

let bench: GatewayBench;
let cast: Cast;
let patient: Person;
let receiver: Receiver;
const hooks: { readonly person: Person; readonly id: string }[] = [];

beforeAll(async () => {
  bench = await gatewayBench({
    webhooks: {
      privateTargets: true,
      retrySeconds: [0.05, 0.05],
      timeoutSeconds: 0.5,
      perOrganisation: 2,
    },
    operator: 'PayerMSP',
  });
  const submitter = new HttpSubmitter({
    url: bench.gateway.url,
    network: bench.consortium.root.network,
  });
  await openForBusiness(submitter, bench.consortium);
  cast = await enrolCast(submitter, bench.consortium);
  patient = await enrolPatient(submitter, bench.consortium, 'patient-1');
});
beforeEach(async () => {
  receiver = await Receiver.start();
});
afterEach(async () => {
  for (const { person, id } of hooks.splice(0)) await call(person, 'DELETE', `/${id}`);
  await receiver.close();
});
afterAll(() => bench.close());

async function call<T>(person: Person, method: string, path = '', body?: object): Promise<T> {
  const { url } = bench.gateway;
  const token = await issueBearerToken(person.keys, { actor: person.id, audience: url });
  const response = await fetch(`${url}/v1/webhooks${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.status === 204) return undefined as T;
  const answer = (await response.json()) as T & { code?: string };
  if (response.ok) return answer;
  throw new Error(`${response.status} ${answer.code ?? ''}`);
}
async function register(person: Person, more: object = {}): Promise<Registered> {
  const registered = await call<Registered>(person, 'POST', '', { url: receiver.url, ...more });
  hooks.push({ person, id: registered.hook.id });
  return registered;
}
let runs = 0;
const registerRun = () =>
  send(
    new HttpSubmitter({ url: bench.gateway.url, network: bench.consortium.root.network }),
    cast.labTechnician,
    {
      type: 'manufacturing:RegisterRun',
      body: { run: `run-${++runs}`, flowCell: 'F', instrument: 'S' },
    },
  );
const runsOf = () => receiver.deliveries.map(({ message }) => message.data.changed[0]);

describe('a webhook', () => {
  test('is told each command in order, signed as Standard Webhooks has it', async () => {
    const { secret, hook } = await register(cast.nurse);
    expect([secret.startsWith('whsec_'), hook.state]).toEqual([true, 'active']);
    const one = await registerRun();
    await registerRun();
    const [delivery] = await receiver.until((deliveries) => deliveries.length === 2);
    expect(delivery?.message).toMatchObject({
      type: 'command',
      id: delivery?.id,
      data: one.receipt,
    });
    expect(receiver.deliveries.every((each) => isSigned(each, secret))).toBe(true);
    const changed = { ...receiver.deliveries[0], text: `${delivery?.text ?? ''} ` };
    expect(isSigned(changed as (typeof receiver.deliveries)[0], secret)).toBe(false);
    expect(runsOf()).toEqual([`run run-${runs - 1}`, `run run-${runs}`]);
  });

  test('is told only what it asks for, and what its registrant may see', async () => {
    await register(cast.operator, { types: ['manufacturing:RegisterRun', 'consent:GiveConsent'] });
    const lot = { lot: 'https://id.gs1.org/01/09506000134352/10/W-1', kind: 'lipids' };
    const expiry = new Date(Date.now() + 1e10).toISOString();
    const { url } = bench.gateway;
    const submitter = new HttpSubmitter({ url, network: bench.consortium.root.network });
    await send(submitter, cast.operator, {
      type: 'manufacturing:RegisterLot',
      body: { ...lot, expiry },
    });
    await registerRun();
    await receiver.until((deliveries) => deliveries.length === 1);
    expect(runsOf()).toEqual([`run run-${runs}`]);
  });

  test('is tried again with the same id until it is taken, and nothing overtakes it', async () => {
    let refused = 0;
    receiver.answer = () => ({ status: refused++ < 2 ? 503 : 200 });
    await register(cast.nurse);
    await registerRun();
    await registerRun();
    const deliveries = await receiver.until((all) => all.length === 4);
    expect(deliveries.map(({ id }) => id)).toEqual([
      deliveries[0]?.id,
      deliveries[0]?.id,
      deliveries[0]?.id,
      deliveries[3]?.id,
    ]);
    expect(deliveries[3]?.id).not.toBe(deliveries[0]?.id);
  });

  test('goes to the dead letters after the last try, and can be sent again from there', async () => {
    receiver.answer = ({ message }) => ({
      status: message.data.changed[0] === `run run-${first}` ? 302 : 200,
      headers: { location: receiver.url },
    });
    const { hook } = await register(cast.nurse);
    const first = runs + 1;
    await registerRun();
    await registerRun();
    await receiver.until(() => runsOf().includes(`run run-${first + 1}`));
    expect(runsOf()).toEqual([first, first, first, first + 1].map((run) => `run run-${run}`));
    const path = `/${hook.id}/dead-letters`;
    const [unreceived] = await call<{ id: string; tries: number; last: Attempt }[]>(
      cast.nurse,
      'GET',
      path,
    );
    expect(unreceived).toMatchObject({
      id: receiver.deliveries[0]?.id,
      tries: 3,
      last: { status: 302 },
    });
    const again = `${path}/${unreceived?.id ?? ''}/redeliver`;
    expect(await call(cast.nurse, 'POST', again)).toEqual({ delivered: false, status: 302 });
    receiver.answer = () => ({ status: 200 });
    expect(await call(cast.nurse, 'POST', again)).toEqual({ delivered: true, status: 200 });
    expect(receiver.deliveries.at(-1)?.text).toBe(receiver.deliveries[0]?.text);
    expect(await call(cast.nurse, 'GET', path)).toEqual([]);
    await expect(call(cast.nurse, 'POST', again)).rejects.toThrow('404 NOT_FOUND');
  });

  test('is not told again before its receiver says so', async () => {
    let asked = 0;
    const times: number[] = [];
    receiver.answer = () => {
      times.push(Date.now());
      return asked++ === 0 ? { status: 429, headers: { 'retry-after': '1' } } : { status: 200 };
    };
    await register(cast.nurse);
    await registerRun();
    await receiver.until((all) => all.length === 2);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990);
  });

  test('is disabled by 410, and goes on from there when it is enabled', async () => {
    receiver.answer = () => ({ status: 410 });
    const { hook } = await register(cast.nurse);
    await registerRun();
    await receiver.until((all) => all.length === 1);
    const show = () => call<Hook>(cast.nurse, 'GET', `/${hook.id}`);
    while ((await show()).state !== 'disabled');
    expect(await show()).toMatchObject({ state: 'disabled', disabled: 'gone' });
    await registerRun();
    receiver.answer = () => ({ status: 200 });
    expect(await call(cast.nurse, 'POST', `/${hook.id}/enable`)).toMatchObject({ state: 'active' });
    await receiver.until((all) => all.length === 3);
    expect(runsOf()).toEqual([runs - 1, runs - 1, runs].map((run) => `run run-${run}`));
  });

  test('can be tested; a receiver that answers nothing is given up after a while', async () => {
    const { hook, secret } = await register(cast.nurse);
    const path = `/${hook.id}/test`;
    expect(await call(cast.nurse, 'POST', path)).toEqual({ delivered: true, status: 204 });
    const [delivery] = receiver.deliveries;
    expect([delivery?.message.type, delivery && isSigned(delivery, secret)]).toEqual([
      'test',
      true,
    ]);
    receiver.answer = () => 'nothing';
    expect(await call(cast.nurse, 'POST', path)).toEqual({ delivered: false, failure: 'TIMEOUT' });
  });

  test('is signed by the old and the new secret for a while after a change', async () => {
    const { hook, secret } = await register(cast.nurse);
    const changed = await call<Registered>(cast.nurse, 'POST', `/${hook.id}/secret`);
    expect(changed.secret).not.toBe(secret);
    await registerRun();
    const [delivery] = await receiver.until((all) => all.length === 1);
    expect(delivery && [isSigned(delivery, secret), isSigned(delivery, changed.secret)]).toEqual([
      true,
      true,
    ]);
  });

  test('loses nothing when the gateway is started anew, and its secret lies nowhere in clear', async () => {
    receiver.answer = () => ({ status: 500 });
    const { secret } = await register(cast.nurse);
    await registerRun();
    await receiver.until((all) => all.length === 1);
    await bench.restart();
    receiver.answer = () => ({ status: 200 });
    await registerRun();
    await receiver.until(() => runsOf().at(-1) === `run run-${runs}`);
    expect([...new Set(runsOf())]).toEqual([`run run-${runs - 1}`, `run run-${runs}`]);
    expect(receiver.deliveries.every((delivery) => isSigned(delivery, secret))).toBe(true);
    const state = join(bench.vaultFolder, 'state');
    for (const file of await readdir(state)) {
      const content = await readFile(join(state, file), 'latin1');
      expect(content.includes(secret.slice('whsec_'.length, 30))).toBe(false);
    }
  });
});

describe('a webhook whose place the ledger does not reach', () => {
  test('is shown so, and served from the ledger’s end once it is enabled', async () => {
    const { hook } = await register(cast.nurse);
    await bench.restart(() =>
      editLevel(join(bench.vaultFolder, 'state'), 'webhook-checkpoints', hook.id, () =>
        JSON.stringify({ position: { block: 4_000, index: 0 }, tries: 0 }),
      ),
    );
    await registerRun();
    expect(await call(cast.nurse, 'GET', `/${hook.id}`)).toMatchObject({
      state: 'ahead',
      after: '4000.0',
    });
    const enabled = await call<Hook>(cast.nurse, 'POST', `/${hook.id}/enable`);
    expect(enabled.state).toBe('active');
    await registerRun();
    await receiver.until((all) => all.length > 0);
    expect(runsOf()).toEqual([`run run-${runs}`]);
  });
});

describe('a webhook is refused', () => {
  const refused = (person: Person, body: object) =>
    call(person, 'POST', '', body).then(
      () => 'registered',
      (error: unknown) => (error as Error).message,
    );

  test.each([
    ['ftp://example.com/', '400 INVALID_REQUEST'],
    ['nowhere', '400 INVALID_REQUEST'],
    ['https://user:secret@example.com/', '400 INVALID_REQUEST'],
    ['https://nowhere.invalid/', '400 WEBHOOK_TARGET_UNRESOLVED'],
  ])('to %s', async (url, code) => {
    expect(await refused(cast.nurse, { url })).toBe(code);
  });

  test('to a patient, for unknown types, and beyond what an organisation may have', async () => {
    const { url } = receiver;
    expect(await refused(patient, { url })).toBe('403 NOT_ENTITLED');
    expect(await refused(cast.nurse, { url, types: ['care:Nothing'] })).toBe('400 INVALID_REQUEST');
    expect(await refused(cast.nurse, { url, colour: 'blue' })).toBe('400 INVALID_REQUEST');
    await register(cast.nurse);
    await register(cast.clinician);
    expect(await refused(cast.pharmacist, { url })).toBe('409 TOO_MANY_WEBHOOKS');
    await register(cast.operator);
  });
});

describe('whose a webhook is', () => {
  test("its registrant's and their registrars'; for others there is none", async () => {
    const { hook } = await register(cast.nurse);
    const path = `/${hook.id}`;
    const registrar = registrarOf(bench.consortium, 'HospitalMSP');
    expect(await call(registrar, 'GET')).toEqual([await call(cast.nurse, 'GET', path)]);
    for (const person of [cast.clinician, cast.operator, patient]) {
      expect(await call(person, 'GET')).toEqual([]);
      for (const [method, rest] of [
        ['GET', ''],
        ['DELETE', ''],
        ['POST', '/test'],
        ['POST', '/secret'],
      ]) {
        await expect(call(person, method ?? '', path + (rest ?? ''))).rejects.toThrow(
          '404 NOT_FOUND',
        );
      }
    }
    const operator = registrarOf(bench.consortium, 'PayerMSP');
    expect(await call(operator, 'GET', `${path}/dead-letters`)).toEqual([]);
    await expect(call(operator, 'DELETE', path)).rejects.toThrow('404 NOT_FOUND');
  });

  test('of nobody any more when its registrant is revoked: it is suspended', async () => {
    const { hook } = await register(cast.secondCollector);
    const registrar = registrarOf(bench.consortium, 'HospitalMSP');
    const submitter = new HttpSubmitter({
      url: bench.gateway.url,
      network: bench.consortium.root.network,
    });
    const body = { actor: cast.secondCollector.id, reason: 'left' };
    await send(submitter, registrar, { type: 'registry:RevokeActor', body });
    hooks.splice(0, 1, { person: registrar, id: hook.id });
    const other = await register(cast.operator);
    await registerRun();
    await receiver.until((all) => all.length > 0);
    expect(await call(registrar, 'GET', `/${hook.id}`)).toMatchObject({ state: 'suspended' });
    expect(receiver.deliveries.map((delivery) => isSigned(delivery, other.secret))).toEqual([true]);
  });
});
