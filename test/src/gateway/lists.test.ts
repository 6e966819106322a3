import {
  type Cast,
  enrolCast,
  enrolment,
  enrolPatient,
  HttpSubmitter,
  NEEDED_PARTIES,
  openForBusiness,
  type Person,
  registerShared,
  TherapyJourney,
} from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EntityOf } from '@veinledger/domain';
import { issueBearerToken } from '@veinledger/client/node';
import { type GatewayBench, gatewayBench } from './gateway.fixture.js';

interface Page {
  readonly items: readonly Record<string, unknown>[];
  readonly next?: string;
}

interface Trace {
  readonly things: readonly { readonly noun: string }[];
  readonly records: readonly EntityOf<'record'>[];
}

let bench: GatewayBench;
let cast: Cast;
let journey: TherapyJourney;
let records: string;

beforeAll(async () => {
  bench = await gatewayBench();
  const { network } = bench.consortium.root;
  const submitter = new HttpSubmitter({ url: bench.gateway.url, network });
  await openForBusiness(submitter, bench.consortium);
  cast = await enrolCast(submitter, bench.consortium);
  await registerShared(submitter, cast);
  const patient = await enrolPatient(submitter, bench.consortium, 'patient-1');
  journey = new TherapyJourney({ submitter, cast, patient, serial: 1 });
  await enrolment(journey);
  records = `/v1/therapies/${journey.coi}/records`;
});
afterAll(() => bench.close());

