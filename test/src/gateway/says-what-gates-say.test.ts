import {
  analysis,
  type Cast,
  enrolCast,
  enrolment,
  enrolPatient,
  HttpSubmitter,
  openForBusiness,
  type Person,
  production,
  registerShared,
  releaseTests,
  send,
  sequencing,
  startStep,
  TherapyJourney,
} from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { nextGateIn, type Outlook, stateIn } from '@veinledger/domain';
import { GatewayClient, issueBearerToken } from '@veinledger/client/node';
import { expectRefused } from '../support/refusals.js';
import { type GatewayBench, gatewayBench } from './gateway.fixture.js';

const LONG_AGO = '2020-01-01T00:00:00.000Z';

let bench: GatewayBench;
let cast: Cast;
let submitter: HttpSubmitter;

beforeAll(async () => {
  bench = await gatewayBench();
  const { network } = bench.consortium.root;
  submitter = new HttpSubmitter({ url: bench.gateway.url, network });
  await openForBusiness(submitter, bench.consortium);
  cast = await enrolCast(submitter, bench.consortium);
  await registerShared(submitter, cast);
});
afterAll(() => bench.close());

async function newTherapy(serial: number): Promise<TherapyJourney> {
  const patient = await enrolPatient(submitter, bench.consortium, `patient-${serial}`);
  return new TherapyJourney({ submitter, cast, patient, serial });
}

function read<T>({ id: actor, keys }: Person, path: string): Promise<T> {
  return new GatewayClient({ url: bench.gateway.url, actor, keys }).read<T>(path);
}

const outlookOf = (by: Person, { coi }: TherapyJourney) =>
  read<Outlook>(by, `/v1/therapies/${coi}/outlook`);

async function pageOf(by: Person, { coi }: TherapyJourney): Promise<string> {
  const audience = bench.gateway.url;
  const token = await issueBearerToken(by.keys, { actor: by.id, audience });
  const headers = { authorization: `Bearer ${token}` };
  const page = await fetch(new URL(`/v1/therapies/${coi}/trace/page`, audience), { headers });
  return page.text();
}

const CONTENT = 'Nothing stands in the way of this therapy.';
const BLOCKED = /BLOCKED<\/strong> by the gate that it comes to next: start step would be refused/;

describe('when a patient has withdrawn consent', () => {
  let journey: TherapyJourney;
  beforeAll(async () => {
    journey = await newTherapy(1);
    await enrolment(journey);
    expect(await pageOf(cast.nurse, journey)).toContain(CONTENT);
    await send(submitter, journey.patient, {
      type: 'consent:WithdrawConsent',
      body: { purpose: 'GENOMIC_SEQUENCING' },
    });
  });

  test('the page says which gate refuses and why, and that gate does', async () => {
    const page = await pageOf(cast.nurse, journey);
    expect(page).not.toContain(CONTENT);
    expect(page).toMatch(/BLOCKED IN PART|BLOCKED<\/strong> by/);
    expect(page).toMatch(/CONSENT_DENIED<\/strong>[^]*?consent GENOMIC_SEQUENCING/);
    expect(page).toMatch(/<td><strong class="alarm">WITHDRAWN<\/strong>/);
    const { gates } = await outlookOf(cast.nurse, journey);
    const foreseen = gates.find(({ subject }) => subject === 'step sequencing');
    expect(foreseen).toMatchObject({ gate: 'manufacturing:StartStep', step: 'sequencing' });
    const asked = await startStep(journey, 'sequencing', {
      by: cast.labTechnician,
      inputs: [{ item: journey.things.tumour, consumed: false }],
    });
    for (const { code } of foreseen?.reasons ?? []) expectRefused(asked, code);
    expect(foreseen?.reasons.map(({ code }) => code)).toContain('CONSENT_DENIED');
  });

  test('the laboratory is told that something stands in the way, and not what the patient decided', async () => {
    const page = await pageOf(cast.labTechnician, journey);
    expect(page).not.toContain(CONTENT);
    expect(page).toContain('WITHHELD FROM YOU');
    expect(page).toContain('You do not see all that counts here.');
    const outlook = await outlookOf(cast.labTechnician, journey);
    expect(JSON.stringify(outlook)).not.toMatch(/CONSENT|consent /);
    expect(outlook).toMatchObject({ partial: true });
  });

  test('a courier and a payer are told nothing of gates, and that there is more than they see', async () => {
    for (const by of [cast.courier, cast.payer]) {
      const { gates, things, partial } = await outlookOf(by, journey);
      expect([by.id, gates, partial]).toEqual([by.id, [], true]);
      expect(things.every(({ state, byRecord }) => state === byRecord)).toBe(true);
      const page = await pageOf(by, journey);
      expect(page).not.toContain(CONTENT);
      expect(page).toContain('You do not see all that counts here.');
    }
    const { things } = await outlookOf(cast.courier, journey);
    expect(new Set(things.map(({ subject }) => subject.split(' ')[0]))).toEqual(
      new Set(['therapy', 'item']),
    );
  });
});

