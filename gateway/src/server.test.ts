import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { parseJws } from '@veinledger/domain';
import { GatewayClient, GatewayProblem } from '@veinledger/client';
import { nativeSigner } from '@veinledger/client/node';
import {
  clinician,
  followUp,
  gatewayFolders,
  prepare,
  root,
  scriptedLedger,
} from './gateway.fixture.js';
import { type Ledger, LedgerError } from '@veinledger/ledger';
import { type Gateway, startGateway } from './server.js';

const TRANSACTION = 'a'.repeat(64);

let folders: Awaited<ReturnType<typeof gatewayFolders>>;
let gateway: Gateway | undefined;
let logged = '';

beforeEach(async () => {
  folders = await gatewayFolders();
  logged = '';
});
afterEach(async () => {
  await gateway?.close();
  await folders.remove();
});

async function start(script: Partial<Ledger>): Promise<GatewayClient> {
  await gateway?.close();
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged += chunk.toString();
      done();
    },
  });
  const { vault, wallet } = folders;
  const dependencies = { ledger: scriptedLedger(script), root, logger: pino(sink) };
  gateway = await startGateway(
    { environment: 'development', port: 0, vault, wallet },
    dependencies,
  );
  return new GatewayClient({ url: gateway.url, actor: clinician.id, keys: clinician.keys });
}

const journal = () => readFile(join(folders.vault, 'submissions.jsonl'), 'utf8');
const failure = async (work: Promise<unknown>) => {
  const error: unknown = await work.catch((reason: unknown) => reason);
  return error instanceof GatewayProblem ? error.problem : error;
};

