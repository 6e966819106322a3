import { createHash } from 'node:crypto';
import {
  type Cast,
  chainOfIdentity,
  enrolCast,
  enrolPatient,
  HttpSubmitter,
  openForBusiness,
  registrarOf,
  send,
} from '#scripts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sha256Base64url } from '@veinledger/domain';
import { buildCommand, issueBearerToken, sealAnnex } from '@veinledger/client/node';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type GatewayBench, gatewayBench } from '../gateway/gateway.fixture.js';
import { type PasskeyPage, passkeyPage } from './passkey-browser.fixture.js';

const ACTOR = 'hospital.physician-9';
const PASSPHRASE = 'seven vials on a cold night';
const byPassphrase = { kind: 'passphrase', passphrase: PASSPHRASE };

const challengeAnswer = z.looseObject({
  request: z.string(),
  challenge: z.string(),
  get: z.looseObject({}),
  create: z.looseObject({}).optional(),
  confirm: z.looseObject({}).optional(),
});
const coded = z.looseObject({ code: z.string().optional() });

let keystore: string;
let bench: GatewayBench;
let cast: Cast;
let page: PasskeyPage;
let token: string;

beforeAll(async () => {
  keystore = await mkdtemp(join(tmpdir(), 'veinledger-keystore-'));
  bench = await gatewayBench({ keystore, developmentIssuer: true });
  const { network } = bench.consortium.root;
  const submitter = new HttpSubmitter({ url: bench.gateway.url, network });
  await openForBusiness(submitter, bench.consortium);
  cast = await enrolCast(submitter, bench.consortium);
  const registrar = registrarOf(bench.consortium, 'HospitalMSP');
  const audience = bench.gateway.url;
  const own = `Bearer ${await issueBearerToken(registrar.keys, { actor: registrar.id, audience })}`;
  const { answer: ticket } = await post('/v1/keystore/tickets', { actor: ACTOR }, own);
  const entry = { ticket: ticket['ticket'], passphrase: PASSPHRASE };
  const { answer: made } = await post('/v1/keystore/entries', entry);
  const { keys, proof } = made;
  const person = createHash('sha256').update(ACTOR).digest('base64url');
  const body = { actor: ACTOR, kind: 'person', roles: ['clinician'], person, keys, proof };
  await send(submitter, registrar, { type: 'registry:EnrolActor', body });
  await enrolPatient(submitter, bench.consortium, 'patient-1');
  const response = await fetch(`${audience}/dev/issuer/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: ACTOR }),
  });
  const granted = z.looseObject({ access_token: z.string() }).parse(await response.json());
  token = `Bearer ${granted.access_token}`;
  page = await passkeyPage(`${audience.replace('127.0.0.1', 'localhost')}/health/live`);
});
afterAll(async () => {
  await page.close();
  await bench.close();
  await rm(keystore, { recursive: true });
});

async function post(path: string, body: object, authorization = token) {
  const response = await fetch(`${bench.gateway.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify(body),
  });
  return { status: response.status, answer: coded.parse(await response.json()) };
}

async function challengeFor(asked: object) {
  return challengeAnswer.parse((await post('/v1/keystore/challenges', asked)).answer);
}

/** A consent's request: a physician signs it, and nobody for them. */
function doseAuthorisation(): string {
  return buildCommand({
    network: bench.consortium.root.network,
    type: 'care:AuthoriseDose',
    actor: ACTOR,
    body: {
      coi: chainOfIdentity(1),
      dose: 'dose-1',
      number: 1,
      item: 'https://id.gs1.org/01/04012345000078/21/1-1',
      verifications: ['verification-1'],
      fitness: 'go',
      continueAfterLapse: false,
    },
  });
}

function consentRequest(consent: string): string {
  return buildCommand({
    network: bench.consortium.root.network,
    type: 'consent:RequestConsent',
    actor: ACTOR,
    body: {
      patient: 'patient-1',
      consent,
      purpose: 'RESEARCH',
      legalBasis: 'consent',
      scope: {},
      form: { id: 'form', version: '1', language: 'de', digest: sealAnnex({}).digest },
    },
  });
}

const sign = (payload: string, assertion: object) =>
  post('/v1/keystore/signatures', { payload, unlock: { kind: 'passkey', assertion } });

describe('a passkey in a real browser', () => {
  it('is added by the passphrase, once it showed that it verifies its user and has a secret', async () => {
    const { create, confirm, challenge } = await challengeFor({ purpose: 'add-passkey' });
    const registration = await page.create(create ?? {});
    const allowCredentials = [{ id: registration.id, type: 'public-key' }];
    const assertion = await page.get({ ...confirm, allowCredentials });
    expect(JSON.stringify(assertion.clientExtensionResults)).toContain('"first"');
    const asked = { unlock: byPassphrase, registration, assertion };
    expect(await post('/v1/keystore/passkeys', asked)).toMatchObject({
      status: 201,
      answer: { passkeys: [{ id: registration.id }] },
    });
    expect(challenge).toHaveLength(43);
    expect(await post('/v1/keystore/passkeys', asked)).toMatchObject({
      status: 403,
      answer: { code: 'CHALLENGE_UNKNOWN' },
    });
  });

  it('signs the one command whose digest its user agreed to', async () => {
    const payload = consentRequest('consent-1');
    const { request, challenge, get } = await challengeFor({ purpose: 'sign', payload });
    expect(sha256Base64url(request)).toBe(challenge);
    expect(JSON.parse(request)).toMatchObject({ actor: ACTOR, payload: sha256Base64url(payload) });
    const assertion = await page.get(get);
    const { status, answer } = await sign(payload, assertion);
    expect(status).toBe(201);
    const handedIn = await post('/v1/commands', { jws: answer['jws'] });
    expect(handedIn.status).toBe(201);
    expect(await sign(payload, assertion)).toMatchObject({
      status: 403,
      answer: { code: 'CHALLENGE_UNKNOWN' },
    });
  });

  it('signs no other command than the one that was agreed to', async () => {
    const { get } = await challengeFor({ purpose: 'sign', payload: consentRequest('consent-2') });
    const assertion = await page.get(get);
    expect(await sign(consentRequest('consent-3'), assertion)).toMatchObject({
      status: 403,
      answer: { code: 'CHALLENGE_UNKNOWN' },
    });
  });

  it('opens nothing for a challenge of its own, or one that was set for something else', async () => {
    const payload = consentRequest('consent-4');
    const { get } = await challengeFor({ purpose: 'unlock' });
    const forUnlocking = await page.get(get);
    expect((await sign(payload, forUnlocking)).answer.code).toBe('CHALLENGE_UNKNOWN');
    const ownChoice = await page.get({ ...get, challenge: sha256Base64url('of my own') });
    expect((await sign(payload, ownChoice)).answer.code).toBe('CHALLENGE_UNKNOWN');
  });

  it('opens nothing without its secret, or with another one', async () => {
    const payload = consentRequest('consent-5');
    const { get } = await challengeFor({ purpose: 'sign', payload });
    const without = { ...(await page.get(get)), clientExtensionResults: {} };
    expect((await sign(payload, without)).answer.code).toBe('PASSKEY_WITHOUT_PRF');
    const again = await challengeFor({ purpose: 'sign', payload });
    const other = { prf: { results: { first: sha256Base64url('another secret') } } };
    const answered = { ...(await page.get(again.get)), clientExtensionResults: other };
    expect((await sign(payload, answered)).answer.code).toBe('PASSKEY_REFUSED');
  });

  it('opens nothing when it did not verify its user, not even with the right secret', async () => {
    const verified = await page.get((await challengeFor({ purpose: 'unlock' })).get);
    const { clientExtensionResults } = verified;
    const { get } = await challengeFor({ purpose: 'unlock' });
    await page.recognise(false);
    try {
      const assertion = await page.get({ ...get, userVerification: 'discouraged', extensions: {} });
      const unlock = { kind: 'passkey', assertion: { ...assertion, clientExtensionResults } };
      const { answer } = await post('/v1/keystore/unlocks', { unlock });
      expect(answer.code).toBe('PASSKEY_REFUSED');
    } finally {
      await page.recognise(true);
    }
  });

  it('keeps keys open for attributed entries, and never for a dose’s authorisation', async () => {
    const { get } = await challengeFor({ purpose: 'unlock' });
    const unlock = { kind: 'passkey', assertion: await page.get(get) };
    const opened = await post('/v1/keystore/unlocks', { unlock });
    expect(opened.status).toBe(201);
    const open = { kind: 'open', unlock: opened.answer['unlock'] };
    const attributed = { payload: consentRequest('consent-7'), unlock: open };
    expect(await post('/v1/keystore/signatures', attributed)).toMatchObject({ status: 201 });
    const own = { payload: doseAuthorisation(), unlock: open };
    expect(await post('/v1/keystore/signatures', own)).toMatchObject({
      status: 403,
      answer: { code: 'AUTHENTICATOR_NEEDED' },
    });
  });

  it('is not the key to anybody else’s keys', async () => {
    const { get } = await challengeFor({ purpose: 'unlock' });
    const assertion = await page.get(get);
    const audience = bench.gateway.url;
    const { id: actor, keys } = cast.nurse;
    const nurse = `Bearer ${await issueBearerToken(keys, { actor, audience })}`;
    const unlock = { kind: 'passkey', assertion };
    const { answer } = await post('/v1/keystore/unlocks', { unlock }, nurse);
    expect(answer.code).toBe('NO_KEYS');
  });

  it('opens nothing any more once it was taken away', async () => {
    const { get } = await challengeFor({ purpose: 'unlock' });
    const [entry] = z
      .looseObject({ allowCredentials: z.array(z.looseObject({ id: z.string() })) })
      .parse(get).allowCredentials;
    const assertion = await page.get(get);
    const removal = { unlock: byPassphrase, passkey: entry?.id };
    expect(await post('/v1/keystore/passkey-removals', removal)).toMatchObject({
      status: 201,
      answer: { passkeys: [] },
    });
    const unlock = { kind: 'passkey', assertion };
    const { answer } = await post('/v1/keystore/unlocks', { unlock });
    expect(answer.code).toBe('PASSKEY_REFUSED');
    expect(await post('/v1/keystore/passkey-removals', removal)).toMatchObject({
      status: 404,
      answer: { code: 'NO_SUCH_PASSKEY' },
    });
  });
});
