import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { doStep, enrolPatient, type Person, registrarOf, TherapyJourney } from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GatewayClient, issueBearerToken } from '@veinledger/client/node';
import { programmesFrom, startDeployedProgrammes } from '@veinledger/gateway';
import { type ProgrammesBench, programmesBench, type TestProgramme } from './programmes.fixture.js';

describe('one gateway that serves two programmes', () => {
  let all: ProgrammesBench;
  let journeys: Readonly<Record<'north' | 'south', TherapyJourney>>;

  beforeAll(async () => {
    all = await programmesBench();
    journeys = { north: await journeyIn(all.north), south: await journeyIn(all.south) };
  });
  afterAll(() => all.close());

  /** The same pseudonym, chain of identity and names in both programmes. */
  async function journeyIn({
    submitter,
    cast,
    consortium,
  }: TestProgramme): Promise<TherapyJourney> {
    const patient = await enrolPatient(submitter(), consortium, 'patient-1');
    const journey = new TherapyJourney({ submitter: submitter(), cast, patient, serial: 1 });
    await journey.consent('TREATMENT_MANUFACTURE');
    await journey.consent('GENOMIC_SEQUENCING');
    await journey.order();
    return journey;
  }

  const urlOf = (name: 'north' | 'south') => all.gateway().programmes.get(name)?.url ?? '';

  /** Calls a programme as somebody whose token was made for another audience, or for it. */
  async function call(by: Person, url: string, path: string, audience = url, body?: object) {
    const token = await issueBearerToken(by.keys, { actor: by.id, audience });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return fetch(`${url}${path}`, {
      headers,
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
  }

  const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;

  test('keeps their ledgers apart: the same names stand for different things', async () => {
    const { north, south } = journeys;
    expect(north.coi).toBe(south.coi);
    await north.collectAll();
    const trace = (programme: TestProgramme) =>
      programme
        .submitter()
        .read<{ things: unknown[] }>(programme.cast.nurse, `/v1/therapies/${north.coi}/trace`);
    expect((await trace(all.north)).things.length).toBeGreaterThan(0);
    expect((await trace(all.south)).things).toEqual([]);
    const height = async ({ submitter, cast }: TestProgramme) =>
      (await submitter().read<{ height: number }>(cast.nurse, '/v1/ledger')).height;
    expect(await height(all.north)).toBeGreaterThan(await height(all.south));
  });

  test('takes no token in one that was made for the other', async () => {
    const { nurse } = all.north.cast;
    expect((await call(nurse, urlOf('north'), '/v1/ledger')).status).toBe(200);
    // by the keys of the programme that is asked, so that the audience alone is wrong
    const itsOwn = all.south.cast.nurse;
    expect((await call(itsOwn, urlOf('south'), '/v1/ledger')).status).toBe(200);
    const crossed = await call(itsOwn, urlOf('south'), '/v1/ledger', urlOf('north'));
    expect([crossed.status, await codeOf(crossed)]).toEqual([401, 'WRONG_AUDIENCE']);
    expect((await call(nurse, urlOf('south'), '/v1/ledger')).status).toBe(401);
    const issued = await fetch(`${urlOf('north')}/dev/issuer/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: nurse.id }),
    });
    const { access_token } = (await issued.json()) as { access_token: string };
    const headers = { authorization: `Bearer ${access_token}` };
    expect((await fetch(`${urlOf('north')}/v1/ledger`, { headers })).status).toBe(200);
    expect((await fetch(`${urlOf('south')}/v1/ledger`, { headers })).status).toBe(401);
  });

  test('takes no command in one that was signed for the other', async () => {
    const { patient } = journeys.north;
    const { url, network } = all.north.submitter();
    const south = new GatewayClient({ url: urlOf('south'), actor: patient.id, keys: patient.keys });
    expect([url, network]).not.toEqual([urlOf('south'), all.south.submitter().network]);
    const { blood } = journeys.north.things;
    await journeys.north.release(blood, all.north.cast.nurse, 'CourierMSP');
    const records = await all.north
      .submitter()
      .read<{ records: { commandId: string }[] }>(
        all.north.cast.nurse,
        `/v1/therapies/${journeys.north.coi}/trace`,
      );
    const { jws } = await all.north
      .submitter()
      .read<{ jws: string }>(
        all.north.cast.nurse,
        `/v1/commands/${records.records.at(-1)?.commandId ?? ''}`,
      );
    const { nurse } = all.south.cast;
    const answer = await call(nurse, urlOf('south'), '/v1/commands', urlOf('south'), { jws });
    expect([answer.status, await codeOf(answer)]).toEqual([400, 'WRONG_NETWORK']);
    await expect(south.read('/v1/ledger')).rejects.toMatchObject({ status: 401 });
  });

  test('keeps annexes in the vault of their own programme only', async () => {
    const { cast, submitter } = all.north;
    const booking = { by: cast.coordinator };
    const { receipt } = await doStep(journeys.north, 'slot-booking', booking, {
      'lead-times': true,
    });
    const digest = receipt.annex['results'] ?? '';
    const path = `/v1/annexes/${digest}`;
    expect(await submitter().read(cast.clinician, path)).toMatchObject({ digest });
    const crossed = await call(all.south.cast.clinician, urlOf('south'), path);
    expect([crossed.status, await codeOf(crossed)]).toEqual([404, 'NOT_FOUND']);
    const files = async ({ home }: TestProgramme) =>
      (await readdir(home.vault)).filter((name) => name.endsWith('.age'));
    expect(await files(all.north)).toContain(`${digest}.age`);
    expect(await files(all.south)).not.toContain(`${digest}.age`);
  });

  test('describes each where it is: document, page, and where a job is found', async () => {
    const document = await fetch(`${urlOf('south')}/v1/openapi.json`);
    expect(await document.json()).toMatchObject({ servers: [{ url: '/programmes/south' }] });
    const answer = await fetch(`${urlOf('south')}/`);
    expect(answer.url).toBe(`${urlOf('south')}/docs`);
    const page = await answer.text();
    const script = /src="([^"]+start\.js)"/.exec(page)?.[1] ?? '';
    const started = await (await fetch(new URL(script, urlOf('south')))).text();
    expect(started).toContain("'/programmes/south/v1/openapi.json'");
    const { cast, submitter } = all.south;
    const path = `/v1/therapies/${journeys.south.coi}/trace/links`;
    const link = await call(cast.nurse, urlOf('south'), path, urlOf('south'), {});
    const { url } = (await link.json()) as { url: string };
    expect((await fetch(new URL(url, urlOf('south')))).status).toBe(200);
    const job = await call(cast.auditor, urlOf('south'), '/v1/jobs', urlOf('south'), {
      kind: 'replay-ledger',
    });
    const location = job.headers.get('location') ?? '';
    expect(location).toMatch(/^\/programmes\/south\/v1\/jobs\//);
    await expect(submitter().read(cast.auditor, location)).resolves.toMatchObject({
      kind: 'replay-ledger',
    });
  });

  test('streams to each the events of its own ledger', async () => {
    const { cast } = all.south;
    const stream = new AbortController();
    const token = await issueBearerToken(cast.nurse.keys, {
      actor: cast.nurse.id,
      audience: urlOf('south'),
    });
    const answer = await fetch(`${urlOf('south')}/v1/events`, {
      headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
      signal: stream.signal,
    });
    let heard = '';
    const listening = (async () => {
      for await (const part of answer.body ?? []) heard += Buffer.from(part).toString();
    })().catch(() => undefined);
    await journeys.north.readings(journeys.north.things.tumour, all.north.cast.nurse, [5]);
    await journeys.south.collect(
      journeys.south.things.blood,
      'blood-edta',
      cast.collector,
      'visit-1',
    );
    while (!heard.includes('custody:ConfirmCollection')) await delay(20);
    expect(heard).not.toContain('custody:RecordReadings');
    stream.abort();
    await listening;
  });

  test('tells health and metrics of each, and of all', async () => {
    const { url, managementUrl = '' } = all.gateway();
    for (const place of [url, urlOf('north'), urlOf('south'), managementUrl]) {
      expect((await fetch(`${place}/health/ready`)).status).toBe(200);
    }
    const metrics = await (await fetch(`${managementUrl}/metrics`)).text();
    for (const programme of ['north', 'south']) {
      expect(metrics).toMatch(
        new RegExp(`veinledger_ledger_height\\{programme="${programme}"\\} [1-9]`),
      );
      const requests = new RegExp(
        `veinledger_http_requests_total\\{.*programme="${programme}".*\\} [1-9]`,
      );
      expect(metrics).toMatch(requests);
    }
    expect(metrics.match(/^process_cpu_user_seconds_total /gm)).toHaveLength(1);
    expect((await fetch(`${managementUrl}/programmes/south/health/ready`)).status).toBe(200);
  });

  test('says where programmes are to who looks elsewhere', async () => {
    for (const path of ['/v1/ledger', '/programmes/west/v1/ledger', '/programmes', '/docs']) {
      const answer = await fetch(`${all.gateway().url}${path}`);
      expect([answer.status, await codeOf(answer)]).toEqual([404, 'UNKNOWN_ROUTE']);
    }
  });

  test('backs each up by itself', async () => {
    const { managementUrl = '' } = all.gateway();
    const answer = await fetch(`${managementUrl}/programmes/south/backups`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ directory: 'one' }),
    });
    expect(answer.status).toBe(201);
    expect(await readdir(join(all.south.home.directory, 'backups'))).toEqual(['one']);
    expect(await readdir(all.north.home.directory)).not.toContain('backups');
    const registrar = registrarOf(all.north.consortium, 'HospitalMSP');
    const crossed = await call(registrar, urlOf('south'), '/v1/jobs', urlOf('south'), {
      kind: 'backup',
      input: { name: 'two' },
    });
    expect(crossed.status).toBe(401);
  });

  test('stops as one, and goes on with both when it is started again', async () => {
    const read = ({ submitter, cast }: TestProgramme) =>
      submitter().read(cast.nurse, `/v1/therapies/${journeys.north.coi}/trace`);
    const before = [await read(all.north), await read(all.south)];
    await all.restart();
    expect([await read(all.north), await read(all.south)]).toEqual(before);
  });

  test('does not start where two programmes would share what belongs to one', async () => {
    const { programmes } = all.settings as { programmes: { north: object; south: object } };
    const changed = (south: object) => ({
      ...all.settings,
      programmes: { ...programmes, south: { ...programmes.south, ...south } },
    });
    const north = all.north.home;
    expect(() => programmesFrom(changed({ vault: north.vault }), {})).toThrow(
      'programmes.south.vault: expected a place of its own, found that of north',
    );
    expect(() => programmesFrom(changed({ state: join(north.vault, 'below') }), {})).toThrow(
      'programmes.south.state: expected a place of its own, found that of north',
    );
    const issuers = [{ url: 'http://id.example', audience: 'v', organisation: 'HospitalMSP' }];
    const shared = {
      ...all.settings,
      programmes: {
        north: { ...programmes.north, issuers },
        south: { ...programmes.south, issuers },
      },
    };
    expect(() => programmesFrom(shared, {})).toThrow(
      'programmes.south.issuers: expected another audience than north’s'.replace('’', "'"),
    );
    expect(() => programmesFrom(changed({ vualt: 'x' }), {})).toThrow(
      'programmes.south.vualt: no such setting; the nearest is programmes.south.vault',
    );
    await all.gateway().close();
    await expect(
      startDeployedProgrammes(programmesFrom(changed({ root: north.rootFile }), {})),
    ).rejects.toThrow("programmes.south.root: expected a network of its own, found north's");
    await all.restart();
  });
});
