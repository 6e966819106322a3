import {
  type Cast,
  enrolCast,
  enrolPatient,
  HttpSubmitter,
  NEEDED_PARTIES,
  openForBusiness,
  type Person,
  registrarOf,
  send,
  signMessage,
  TherapyJourney,
} from '#scripts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type GatewayBench, gatewayBench } from '../gateway/gateway.fixture.js';
import { Listener, type Listening, openStream } from '../support/listener.fixture.js';

let bench: GatewayBench;
let submitter: HttpSubmitter;
let cast: Cast;
let journey: TherapyJourney;
let otherPatient: Person;
let narrow: TherapyJourney;
const listeners: Listener[] = [];

/** Two therapies: one of every member, one without a payer. */
beforeAll(async () => {
  const events = { heartbeatSeconds: 0.2, maxListenersPerCaller: 8 };
  bench = await gatewayBench({ events });
  submitter = new HttpSubmitter({ url: bench.gateway.url, network: bench.consortium.root.network });
  await openForBusiness(submitter, bench.consortium);
  cast = await enrolCast(submitter, bench.consortium);
  const patient = await enrolPatient(submitter, bench.consortium, 'patient-1');
  otherPatient = await enrolPatient(submitter, bench.consortium, 'patient-2');
  journey = new TherapyJourney({ submitter, cast, patient, serial: 1 });
  await journey.consent('TREATMENT_MANUFACTURE');
  await journey.consent('GENOMIC_SEQUENCING');
  await journey.order();
  narrow = new TherapyJourney({ submitter, cast, patient: otherPatient, serial: 2 });
  await narrow.consent('TREATMENT_MANUFACTURE');
  await narrow.consent('GENOMIC_SEQUENCING');
  await narrow.order(NEEDED_PARTIES);
});
afterEach(async () => {
  for (const listener of listeners.splice(0)) {
    listener.leave();
    await listener.over;
  }
});
afterAll(() => bench.close());

async function listen(person: Person, rest: Partial<Listening> = {}): Promise<Listener> {
  const listener = await Listener.open({ person, url: bench.gateway.url, ...rest });
  listeners.push(listener);
  return listener;
}
let runs = 0;
/** A command that every member sees. */
const registerRun = () =>
  send(submitter, cast.labTechnician, {
    type: 'manufacturing:RegisterRun',
    body: { run: `run-${++runs}`, flowCell: 'F', instrument: 'S' },
  });
/** Everything that was committed so far, as somebody hears it. */
async function history(person: Person, query = ''): Promise<Listener> {
  await registerRun();
  const last = `run run-${runs}`;
  const { heard } = await (
    await listen(cast.auditor, { query: '?after=start' })
  ).until(({ heard: all }) => all.some(({ receipt }) => receipt.changed.includes(last)));
  const end = heard.at(-1)?.id ?? '';
  const listener = await listen(person, { query: `?after=start${query}` });
  return listener.until(({ comments, ids }) => ids.includes(end) || comments.length > 1);
}
const refusal = (rest: Partial<Listening>) =>
  listen(cast.nurse, rest).then(
    () => 'streamed',
    (error: unknown) => (error as Error).message,
  );

