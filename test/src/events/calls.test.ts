import {
  type Cast,
  enrolCast,
  enrolPatient,
  HttpSubmitter,
  openForBusiness,
  type Person,
  send,
  TherapyJourney,
} from '#scripts';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from '@jest/globals';
import type { NextAct } from '@veinledger/domain';
import { GatewayClient, issueBearerToken } from '@veinledger/client/node';
import { type GatewayBench, gatewayBench } from '../gateway/gateway.fixture.js';
import { isSigned, type Received, Receiver } from '../support/receiver.fixture.js';

const MINUTE_MS = 60_000;

let bench: GatewayBench;
let cast: Cast;
let patient: Person;
let submitter: HttpSubmitter;
let receiver: Receiver;
let serial = 0;
const hooks: { readonly person: Person; readonly id: string }[] = [];

beforeAll(async () => {
  bench = await gatewayBench({
    webhooks: { privateTargets: true, retrySeconds: [0.05], timeoutSeconds: 5, perOrganisation: 9 },
  });
  const { network } = bench.consortium.root;
  submitter = new HttpSubmitter({ url: bench.gateway.url, network });
  await openForBusiness(submitter, bench.consortium);
  cast = await enrolCast(submitter, bench.consortium);
  patient = await enrolPatient(submitter, bench.consortium, 'patient-1');
});
beforeEach(async () => {
  receiver = await Receiver.start();
});
afterEach(async () => {
  for (const { person, id } of hooks.splice(0)) {
    const audience = bench.gateway.url;
    const token = await issueBearerToken(person.keys, { actor: person.id, audience });
    const headers = { authorization: `Bearer ${token}` };
    await fetch(`${audience}/v1/webhooks/${id}`, { method: 'DELETE', headers });
  }
  await receiver.close();
});
afterAll(() => bench.close());

const clientOf = ({ id: actor, keys }: Person) =>
  new GatewayClient({ url: bench.gateway.url, actor, keys });

async function register(person: Person, more: object = {}): Promise<string> {
  const asked = { url: receiver.url, about: 'calls', ...more };
  const made = await clientOf(person).post<{
    readonly hook: { readonly id: string };
    readonly secret: string;
  }>('/v1/webhooks', asked);
  hooks.push({ person, id: made.hook.id });
  return made.secret;
}

async function ordered(): Promise<TherapyJourney> {
  serial += 1;
  const journey = new TherapyJourney({ submitter, cast, patient, serial });
  if (serial === 1) await journey.consent('TREATMENT_MANUFACTURE');
  if (serial === 1) await journey.consent('GENOMIC_SEQUENCING');
  await journey.order();
  return journey;
}

/** Quality of the manufacturer says whom it has on call. */
async function keepRota(onDuty: Person): Promise<void> {
  const day = 24 * 60 * MINUTE_MS;
  const [from, until] = [-day, day].map((ms) => new Date(Date.now() + ms).toISOString());
  await send(submitter, cast.reviewer, {
    type: 'registry:RecordRota',
    body: {
      organisation: 'ManufacturerMSP',
      role: 'quality',
      periods: [{ from, until, people: [onDuty.id] }],
      deputies: [cast.reviewer.id],
      management: [cast.releasePerson.id],
    },
  });
}

const callOf = ({ message }: Received) => message.data as unknown as NextAct & { coi: string };

/** Waits for a call about a deviation that this therapy has, and gives whom it is for. */
async function calledFor(code: string, as: string): Promise<Received> {
  const isIt = (each: Received) => {
    const { code: of, asked } = callOf(each);
    return of === code && asked.every((called) => called.as === as);
  };
  const found = (await receiver.until((all) => all.some(isIt))).find(isIt);
  if (!found) throw new Error('no such call');
  return found;
}

function deviate(journey: TherapyJourney, minutesAgo: number) {
  const at = new Date(Date.now() - minutesAgo * MINUTE_MS).toISOString();
  return journey.say(
    cast.nurse,
    'manufacturing:ReportDeviation',
    {
      subject: { kind: 'therapy', coi: journey.coi },
      code: 'DOCUMENTATION_FAULT',
      classification: 'minor',
    },
    minutesAgo > 0 ? { at, lateReason: 'ledger-unreachable' } : {},
  );
}

describe('a webhook about calls', () => {
  test('tells an organisation which of its people have to act, and nobody else’s', async () => {
    await keepRota(cast.tester);
    const secret = await register(cast.reviewer);
    const journey = await ordered();
    await deviate(journey, 0);
    const call = await calledFor('DOCUMENTATION_FAULT', 'on-duty');
    expect(isSigned(call, secret)).toBe(true);
    expect(call.message).toMatchObject({ type: 'call', id: call.id });
    expect(callOf(call)).toMatchObject({
      coi: journey.coi,
      state: 'stopped',
      asked: [{ act: 'manufacturing:RecordDisposition', people: [cast.tester.id] }],
    });
    const organisations = receiver.deliveries.flatMap((each) =>
      callOf(each).asked.map(({ organisation }) => organisation),
    );
    expect(new Set(organisations)).toEqual(new Set(['ManufacturerMSP']));
  });

  test('goes to the deputies when those on duty have not acted in time, by the clock alone', async () => {
    await keepRota(cast.tester);
    await register(cast.reviewer, { types: ['manufacturing:RecordDisposition'] });
    const journey = await ordered();
    // some seconds before the thirty minutes are over
    await deviate(journey, 30 - 5 / 60);
    await calledFor('DOCUMENTATION_FAULT', 'on-duty');
    const call = await calledFor('DOCUMENTATION_FAULT', 'deputies');
    expect(callOf(call)).toMatchObject({
      coi: journey.coi,
      asked: [{ people: [cast.reviewer.id] }],
    });
    const own = receiver.deliveries.filter((each) => callOf(each).coi === journey.coi);
    expect(own.map((each) => callOf(each).asked.map(({ act }) => act)).flat()).not.toContain(
      'manufacturing:StartStep',
    );
  });

  test('tells of what waits already when it is made, once, and again until it is taken', async () => {
    await keepRota(cast.tester);
    const journey = await ordered();
    await deviate(journey, 0);
    let refused = 0;
    receiver.answer = () => ({ status: refused++ < 1 ? 503 : 204 });
    await register(cast.reviewer, {
      therapy: journey.coi,
      types: ['manufacturing:RecordDisposition'],
    });
    const both = await receiver.until((all) => all.length === 2);
    expect(new Set(both.map(({ id }) => id)).size).toBe(1);
    // another person on duty is another call
    await keepRota(cast.reviewer);
    await receiver.until((all) => all.length === 3);
    expect(new Set(receiver.deliveries.map(({ id }) => id)).size).toBe(2);
  });
});