describe('the gateway', () => {
  test('has annex and transaction id on disk before anything is sent', async () => {
    const { jws, annexes, digest, record } = await followUp(TRANSACTION);
    let seen: readonly boolean[] = [];
    const client = await start({
      submit: async (invocation, options) => {
        const vaulted = (await readdir(folders.vault)).includes(`${digest}.age`);
        await prepare(options, TRANSACTION);
        seen = [vaulted, (await journal()).includes(TRANSACTION)];
        expect(Buffer.from(invocation.transient?.['outcome'] ?? []).toString()).toBe(
          annexes.outcome,
        );
        return { transactionId: TRANSACTION, block: 7, result: JSON.stringify(record) };
      },
    });
    expect(await client.send({ jws, annexes })).toEqual({ ...record, block: 7 });
    expect(seen).toEqual([true, true]);
  });

  test('looks a transaction of unknown outcome up before it sends the command again', async () => {
    const { jws, annexes, record } = await followUp(TRANSACTION);
    let submitted = 0;
    const submit: Ledger['submit'] = async (_, options) => {
      submitted += 1;
      await prepare(options, TRANSACTION);
      const message = 'no commit status in time';
      throw new LedgerError('unknown-outcome', message, { transactionId: TRANSACTION });
    };
    const client = await start({ submit });
    expect(await failure(client.send({ jws, annexes }))).toMatchObject({
      status: 504,
      code: 'UNKNOWN_OUTCOME',
      transactionId: TRANSACTION,
    });
    const committed = {
      transactionId: TRANSACTION,
      block: 9,
      index: 0,
      timestamp: record.transactionTime,
      creator: { mspId: 'HospitalMSP', certificate: '' },
      function: record.type,
      args: [jws],
      response: JSON.stringify(record),
      endorsers: [],
      reads: [],
      rangeReads: [],
      writes: [],
      validationCode: 0,
    };
    const later = await start({
      submit,
      status: () => Promise.resolve({ state: 'unknown' }),
      transaction: () => Promise.resolve(committed),
    });
    // by one key where two are required: no look-up stands for the contract that refuses it
    const { payloadText } = parseJws(jws, 'vnd.veinledger.command+jws');
    const signer = nativeSigner(clinician.keys);
    const byOne = await signer.sign(payloadText, 'vnd.veinledger.command+jws', ['EdDSA']);
    const restarted = await journal();
    expect(await failure(later.send({ jws: byOne, annexes }))).toMatchObject({ status: 504 });
    expect(submitted).toBe(2);
    await gateway?.close();
    await writeFile(join(folders.vault, 'submissions.jsonl'), restarted);
    const last = await start({ submit, transaction: () => Promise.resolve(committed) });
    expect(await last.send({ jws })).toEqual({ ...record, block: 9 });
    expect(submitted).toBe(2);
  });

  test('does not let an answer out that does not fit its schema', async () => {
    const client = await start({ height: () => Promise.resolve(-1) });
    expect(await failure(client.read('/v1/ledger'))).toMatchObject({
      status: 500,
      code: 'RESPONSE_INVALID',
    });
  });

  test('tells callers which block is broken, and not of whose key', async () => {
    const broken = { intact: false, brokenBlock: 3, reason: 'state: missing' } as const;
    const key = JSON.stringify('\0consent\0patient-7\0');
    const client = await start({ verify: () => Promise.resolve({ ...broken, key }) });
    expect(await client.read('/v1/ledger/verification')).toEqual(broken);
  });

  test('lives without the ledger, and is not ready', async () => {
    await start({ height: () => Promise.reject(new LedgerError('unavailable', 'no peer')) });
    const url = gateway?.url ?? '';
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    const ready = await fetch(`${url}/health/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([503, { code: 'NOT_READY' }]);
  });

  test('logs what became of a request, and nothing that belongs to a person', async () => {
    const { jws, annexes, record } = await followUp(TRANSACTION);
    const client = await start({
      submit: () => Promise.reject(new Error(`about ${clinician.id}`)),
    });
    expect(await failure(client.send({ jws, annexes }))).toMatchObject({ code: 'INTERNAL_ERROR' });
    await failure(client.read(`/v1/therapies/${record.scope.id}?patient=patient-7`));
    await gateway?.close();
    const lines = logged.split('\n').filter((line) => line.includes('"request"'));
    expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({
      method: 'POST',
      route: '/v1/commands',
      status: 500,
      code: 'INTERNAL_ERROR',
    });
    expect(JSON.parse(lines[1] ?? '{}')).toMatchObject({
      route: '/v1/therapies/{coi}',
      status: 400,
    });
    for (const secret of [clinician.id, record.scope.id, 'patient-7', 'eyJ', 'fever']) {
      expect(logged).not.toContain(secret);
    }
  });

  test('gives each request an id that its problem repeats', async () => {
    await start({});
    const response = await fetch(`${gateway?.url ?? ''}/nowhere`);
    const id = response.headers.get('x-request-id') ?? 'none';
    expect(await response.json()).toMatchObject({
      code: 'UNKNOWN_ROUTE',
      instance: `urn:uuid:${id}`,
    });
  });

  test('serves its document to people without any other host, and lets nothing else run', async () => {
    await start({});
    const page = await fetch(`${gateway?.url ?? ''}/docs`);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    const html = await page.text();
    expect(html).not.toMatch(/https?:\/\//);
    for (const [, path] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect((await fetch(`${gateway?.url ?? ''}${path ?? ''}`)).status).toBe(200);
    }
  });

  test('leads who types its address alone to that document', async () => {
    await start({});
    const { url } = gateway ?? {};
    const answer = await fetch(`${url ?? ''}/`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/docs']);
  });

  test('does not start without an identity of a member', async () => {
    const empty = folders.vault;
    const ledger = scriptedLedger({});
    await mkdir(empty);
    await expect(
      startGateway(
        { environment: 'development', port: 0, vault: folders.vault, wallet: empty },
        { ledger, root },
      ),
    ).rejects.toThrow(
      /^wallet .*: expected an identity of HospitalMSP that holds at .*, found none$/,
    );
  });

  test('lets go of its files where it cannot start, so that it can once that is mended', async () => {
    const { vault, wallet } = folders;
    const settings = {
      environment: 'development',
      ...{ port: 0, vault, wallet, operator: 'HospitalMSP' },
    } as const;
    const absent = join(folders.vault, 'absent.pem');
    const tls = { certificate: absent, privateKey: absent };
    const members = [{ mspId: 'HospitalMSP', url: 'https://127.0.0.1:1', tlsCa: absent }];
    const dependencies = { ledger: scriptedLedger({}), root, logger: pino({ level: 'silent' }) };
    await expect(
      startGateway({ ...settings, exchange: { port: 0, tls, members } }, dependencies),
    ).rejects.toThrow(/absent/);
    gateway = await startGateway(settings, dependencies);
    expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200);
  });

  test('frees its address when it is closed, as often as that is asked', async () => {
    await start({});
    const url = gateway?.url ?? '';
    await Promise.all([gateway?.close(), gateway?.close()]);
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
  });
});
