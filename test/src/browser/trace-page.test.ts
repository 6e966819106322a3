import {
  administer,
  analysis,
  authorise,
  bedside,
  type Cast,
  delivery,
  enrolCast,
  enrolment,
  enrolPatient,
  HttpSubmitter,
  openForBusiness,
  type Person,
  production,
  registerShared,
  release,
  sequencing,
  TherapyJourney,
} from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EntityOf } from '@veinledger/domain';
import { GatewayClient, issueBearerToken } from '@veinledger/client/node';
import { type GatewayBench, gatewayBench } from '../gateway/gateway.fixture.js';
import { overflowAt, renderedPage } from './chromium.fixture.js';

interface Trace {
  readonly things: readonly { readonly noun: string; readonly id: string; commitment: string }[];
  readonly records: readonly EntityOf<'record'>[];
}

let bench: GatewayBench;
let cast: Cast;
let whole: TherapyJourney;
let wrongVial: TherapyJourney;

beforeAll(async () => {
  bench = await gatewayBench();
  const { network } = bench.consortium.root;
  const submitter = new HttpSubmitter({ url: bench.gateway.url, network });
  await openForBusiness(submitter, bench.consortium);
  cast = await enrolCast(submitter, bench.consortium);
  await registerShared(submitter, cast);
  const newTherapy = async (serial: number) => {
    const patient = await enrolPatient(submitter, bench.consortium, `patient-${serial}`);
    return new TherapyJourney({ submitter, cast, patient, serial });
  };
  whole = await newTherapy(1);
  await upToTheWard(whole);
  await authorise(whole, await bedside(whole));
  await administer(whole);
  wrongVial = await newTherapy(2);
  await enrolment(wrongVial);
  const [, item = ''] = whole.things.vials;
  const verification = {
    verification: 'wrong-vial',
    item,
    labelCoi: whole.coi,
    token: 'wristband',
  };
  const patient = wrongVial.patient.id;
  await wrongVial.say(cast.nurse, 'care:VerifyBedside', { ...verification, patient });
  await authorise(wrongVial, ['wrong-vial'], item);
});
afterAll(() => bench.close());

async function upToTheWard(journey: TherapyJourney): Promise<void> {
  await enrolment(journey);
  await sequencing(journey);
  await analysis(journey);
  const { things } = await traceOf(journey);
  await production(journey, things.find(({ noun }) => noun === 'design')?.commitment ?? '');
  await release(journey);
  await delivery(journey);
}

function traceOf(journey: TherapyJourney): Promise<Trace> {
  const { id: actor, keys } = cast.nurse;
  const client = new GatewayClient({ url: bench.gateway.url, actor, keys });
  return client.read<Trace>(`/v1/therapies/${journey.coi}/trace`);
}

async function call(by: Person, method: string, path: string) {
  const audience = bench.gateway.url;
  const token = await issueBearerToken(by.keys, { actor: by.id, audience });
  const headers = { authorization: `Bearer ${token}` };
  return fetch(new URL(path, audience), { method, headers });
}

async function linkFor(by: Person, { coi }: TherapyJourney): Promise<string> {
  const answer = await call(by, 'POST', `/v1/therapies/${coi}/trace/links`);
  const { url } = (await answer.json()) as { url: string };
  return new URL(url, bench.gateway.url).href;
}