describe('a listener', () => {
  test('hears each command once it is committed, with the receipt that its sender got', async () => {
    const listener = await listen(cast.nurse);
    const [one, two] = [await registerRun(), await registerRun()];
    await listener.until(({ heard }) => heard.length === 2);
    expect(listener.heard.map(({ receipt }) => receipt)).toEqual([one.receipt, two.receipt]);
    expect(listener.ids.map((id) => Number(id.split('.')[0]))).toEqual([one.block, two.block]);
  });

  test('hears what befell a patient, unless they pay', async () => {
    const listeners = await Promise.all(
      [cast.nurse, cast.operator, cast.payer].map((person) => listen(person)),
    );
    await journey.say(
      journey.patient,
      'care:ReportAdverseEvent',
      {
        adverseEvent: 'fever-1',
        onset: '2026-11-01T08:00:00.000Z',
      },
      {
        annexes: {
          description: { seriousness: 'hospitalisation', description: 'Fever and shivering.' },
        },
      },
    );
    const { receipt: last } = await journey.say(
      cast.payer,
      'care:RecordOutcome',
      { outcome: 'outcome-1' },
      { annexes: { outcome: { kind: 'follow-up', observations: [] } } },
    );
    const heard = listeners.map(async (each) => {
      const { heard: all } = await each.until(({ heard: so }) =>
        so.some(({ receipt }) => receipt.commandId === last.commandId),
      );
      return all.map(({ receipt }) => receipt.type);
    });
    const [event, outcome] = ['care:ReportAdverseEvent', 'care:RecordOutcome'];
    expect(await Promise.all(heard)).toEqual([[event, outcome], [event, outcome], [outcome]]);
  });

  test('hears a repeated command once', async () => {
    const message = await signMessage(submitter.network, cast.labTechnician, {
      type: 'manufacturing:RegisterRun',
      body: { run: `run-${++runs}`, flowCell: 'F', instrument: 'S' },
    });
    const listener = await listen(cast.nurse);
    for (const time of [1, 2, 3]) {
      const { receipt } = await submitter.submit(cast.labTechnician, message);
      expect([time, receipt.decision]).toEqual([time, 'recorded']);
    }
    const after = await registerRun();
    await listener.until(({ heard }) =>
      heard.some(({ receipt }) => receipt.commandId === after.receipt.commandId),
    );
    expect(listener.heard).toHaveLength(2);
  });

  test('resumes after the event that it names, by header or query, without a gap or a double', async () => {
    const all = await history(cast.auditor);
    expect(all.ids.length).toBeGreaterThan(30);
    expect(new Set(all.ids).size).toBe(all.ids.length);
    for (const at of [0, 7, all.ids.length - 3]) {
      const after = all.ids[at] ?? '';
      const last = all.ids.at(-1);
      const resumed = await (
        await listen(cast.auditor, { headers: { 'last-event-id': after }, query: '?after=start' })
      ).until(({ ids }) => ids.at(-1) === last);
      expect(resumed.ids).toEqual(all.ids.slice(at + 1));
      const again = await listen(cast.auditor, { query: `?after=${after}` });
      expect((await again.until(({ ids }) => ids.at(-1) === last)).ids).toEqual(resumed.ids);
      for (const each of [resumed, again]) {
        each.leave();
        await each.over;
      }
    }
  });

  test('is shown that the stream lives', async () => {
    const listener = await listen(cast.nurse);
    await listener.until(({ comments }) => comments.length > 1);
    expect(listener.comments[0]).toBe('heartbeat');
  });

  test('hears only what it asks for', async () => {
    const wanted = await history(
      cast.nurse,
      `&type=therapy:OrderTherapy,consent:GiveConsent&therapy=${journey.coi}&decision=permitted`,
    );
    expect(wanted.types).toEqual(['therapy:OrderTherapy']);
    expect(wanted.heard[0]?.receipt.scope.id).toBe(journey.coi);
  });
});

describe('what a listener hears', () => {
  const scopes = (listener: Listener, kind: string) =>
    new Set(
      listener.heard
        .filter(({ receipt }) => receipt.scope.kind === kind)
        .map(({ receipt }) => receipt.scope.id),
    );

  test('are the therapies that its organisation is a party of, and for an auditor all', async () => {
    expect(scopes(await history(cast.payer), 'therapy')).toEqual(new Set([journey.coi]));
    for (const person of [cast.nurse, cast.labTechnician, cast.auditor]) {
      expect(scopes(await history(person), 'therapy')).toEqual(new Set([journey.coi, narrow.coi]));
      for (const listener of listeners.splice(0)) listener.leave();
    }
  });

  test("are a patient's consents for their own hospital and auditors", async () => {
    const both = new Set(['patient-1', 'patient-2']);
    expect(scopes(await history(cast.nurse), 'patient')).toEqual(both);
    expect(scopes(await history(cast.auditor), 'patient')).toEqual(both);
    expect(scopes(await history(cast.labTechnician), 'patient')).toEqual(new Set());
  });

  test('is for a patient what is their own, and nothing else', async () => {
    const mine = await history(journey.patient);
    expect(mine.heard.length).toBeGreaterThan(2);
    expect(scopes(mine, 'therapy')).toEqual(new Set([journey.coi]));
    expect(scopes(mine, 'patient')).toEqual(new Set(['patient-1']));
    for (const kind of ['consortium', 'lot', 'run']) expect(scopes(mine, kind).size).toBe(0);
  });

  test('is for members also what they share', async () => {
    const { types } = await history(cast.operator);
    expect(types).toContain('registry:EnrolActor');
    expect(types).toContain('manufacturing:RegisterRun');
  });

  test('is for couriers and payers nothing but what is carried, and what is paid for', async () => {
    const carried = await history(cast.courier);
    expect(carried.types.filter((type) => !type.startsWith('custody:'))).toEqual([]);
    const paid = new Set((await history(cast.payer)).types);
    expect(paid).toEqual(new Set(['therapy:OrderTherapy', 'care:RecordOutcome']));
  });
});

