import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { canonicalise, sha256Base64url } from '@veinledger/domain';
import { clinician, clinicianRecord, followUp, KNOWN, prepare } from '../gateway.fixture.js';
import type { Ledger } from '@veinledger/ledger';
import { LedgerError } from '@veinledger/ledger';
import { type ScriptedGateway, scriptedGateway } from '../scripted-gateway.fixture.js';
import { GatewayState } from '../state/gateway-state.js';
import { IdempotencyService, KEPT_MS } from './idempotency-service.js';

const TRANSACTION = 'b'.repeat(64);
const KEY = '"8e03978e-40d5-43dd-bc93-6894a57f9324"';

const inTwoRoles = { ...clinicianRecord, roles: ['clinician', 'safety-officer'] };

let scripted: ScriptedGateway | undefined;
afterEach(async () => {
  await scripted?.remove();
  scripted = undefined;
});

/** A gateway whose ledger commits what it is given, and counts. */
async function counting(change: Partial<Ledger> = {}) {
  const sent = await followUp(TRANSACTION);
  const counted = { submitted: 0 };
  scripted = await scriptedGateway(
    { developmentIssuer: true },
    {
      submit: async (_, options) => {
        counted.submitted += 1;
        await prepare(options, TRANSACTION);
        return { transactionId: TRANSACTION, block: 7, result: JSON.stringify(sent.record) };
      },
      ...change,
    },
  );
  const post = async (key: string, body: object = { jws: sent.jws, annexes: sent.annexes }) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    const response = await scripted?.call('/v1/commands', {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return { status: response?.status, body: (await response?.json()) as Record<string, unknown> };
  };
  return { sent, counted, post, gateway: scripted };
}

describe('a request under an idempotency key', () => {
  test('is done once, and answered the same again, also after a restart', async () => {
    const { post, counted, gateway } = await counting();
    const first = await post(KEY);
    expect(first).toMatchObject({ status: 201, body: { block: 7 } });
    expect(await post(KEY)).toEqual(first);
    await gateway.restart();
    expect(await post(KEY)).toEqual(first);
    expect(counted.submitted).toBe(1);
  });

  test('is not taken for another request, nor for one under another key', async () => {
    const { post, counted, sent } = await counting();
    await post(KEY);
    expect(await post(KEY, { jws: sent.jws })).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED', field: 'idempotency-key' },
    });
    await post('"another"');
    expect(counted.submitted).toBe(2);
  });

  test('is not done twice at the same time', async () => {
    let finish = (): void => undefined;
    const finished = new Promise<void>((done) => (finish = done));
    let began = (): void => undefined;
    const begun = new Promise<void>((done) => (began = done));
    const { post } = await counting({
      submit: async () => {
        began();
        await finished;
        const { record } = await followUp(TRANSACTION);
        return { transactionId: TRANSACTION, block: 7, result: JSON.stringify(record) };
      },
    });
    const first = post(KEY);
    await begun;
    expect(await post(KEY)).toMatchObject({
      status: 409,
      body: { code: 'IDEMPOTENCY_KEY_IN_USE' },
    });
    finish();
    expect(await first).toMatchObject({ status: 201 });
  });

  test('is not answered, where roles were taken away since, by what all of them were shown', async () => {
    const { sent, gateway, post, counted } = await counting({
      evaluate: ({ function: asked }) => {
        const known = { ...KNOWN, 'registry:ReadActor': inTwoRoles }[asked] ?? {};
        return Promise.resolve(JSON.stringify(known));
      },
    });
    await post(KEY);
    const issuer = `${gateway.gateway.url}/dev/issuer`;
    const found = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
    const { token_endpoint: endpoint } = found as { token_endpoint: string };
    const narrowly = async (scope: string) => {
      const form = { grant_type: 'client_credentials', client_id: clinician.id, scope };
      const answer = await fetch(endpoint, { method: 'POST', body: new URLSearchParams(form) });
      const { access_token: token } = (await answer.json()) as { access_token: string };
      const { jws, annexes } = sent;
      await gateway.call('/v1/commands', {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': KEY,
        },
        body: JSON.stringify({ jws, annexes }),
      });
      return counted.submitted;
    };
    expect(await narrowly('clinician safety-officer')).toBe(1);
    expect(await narrowly('clinician')).toBe(2);
    expect(await narrowly('clinician')).toBe(2);
  });

  test('may be tried again when nothing was done', async () => {
    let fails = true;
    const { post } = await counting({
      submit: async () => {
        if (fails) throw new LedgerError('unavailable', 'no peer');
        const { record } = await followUp(TRANSACTION);
        return { transactionId: TRANSACTION, block: 7, result: JSON.stringify(record) };
      },
    });
    expect(await post(KEY)).toMatchObject({ status: 503 });
    fails = false;
    expect(await post(KEY)).toMatchObject({ status: 201 });
  });

  test('gives a committed refusal again with its receipt', async () => {
    const { sent, post, counted } = await counting();
    const refused = { ...sent.record, decision: 'refused', reasons: [{ code: 'CONSENT_MISSING' }] };
    sent.record.decision = 'refused';
    Object.assign(sent.record, refused);
    const first = await post(KEY);
    expect(first).toMatchObject({ status: 409, body: { code: 'REFUSED', receipt: { block: 7 } } });
    const again = await post(KEY);
    expect(again.status).toBe(409);
    // each answer has an id of its own
    expect({ ...again.body, instance: first.body['instance'] }).toEqual(first.body);
    expect(counted.submitted).toBe(1);
  });

  test.each(['bare', '8e03978e', '""', '"open', `"${'x'.repeat(256)}"`, '"a", "b"'])(
    'needs a string in double quotes: %s',
    async (key) => {
      const { post, counted } = await counting();
      expect(await post(key)).toMatchObject({
        status: 400,
        body: { code: 'IDEMPOTENCY_KEY_MALFORMED', field: 'idempotency-key' },
      });
      expect(counted.submitted).toBe(0);
    },
  );

  test('leaves nothing on the disk that names anybody', async () => {
    const { post, gateway, sent } = await counting();
    await post(KEY);
    await gateway.gateway.close();
    const folder = join(gateway.vault, 'state');
    const files = await readdir(folder);
    const content = (
      await Promise.all(files.map((file) => readFile(join(folder, file), 'latin1')))
    ).join();
    expect(content).toContain('idempotency');
    for (const secret of [
      clinician.id,
      sent.record.scope.id,
      KEY.slice(1, -1),
      sent.record.commandId,
    ]) {
      expect(content).not.toContain(secret);
    }
  });

  test('leaves nothing on the disk against which anybody could try what was asked', async () => {
    const { post, gateway, sent } = await counting();
    const body = { jws: sent.jws, annexes: sent.annexes };
    await post(KEY, body);
    const state = join(gateway.vault, 'state');
    await gateway.gateway.close();
    const files = await readdir(state);
    const kept = await Promise.all(files.map((file) => readFile(join(state, file), 'latin1')));
    const guesses = [
      ['POST', '/v1/commands', body],
      [clinician.id, KEY.slice(1, -1)],
    ];
    for (const guess of guesses) {
      expect(kept.join()).not.toContain(sha256Base64url(canonicalise(guess)));
    }
  });

  test('is refused where what is asked holds a secret: no route of the keystore remembers it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'veinledger-keystore-'));
    scripted = await scriptedGateway({ keystore: folder });
    const document = await fetch(`${scripted.gateway.url}/v1/openapi.json`);
    const { paths } = (await document.json()) as {
      paths: Record<string, { post?: { tags: string[]; parameters: object[] } }>;
    };
    const secret = Object.entries(paths).filter(
      ([path, { post }]) => post?.tags.includes('keystore') === true || path.endsWith('/links'),
    );
    expect(secret.length).toBeGreaterThan(8);
    for (const [path, { post }] of secret) {
      expect([path, post?.parameters]).not.toEqual([
        path,
        expect.arrayContaining([expect.objectContaining({ name: 'Idempotency-Key' })]),
      ]);
    }
    const answer = await scripted.call('/v1/keystore/unlocks', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': KEY },
      body: '{"unlock":{"kind":"passphrase","passphrase":"seven vials on a cold night"}}',
    });
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { code: 'IDEMPOTENCY_KEY_NOT_TAKEN', field: 'idempotency-key' },
    ]);
    await rm(folder, { recursive: true });
  });

  test('is forgotten after 24 hours', async () => {
    const { post, gateway, counted } = await counting();
    await post(KEY);
    await gateway.gateway.close();
    const state = await GatewayState.open(join(gateway.vault, 'state'));
    const sealer = {
      keyFor: () => new Uint8Array(32),
      seal: (text: string) => Promise.resolve(text),
      open: (text: string) => Promise.resolve(text),
    };
    const service = new IdempotencyService(state, sealer);
    expect(await service.sweep(Date.now() + KEPT_MS - 60_000)).toBe(0);
    expect(await service.sweep(Date.now() + KEPT_MS + 60_000)).toBe(1);
    await state.close();
    await gateway.restart();
    await post(KEY);
    expect(counted.submitted).toBe(2);
  });
});
