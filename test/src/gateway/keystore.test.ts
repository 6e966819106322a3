import { createHash } from 'node:crypto';
import {
  enrolCast,
  enrolPatient,
  HttpSubmitter,
  openForBusiness,
  type Cast,
  registrarOf,
  send,
  type Person,
} from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildCommand, GatewayClient, issueBearerToken } from '@veinledger/client/node';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { z } from 'zod';
import { type GatewayBench, gatewayBench } from './gateway.fixture.js';

const ACTOR = 'lab.technician-9';
const PASSPHRASE = 'seven vials on a cold night';
const byPassphrase = { kind: 'passphrase', passphrase: PASSPHRASE };

const ticketAnswer = z.looseObject({ ticket: z.string() });
const madeKeys = z.looseObject({
  keys: z.strictObject({ ed25519: z.string(), mlDsa65: z.string() }),
  proof: z.string(),
});
const tokenAnswer = z.looseObject({ access_token: z.string() });
const signed = z.strictObject({ jws: z.string() });

let bench: GatewayBench;
let submitter: HttpSubmitter;
let cast: Cast;
let keystore: string;
let token: string;
let ticketUsed: string;
let logged = '';

beforeAll(async () => {
  keystore = await mkdtemp(join(tmpdir(), 'veinledger-keystore-'));
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged += chunk.toString();
      done();
    },
  });
  bench = await gatewayBench({ keystore, developmentIssuer: true }, { logger: pino(sink) });
  const { network } = bench.consortium.root;
  submitter = new HttpSubmitter({ url: bench.gateway.url, network });
  await openForBusiness(submitter, bench.consortium);
  cast = await enrolCast(submitter, bench.consortium);
});
afterAll(async () => {
  await bench.close();
  await rm(keystore, { recursive: true });
});

async function post(path: string, body: object, authorization?: string) {
  const response = await fetch(`${bench.gateway.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(authorization === undefined ? {} : { authorization }),
    },
    body: JSON.stringify(body),
  });
  const answer = z.looseObject({ code: z.string().optional() }).parse(await response.json());
  return { status: response.status, answer, retryAfter: response.headers.get('retry-after') };
}

async function ownToken(person: Person): Promise<string> {
  const audience = bench.gateway.url;
  return `Bearer ${await issueBearerToken(person.keys, { actor: person.id, audience })}`;
}

async function ticketBy(person: Person, actor: string) {
  return post('/v1/keystore/tickets', { actor }, await ownToken(person));
}

const run = (name: string, actor = ACTOR) =>
  buildCommand({
    network: bench.consortium.root.network,
    type: 'manufacturing:RegisterRun',
    actor,
    body: { run: name, flowCell: 'FC-1', instrument: 'SEQ-1' },
  });

describe('somebody whose keys the gateway keeps', () => {
  test('makes them with a ticket of their registrar, who then enrols them', async () => {
    const registrar = registrarOf(bench.consortium, 'LabMSP');
    const { ticket } = ticketAnswer.parse((await ticketBy(registrar, ACTOR)).answer);
    ticketUsed = ticket;
    const made = await post('/v1/keystore/entries', { ticket, passphrase: PASSPHRASE });
    expect(made.status).toBe(201);
    const { keys, proof } = madeKeys.parse(made.answer);
    const person = createHash('sha256').update(ACTOR).digest('base64url');
    const body = { actor: ACTOR, kind: 'person', roles: ['lab'], person, keys, proof };
    const { receipt } = await send(submitter, registrar, { type: 'registry:EnrolActor', body });
    expect(receipt.decision).toBe('permitted');
  });

  test('signs with a passphrase what they then hand in', async () => {
    const form = { grant_type: 'client_credentials', client_id: ACTOR };
    const response = await fetch(`${bench.gateway.url}/dev/issuer/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    token = `Bearer ${tokenAnswer.parse(await response.json()).access_token}`;
    const asked = { payload: run('run-9'), unlock: byPassphrase };
    const { status, answer } = await post('/v1/keystore/signatures', asked, token);
    expect(status).toBe(201);
    const handedIn = await post('/v1/commands', { jws: signed.parse(answer).jws }, token);
    expect(handedIn).toMatchObject({ status: 201, answer: { decision: 'recorded' } });
  });

  test('gets no signature for a token alone', async () => {
    const payload = run('run-10');
    const without = await post('/v1/keystore/signatures', { payload }, token);
    expect(without).toMatchObject({ status: 400, answer: { code: 'INVALID_REQUEST' } });
    const guessed = { payload, unlock: { kind: 'open', unlock: 'A'.repeat(43) } };
    expect(await post('/v1/keystore/signatures', guessed, token)).toMatchObject({
      status: 403,
      answer: { code: 'KEYSTORE_LOCKED' },
    });
  });

  test('gets nothing without a token, whatever the passphrase', async () => {
    const asked = { payload: run('run-10'), unlock: byPassphrase };
    expect((await post('/v1/keystore/signatures', asked)).status).toBe(401);
  });

  test('gets no signature for another actor', async () => {
    const payload = run('run-10', cast.labTechnician.id);
    const asked = { payload, unlock: byPassphrase };
    expect(await post('/v1/keystore/signatures', asked, token)).toMatchObject({
      status: 403,
      answer: { code: 'ACTOR_MISMATCH' },
    });
  });

  test('keeps keys open by a handle, until they are locked', async () => {
    const opened = await post('/v1/keystore/unlocks', { unlock: byPassphrase, minutes: 5 }, token);
    const { unlock } = z.looseObject({ unlock: z.string() }).parse(opened.answer);
    const sign = () =>
      post(
        '/v1/keystore/signatures',
        { payload: run('run-11'), unlock: { kind: 'open', unlock } },
        token,
      );
    expect((await sign()).status).toBe(201);
    const locking = await fetch(`${bench.gateway.url}/v1/keystore/unlocks`, {
      method: 'DELETE',
      headers: { authorization: token },
    });
    expect(locking.status).toBe(204);
    expect((await sign()).status).toBe(403);
  });

  test('is locked out by wrong passphrases, and told for how long', async () => {
    const wrong = { kind: 'passphrase', passphrase: 'eight vials on a cold night' };
    const attempt = () => post('/v1/keystore/unlocks', { unlock: wrong }, token);
    for (let time = 0; time < 3; time += 1) {
      expect(await attempt()).toMatchObject({ status: 403, answer: { code: 'PASSPHRASE_WRONG' } });
    }
    expect(await attempt()).toMatchObject({
      status: 429,
      answer: { code: 'KEYSTORE_LOCKED_OUT' },
      retryAfter: expect.stringMatching(/^\d+$/),
    });
  });
});