describe('a stream is refused', () => {
  test.each<[string, Partial<Listening>, string]>([
    ['with an id that is none', { query: '?after=7' }, '400 INVALID_REQUEST'],
    ['for an unknown type', { query: '?type=custody:Nothing' }, '400 INVALID_REQUEST'],
    ['for an unknown parameter', { query: '?colour=blue' }, '400 UNKNOWN_PARAMETER'],
    ['without a token', { headers: { authorization: '' } }, '401 TOKEN_MALFORMED'],
  ])('%s', async (_, rest, code) => {
    expect(await refusal(rest)).toBe(code);
  });

  test('after an event that the ledger does not reach to, with both heights', async () => {
    const height = await bench.ledger.height();
    for (const ahead of [1, 400, 900_000]) {
      const found = `${height - 1 + ahead}.0`;
      const headers = { 'last-event-id': found };
      const { response } = await openStream({
        person: cast.nurse,
        url: bench.gateway.url,
        headers,
      });
      expect(response.status).toBe(409);
      expect(await response.json()).toMatchObject({
        code: 'EVENT_ID_AHEAD',
        expected: expect.stringMatching(
          `^at most ${height - 1}\\.\\d+, of a ledger of ${height} blocks$`,
        ) as unknown,
        found: `${found}, of a ledger of at least ${height + ahead} blocks`,
      });
    }
  });

  test('not after an event that the ledger comes to meanwhile, from another gateway', async () => {
    const next = await bench.ledger.height();
    const waiting = listen(cast.nurse, { query: `?after=${next}.0` });
    await registerRun();
    const listener = await waiting;
    const second = await registerRun();
    await listener.until(({ heard }) => heard.length > 0);
    expect(listener.heard.map(({ receipt }) => receipt)).toEqual([second.receipt]);
  });

  test("for somebody else's therapy", async () => {
    const query = `?therapy=${narrow.coi}`;
    await expect(listen(cast.payer, { query })).rejects.toThrow('403 NOT_ENTITLED');
    await expect(listen(journey.patient, { query })).rejects.toThrow('403 NOT_ENTITLED');
  });

  test('to who has as many open as one may, until one is closed', async () => {
    const first = await listen(cast.nurse);
    for (let open = 1; open < 8; open += 1) await listen(cast.nurse);
    expect(await refusal({})).toBe('429 TOO_MANY_LISTENERS');
    expect(await listen(cast.clinician)).toBeDefined();
    first.leave();
    let again = await refusal({});
    while (again !== 'streamed') again = await refusal({});
  });
});

describe('a stream ends', () => {
  test('when its actor is revoked, who opens none any more', async () => {
    const registrar = registrarOf(bench.consortium, 'HospitalMSP');
    const listener = await listen(cast.secondCollector);
    const other = await listen(cast.nurse);
    await send(submitter, registrar, {
      type: 'registry:RevokeActor',
      body: { actor: cast.secondCollector.id, reason: 'left' },
    });
    await listener.over;
    expect(listener.ended?.reason).toBe('actor-changed');
    expect(listener.heard).toEqual([]);
    await expect(listen(cast.secondCollector)).rejects.toThrow('401 ACTOR_REVOKED');
    await other.until(({ types }) => types.includes('registry:RevokeActor'));
    expect(other.ended).toBeUndefined();
  });

  test('when the gateway stops, which does not wait; its listener goes on where it was', async () => {
    const listener = await listen(cast.nurse);
    const quiet = await listen(cast.nurse);
    await registerRun();
    await listener.until(({ heard }) => heard.length === 1);
    const { url } = await bench.restart();
    await listener.over;
    expect(listener.ended).toEqual({ reason: 'gateway-closing', after: listener.ids[0] });
    expect(quiet.ended?.after).toBe(listener.ended?.after);
    submitter = new HttpSubmitter({ url, network: submitter.network });
    const missed = await registerRun();
    const resumed = await listen(cast.nurse, {
      headers: { 'last-event-id': listener.ended?.after ?? '' },
    });
    await resumed.until(({ heard }) => heard.length > 0);
    expect(resumed.heard[0]?.receipt).toEqual(missed.receipt);
  });
});