async function get(by: Person, path: string, headers: Record<string, string> = {}) {
  const audience = bench.gateway.url;
  const token = await issueBearerToken(by.keys, { actor: by.id, audience });
  const response = await fetch(new URL(path, audience), {
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
  const text = await response.text();
  return { response, body: text === '' ? {} : (JSON.parse(text) as unknown) };
}

const page = async (by: Person, path: string) => (await get(by, path)).body as Page;
const trace = async () =>
  (await get(cast.nurse, `/v1/therapies/${journey.coi}/trace`)).body as Trace;

async function walk(by: Person, path: string): Promise<Page[]> {
  const pages = [await page(by, path)];
  for (let next = pages[0]?.next; next !== undefined; next = pages.at(-1)?.next) {
    pages.push(await page(by, `${path}&cursor=${encodeURIComponent(next)}`));
  }
  return pages;
}

const itemsOf = (pages: readonly Page[]) => pages.flatMap(({ items }) => items);

describe('a list', () => {
  test("of a therapy's records and things holds what its trace holds, in its order", async () => {
    const { records: traced, things } = await trace();
    const pages = await walk(cast.nurse, `${records}?limit=3`);
    expect(itemsOf(pages)).toEqual(traced);
    expect(pages).toHaveLength(Math.ceil(traced.length / 3));
    const listed = itemsOf(await walk(cast.nurse, `/v1/therapies/${journey.coi}/things?limit=2`));
    expect(listed).toHaveLength(things.length);
    expect(listed).toEqual(expect.arrayContaining([...things]));
  });

  test('holds only what its filters ask for', async () => {
    const { records: traced } = await trace();
    const by = async (query: string) =>
      itemsOf(await walk(cast.nurse, `${records}?limit=2&${query}`));
    const where = (matches: (record: EntityOf<'record'>) => boolean) => traced.filter(matches);
    const middle = traced[3]?.transactionTime ?? '';
    expect(await by('type=custody%3ACollectItem')).toEqual(
      where(({ type }) => type === 'custody:CollectItem'),
    );
    expect(await by(`actor=${cast.clinician.id}`)).toEqual(
      where(({ actor }) => actor === cast.clinician.id),
    );
    expect(await by('decision=recorded')).toEqual(where(({ decision }) => decision === 'recorded'));
    expect(await by('decision=refused')).toEqual([]);
    expect(await by(`from=${middle}`)).toEqual(traced.slice(3));
    expect(await by(`to=${middle}`)).toEqual(traced.slice(0, 3));
    const items = await page(cast.nurse, `/v1/therapies/${journey.coi}/things?noun=item`);
    expect(items.items.map(({ noun }) => noun)).toEqual(['item', 'item', 'item']);
  });

  test('of blocks is the chain, each with the hash of the one before', async () => {
    const pages = await walk(journey.patient, '/v1/ledger/blocks?limit=7');
    const blocks = itemsOf(pages);
    expect(blocks.map(({ number }) => number)).toEqual(
      Array.from({ length: await bench.ledger.height() }, (_, number) => number),
    );
    expect(new Set(blocks.map(({ previousHash }) => previousHash)).size).toBe(blocks.length);
    const transactions = itemsOf(await walk(cast.auditor, '/v1/ledger/transactions?limit=7'));
    const places = transactions.map(({ block, index }) => `${String(block)} ${String(index)}`);
    expect(new Set(places).size).toBe(places.length);
    expect(transactions).toHaveLength(
      blocks.reduce((sum, block) => sum + Number(block['transactions']), 0),
    );
    const later = await page(cast.auditor, '/v1/ledger/transactions?fromBlock=5&limit=1');
    expect(later.items).toMatchObject([{ block: 5, index: 0 }]);
  });

  test.each(['limit=0', 'limit=201', 'limit=ten', 'limit=1&limit=2', 'type=sing', 'from=monday'])(
    'is not asked for with %s',
    async (query) => {
      const { body } = await get(cast.nurse, `${records}?${query}`);
      expect(body).toMatchObject({
        status: 400,
        code: 'INVALID_REQUEST',
        field: expect.stringMatching(/^query\.(limit|type|from)/),
      });
    },
  );

  test('is not asked for by a parameter that it does not have, nor for a period that is none', async () => {
    expect((await get(cast.nurse, `${records}?colour=red`)).body).toMatchObject({
      code: 'UNKNOWN_PARAMETER',
      field: 'query.colour',
      found: 'colour',
    });
    const period = 'from=2026-01-02T00:00:00.000Z&to=2026-01-01T00:00:00.000Z';
    expect((await get(cast.nurse, `${records}?${period}`)).body).toMatchObject({
      code: 'PERIOD_EMPTY',
    });
  });

  test("of therapies holds a member's, a patient's own, and all of them for auditors", async () => {
    const { network } = bench.consortium.root;
    const submitter = new HttpSubmitter({ url: bench.gateway.url, network });
    const patient = await enrolPatient(submitter, bench.consortium, 'patient-2');
    const second = new TherapyJourney({ submitter, cast, patient, serial: 2 });
    await second.consent('TREATMENT_MANUFACTURE');
    await second.consent('GENOMIC_SEQUENCING');
    await second.order(NEEDED_PARTIES);
    const therapies = async (by: Person, query = 'limit=1') =>
      itemsOf(await walk(by, `/v1/therapies?${query}`)).map((each) => each['coi']);
    const both = [journey.coi, second.coi].sort();
    expect(await therapies(cast.nurse)).toEqual(both);
    expect(await therapies(cast.labTechnician)).toEqual(both);
    expect(await therapies(cast.payer)).toEqual([journey.coi]);
    expect(await therapies(patient)).toEqual([second.coi]);
    expect(await therapies(cast.auditor)).toEqual(both);
    expect(await therapies(cast.nurse, 'limit=9&patient=patient-2')).toEqual([second.coi]);
  });

  test('is nothing for those who may not see it', async () => {
    const asked = [
      [cast.nurse, '/v1/ledger/transactions'],
      [journey.patient, '/v1/lots/https%3A%2F%2Fid.gs1.org%2F01%2F04012345000092%2F10%2FEX-1/uses'],
      [cast.operator, `/v1/actors/${cast.nurse.id}/signatures`],
    ] as const;
    for (const [by, path] of asked) {
      expect((await get(by, path)).body).toMatchObject({ status: 403, code: 'NOT_ENTITLED' });
    }
  });
});

/** Where what is read at a path is read in part. */
const inPart = (path: string) => path.replace('/v1/', '/v1/sparse/');

describe('the fields of an answer', () => {
  test('are those that are asked for', async () => {
    const { response, body } = await get(
      cast.nurse,
      `/v1/sparse/therapies/${journey.coi}?fields=patient,process.version`,
    );
    expect(body).toEqual({ patient: journey.patient.id, process: { version: '1.0' } });
    expect(response.headers.get('etag')).toMatch(/^W\/"/);
  });

  test('of a list are those of its items, and the list goes on', async () => {
    const sparse = await page(cast.nurse, `${inPart(records)}?fields=type,scope.id&limit=1`);
    expect(sparse).toEqual({
      items: [{ type: 'therapy:OrderTherapy', scope: { id: journey.coi } }],
      next: expect.any(String),
    });
  });

  test('that it does not have are refused by name', async () => {
    const { body } = await get(cast.nurse, `${inPart(records)}?fields=type,scope.colour`);
    expect(body).toMatchObject({
      status: 400,
      code: 'UNKNOWN_FIELD',
      field: 'query.fields',
      expected: 'kind, id',
      found: 'scope.colour',
    });
  });
});

describe('an answer that the caller has already', () => {
  const therapy = () => `/v1/therapies/${journey.coi}`;

  test('is not sent again until it changes', async () => {
    const first = await get(cast.nurse, `${therapy()}/trace`);
    const tag = first.response.headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/"[\w-]{43}"$/);
    expect(first.response.headers.get('cache-control')).toBe('no-store');
    expect(first.response.headers.get('vary')).toMatch(/Authorization/);
    const again = await get(cast.nurse, `${therapy()}/trace`, { 'if-none-match': tag });
    expect([again.response.status, again.body]).toEqual([304, {}]);
    expect(again.response.headers.get('etag')).toBe(tag);
    await journey.handOver(journey.things.blood, cast.nurse, cast.courier);
    const changed = await get(cast.nurse, `${therapy()}/trace`, { 'if-none-match': tag });
    expect(changed.response.status).toBe(200);
    expect(changed.response.headers.get('etag')).not.toBe(tag);
  });

  test('has another tag where it is another part', async () => {
    const tags = await Promise.all(
      ['', '?fields=coi', '?fields=patient'].map(async (query) =>
        (await get(cast.nurse, `${inPart(therapy())}${query}`)).response.headers.get('etag'),
      ),
    );
    expect(new Set(tags).size).toBe(3);
  });

  test('has no tag and is kept nowhere when it is a problem, or content that only parties see', async () => {
    const { records: traced } = await trace();
    const digest = traced.find(({ annex }) => annex['results'])?.annex['results'] ?? '';
    for (const path of [`/v1/annexes/${digest}`, '/v1/therapies/nonsense', '/health/live']) {
      const { headers } = (await get(cast.nurse, path)).response;
      expect([headers.get('etag'), headers.get('cache-control')]).toEqual([null, 'no-store']);
    }
  });
});

describe('a cursor', () => {
  const cursorOf = async () =>
    encodeURIComponent((await page(cast.nurse, `${records}?limit=1&decision=recorded`)).next ?? '');

  test('belongs to its caller, its list and its filters', async () => {
    const cursor = await cursorOf();
    const things = `/v1/therapies/${journey.coi}/things?cursor=${cursor}`;
    const asked = [
      get(cast.clinician, `${records}?decision=recorded&cursor=${cursor}`),
      get(cast.nurse, `${records}?decision=permitted&cursor=${cursor}`),
      get(cast.nurse, things),
    ];
    for (const { body } of await Promise.all(asked)) {
      expect(body).toMatchObject({ status: 400, code: 'CURSOR_FOREIGN', field: 'query.cursor' });
    }
    const { body } = await get(cast.nurse, `${records}?cursor=50`);
    expect(body).toMatchObject({ status: 400, code: 'CURSOR_INVALID', field: 'query.cursor' });
  });

  test('leads on after the gateway was started again, in pages of another size', async () => {
    const cursor = await cursorOf();
    await bench.restart();
    const next = await page(cast.nurse, `${records}?limit=2&decision=recorded&cursor=${cursor}`);
    const all = await page(cast.nurse, `${records}?decision=recorded`);
    expect(next.items).toEqual(all.items.slice(1, 3));
  });
});