test('a consent past its last day is not shown as given, on the page and in the list', async () => {
  const journey = await newTherapy(2);
  await journey.consent('TREATMENT_MANUFACTURE');
  await journey.consent('GENOMIC_SEQUENCING');
  await journey.consent('RESEARCH');
  await send(submitter, journey.patient, {
    type: 'consent:RestrictConsent',
    body: { purpose: 'RESEARCH', consent: 'research-1', to: { validUntil: LONG_AGO } },
  });
  await journey.order();
  const path = `/v1/patients/${journey.patient.id}/consents`;
  const { items } = await read<{ items: readonly { purpose: string; stands: string }[] }>(
    journey.patient,
    path,
  );
  const latest = items.filter(({ stands }) => stands !== 'restricted');
  expect(Object.fromEntries(latest.map(({ purpose, stands }) => [purpose, stands]))).toEqual({
    TREATMENT_MANUFACTURE: 'given',
    GENOMIC_SEQUENCING: 'given',
    RESEARCH: 'expired',
  });
  const shown = await pageOf(journey.patient, journey);
  const row = (purpose: string) =>
    new RegExp(`<th scope="row">${purpose}</th>\\s*<td>([^]*?)</td>`).exec(shown)?.[1];
  expect(row('RESEARCH')).toMatch(/^<strong class="alarm">EXPIRED<\/strong>, valid until <time/);
  expect(row('GENOMIC_SEQUENCING')).toBe('given');
});

describe('of a batch that expired in 2020 and of whose doses none was begun', () => {
  let journey: TherapyJourney;
  beforeAll(async () => {
    journey = await newTherapy(3);
    await enrolment(journey);
    await sequencing(journey);
    await analysis(journey);
    const path = `/v1/therapies/${journey.coi}/designs/${journey.design}`;
    const { commitment } = await read<{ commitment: string }>(cast.designer, path);
    expect(await pageOf(cast.operator, journey)).toContain(CONTENT);
    await production(journey, commitment, LONG_AGO);
    await releaseTests(journey);
  });

  test('the page says that it expired, and its review is refused', async () => {
    const page = await pageOf(cast.operator, journey);
    expect(page).not.toContain(CONTENT);
    expect(page).toMatch(
      new RegExp(`batch ${journey.batch}</li><li><strong class="alarm">EXPIRED</strong>`),
    );
    const outlook = await outlookOf(cast.operator, journey);
    const name = `batch ${journey.batch}`;
    expect(stateIn(outlook, name)).toBe('expired');
    const foreseen = outlook.gates.find(({ subject }) => subject === name);
    expect(foreseen?.gate).toBe('manufacturing:ReviewBatch');
    const review = { batch: journey.batch };
    const asked = await journey.say(cast.reviewer, 'manufacturing:ReviewBatch', review);
    expect(asked.receipt.reasons.map(({ code }) => code)).toEqual(['EXPIRED']);
    expect(foreseen?.reasons.map(({ code }) => code)).toEqual(['EXPIRED']);
  });

  test('an administration that was not started is no dose given', async () => {
    const [item] = journey.things.vials;
    await journey.say(
      cast.clinician,
      'care:RecordAdministration',
      { dose: 'dose-1', number: 1, item, course: 'not-started' },
      { annexes: { administration: { volumeGivenMl: 0, volumeWastedMl: 0 } } },
    );
    const page = await pageOf(cast.nurse, journey);
    expect(page).toMatch(/<li>0 doses given<\/li><li>1 dose not started<\/li>/);
    expect(page).toMatch(/<td><strong class="alarm">NOT STARTED<\/strong><\/td>/);
    const outlook = await outlookOf(cast.nurse, journey);
    expect(stateIn(outlook, 'dose dose-1')).toBe('not-started');
    expect(nextGateIn(outlook)?.gate).toBe('manufacturing:ReviewBatch');
  });
});

test('BLOCKED is said of a therapy whose very next gate would refuse', async () => {
  const journey = await newTherapy(4);
  await journey.consent('TREATMENT_MANUFACTURE');
  await journey.consent('GENOMIC_SEQUENCING');
  await journey.order();
  await send(submitter, journey.patient, {
    type: 'consent:WithdrawConsent',
    body: { purpose: 'TREATMENT_MANUFACTURE' },
  });
  const outlook = await outlookOf(journey.patient, journey);
  const next = nextGateIn(outlook);
  expect(next?.reasons.map(({ code }) => code)).toContain('CONSENT_DENIED');
  expect(await pageOf(journey.patient, journey)).toMatch(BLOCKED);
  const asked = await startStep(journey, next?.step ?? '', { by: cast.coordinator });
  expectRefused(asked, 'CONSENT_DENIED');
});