describe('a ticket for the keystore', () => {
  test('is issued by registrars only, for their own member', async () => {
    expect(await ticketBy(cast.labTechnician, 'lab.somebody')).toMatchObject({
      status: 403,
      answer: { code: 'NOT_ENTITLED' },
    });
    const other = registrarOf(bench.consortium, 'HospitalMSP');
    expect(await ticketBy(other, cast.labTechnician.id)).toMatchObject({
      status: 403,
      answer: { code: 'NOT_ENTITLED' },
    });
  });

  test('is not issued for a patient', async () => {
    const registrar = registrarOf(bench.consortium, 'HospitalMSP');
    await enrolPatient(submitter, bench.consortium, 'patient-1');
    expect(await ticketBy(registrar, 'patient-1')).toMatchObject({
      status: 403,
      answer: { code: 'KEYSTORE_NOT_FOR_PATIENTS' },
    });
  });

  test('cannot be guessed', async () => {
    const made = { ticket: 'A'.repeat(43), passphrase: PASSPHRASE };
    expect(await post('/v1/keystore/entries', made)).toMatchObject({
      status: 403,
      answer: { code: 'TICKET_INVALID' },
    });
  });
});

describe("an entry's public part", () => {
  const read = (person: Person) =>
    new GatewayClient({ url: bench.gateway.url, actor: person.id, keys: person.keys }).read(
      `/v1/keystore/entries/${ACTOR}`,
    );

  test("is for its owner and its member's registrars", async () => {
    const own = await read(registrarOf(bench.consortium, 'LabMSP'));
    expect(own).toMatchObject({ actor: ACTOR, passkeys: [] });
    for (const person of [cast.labTechnician, registrarOf(bench.consortium, 'HospitalMSP')]) {
      await expect(read(person)).rejects.toMatchObject({ code: 'NOT_ENTITLED' });
    }
  });

  test('holds nothing that is sealed', async () => {
    const text = JSON.stringify(await read(registrarOf(bench.consortium, 'LabMSP')));
    expect(text).not.toContain('sealed');
    expect(text).not.toContain('passphrase');
  });
});

describe("the gateway's log", () => {
  test('has the calls, and no passphrase, ticket, payload or name of who signed what', () => {
    expect(logged).toContain('/v1/keystore/signatures');
    for (const secret of [PASSPHRASE, 'eight vials', ticketUsed, 'run-9', ACTOR, 'eyJ']) {
      expect(logged).not.toContain(secret);
    }
  });
});