describe("a therapy's page in a real browser", () => {
  test('shows every item, in the picture and in words, and every command of a whole journey', async () => {
    const page = await renderedPage(await linkFor(cast.nurse, whole));
    const { things, records } = await traceOf(whole);
    const items = things.filter(({ noun }) => noun === 'item').map(({ id }) => id);
    const picture = page.slice(page.indexOf('<svg'), page.indexOf('</svg>'));
    const table = page.slice(
      page.indexOf('<section id="items"'),
      page.indexOf('<section id="hand-offs"'),
    );
    expect(items.length).toBeGreaterThan(10);
    expect(items.filter((id) => !picture.includes(id))).toEqual([]);
    expect(items.filter((id) => !table.includes(id))).toEqual([]);
    const commands = records.map(({ commandId }) => commandId);
    expect(commands.filter((id) => !page.includes(id))).toEqual([]);
    expect(page).toMatch(/complete <time/);
  });

  test("marks a mix-up and the refused dose by sign and word, and names nothing of another patient's", async () => {
    const page = await renderedPage(await linkFor(cast.nurse, wrongVial));
    // the wrong vial is stopped where it belongs, and nothing of this patient's is (A6)
    expect(page).toMatch(/Nothing stands in the way of this therapy/);
    expect(page).toMatch(/1 permission refused/);
    const words = [...page.matchAll(/<text[^>]*>([A-Z ]+): /g)].map(([, word]) => word);
    expect(words).toContain('REFUSED');
    expect(page).toMatch(/<strong class="alarm">NO MATCH<\/strong>/);
  });

  test('is read on a phone without moving all of it sideways: what is wide scrolls by itself', async () => {
    expect(await overflowAt(390, await linkFor(cast.nurse, whole))).toBe(0);
  });

  test('is the page that a token gets, which callers need not fetch twice', async () => {
    const path = `/v1/therapies/${whole.coi}/trace`;
    const answer = await call(cast.auditor, 'GET', `${path}/page`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(answer.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha/,
    );
    expect(answer.headers.get('etag')).toMatch(/^"[\w-]{43}"$/);
    expect(answer.headers.get('vary')).toBe('Authorization');
    expect(await answer.text()).toContain(`by ${cast.auditor.id}`);
    const drawn = await call(cast.auditor, 'GET', `${path}/lineage.svg`);
    expect(drawn.headers.get('content-type')).toMatch(/^image\/svg\+xml/);
    const again = await fetch(drawn.url, {
      headers: {
        authorization: `Bearer ${await issueBearerToken(cast.auditor.keys, { actor: cast.auditor.id, audience: bench.gateway.url })}`,
        'if-none-match': drawn.headers.get('etag') ?? '',
      },
    });
    expect(again.status).toBe(304);
  });

  test('is left in no cache, by a token and by a link alike, and neither is its picture', async () => {
    const link = await linkFor(cast.auditor, whole);
    const path = `/v1/therapies/${whole.coi}/trace`;
    const answers = [
      await call(cast.auditor, 'GET', `${path}/page`),
      await call(cast.auditor, 'GET', `${path}/lineage.svg`),
      await fetch(link),
      await fetch(`${link}/lineage.svg`),
    ];
    const told = answers.map(({ status, headers }) => [status, headers.get('cache-control')]);
    expect(told).toEqual(answers.map(() => [200, 'no-store']));
  });

  test('shows consents to the hospital and not to the manufacturer', async () => {
    const consented = 'GENOMIC_SEQUENCING';
    const section = (page: string) =>
      /<section\s+id="consents"[^]*?<\/section>/.exec(page)?.[0] ?? '';
    const [hospital, manufacturer] = await Promise.all(
      [cast.nurse, cast.operator].map(async (by) => {
        const page = await fetch(await linkFor(by, whole));
        return section(await page.text());
      }),
    );
    expect(hospital).toContain(consented);
    expect(manufacturer).not.toContain(consented);
  });

  test('is linked for those who may read the therapy, and shown by no other link', async () => {
    const other = await call(wrongVial.patient, 'POST', `/v1/therapies/${whole.coi}/trace/links`);
    expect([other.status, await other.json()]).toMatchObject([403, { code: 'NOT_ENTITLED' }]);
    const guessed = await fetch(new URL(`/trace/${'A'.repeat(43)}`, bench.gateway.url));
    expect([guessed.status, await guessed.json()]).toMatchObject([404, { code: 'TICKET_UNKNOWN' }]);
  });
});
