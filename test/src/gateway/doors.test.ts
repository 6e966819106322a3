import {
  carry,
  type Cast,
  din,
  enrol,
  enrolCast,
  enrolment,
  enrolPatient,
  HttpSubmitter,
  openForBusiness,
  type Person,
  registerShared,
  registrarOf,
  send,
  sequencing,
  TherapyJourney,
} from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Change, CommandRecord } from '@veinledger/domain';
import { GatewayClient, GatewayProblem, issueBearerToken } from '@veinledger/client/node';
import { commandRecordsOf } from '../support/committed.fixture.js';
import { Listener } from '../support/listener.fixture.js';
import { Receiver } from '../support/receiver.fixture.js';
import { type GatewayBench, gatewayBench } from './gateway.fixture.js';

const ORGANISATIONS = [
  ...['HospitalMSP', 'LabMSP', 'ManufacturerMSP'],
  ...['CourierMSP', 'PayerMSP', 'RegulatorMSP'],
];
const NARROW: ReadonlySet<string> = new Set(['courier', 'payer']);

interface Trace {
  readonly records: readonly CommandRecord[];
}

let bench: GatewayBench;
let submitter: HttpSubmitter;
let cast: Cast;
let journey: TherapyJourney;
/** of every role, of every member, and two patients */
let everybody: readonly Person[];
const receivers = new Map<string, Receiver>();
/** every command that was committed, in order */
let committed: readonly CommandRecord[];
/** ids of the commands that somebody is shown who asks for each */
const readable = new Map<string, ReadonlySet<string>>();

beforeAll(async () => {
  const limits = { privateTargets: true, perOrganisation: 20, retrySeconds: [0.05] };
  bench = await gatewayBench(
    { webhooks: limits, events: { heartbeatSeconds: 0.2 }, developmentIssuer: true },
    {},
    { HospitalMSP: ['courier'] },
  );
  submitter = new HttpSubmitter({ url: bench.gateway.url, network: bench.consortium.root.network });
  await openForBusiness(submitter, bench.consortium);
  cast = await enrolCast(submitter, bench.consortium);
  const registrars = ORGANISATIONS.map((each) => registrarOf(bench.consortium, each));
  const porter = await enrol(submitter, bench.consortium, {
    id: 'hospital.porter',
    organisation: 'HospitalMSP',
    roles: ['courier'],
  });
  const alike = [cast.secondCollector, cast.reviewer];
  const players = Object.values(cast).filter((each) => !alike.includes(each));
  const staff = [...players, ...registrars, porter];
  for (const person of staff) {
    const receiver = await Receiver.start();
    receivers.set(person.id, receiver);
    await post(person, '/v1/webhooks', { url: receiver.url });
  }
  await registerShared(submitter, cast);
  const patient = await enrolPatient(submitter, bench.consortium, 'patient-1');
  const other = await enrolPatient(submitter, bench.consortium, 'patient-2');
  const refused = new TherapyJourney({ submitter, cast, patient: other, serial: 2 });
  expect((await refused.order()).receipt.decision).toBe('refused');
  journey = new TherapyJourney({ submitter, cast, patient, serial: 1 });
  await enrolment(journey);
  await sequencing(journey);
  everybody = [...staff, patient, other];
  committed = await commandRecordsOf(bench.ledger);
  for (const person of everybody) readable.set(person.id, await readableFor(person));
});
afterAll(async () => {
  await bench.close();
  for (const receiver of receivers.values()) await receiver.close();
});

const clients = new Map<string, GatewayClient>();
function clientOf({ id, keys }: Person): GatewayClient {
  const client = clients.get(id) ?? new GatewayClient({ url: bench.gateway.url, actor: id, keys });
  clients.set(id, client);
  return client;
}

function post<T>(person: Person, path: string, body: object): Promise<T> {
  return clientOf(person).post<T>(path, body);
}

async function readableFor(person: Person): Promise<ReadonlySet<string>> {
  const client = clientOf(person);
  const seen = new Set<string>();
  for (const { commandId } of committed) {
    const answer: unknown = await client
      .read(`/v1/commands/${commandId}`)
      .catch((error: unknown) => error);
    if (!(answer instanceof Error)) seen.add(commandId);
    else if (!(answer instanceof GatewayProblem) || answer.code !== 'NOT_ENTITLED') throw answer;
  }
  return seen;
}

/** The commands of a set, for people: what and about what. */
const named = (ids: ReadonlySet<string>, from = committed) =>
  from.flatMap(({ commandId, type, scope }) =>
    ids.has(commandId) ? [`${type} ${scope.kind} ${commandId}`] : [],
  );
const idsOf = (records: readonly { readonly commandId: string }[]) =>
  new Set(records.map(({ commandId }) => commandId));

describe('whatever door is used, everybody learns of the commands that they are shown who ask for each', () => {
  test('of which couriers and payers are shown no verdict of a step, and nobody else’s patient is', () => {
    for (const { id, roles, organisation } of everybody) {
      const seen = committed.filter(({ commandId }) => readable.get(id)?.has(commandId));
      if (roles.every((role) => NARROW.has(role))) {
        expect(seen.filter(({ type }) => type.startsWith('manufacturing:'))).toEqual([]);
      }
      const knows = organisation === 'HospitalMSP' || roles.includes('auditor');
      if (knows) continue;
      expect(seen.filter(({ changed }) => changed.includes('actor patient-1'))).toEqual([]);
      expect(seen.filter(({ scope }) => scope.kind === 'patient')).toEqual([]);
      expect(seen.filter(({ decision }) => decision === 'refused')).toEqual([]);
    }
  });

  test('the stream of events', async () => {
    for (const person of everybody) {
      const expected = named(readable.get(person.id) ?? new Set());
      const { url } = bench.gateway;
      const listener = await Listener.open({ person, url, query: '?after=start' });
      await listener.until(({ heard }) => heard.length >= expected.length);
      // whatever is heard too much would stand before the next sign of life
      const beats = listener.comments.length;
      await listener.until(({ comments }) => comments.length > beats + 1);
      const heard = idsOf(listener.heard.map(({ receipt }) => receipt));
      expect([person.id, named(heard)]).toEqual([person.id, expected]);
      listener.leave();
      await listener.over;
    }
  });

  test('webhooks', async () => {
    const from = committed.findIndex(({ type }) => type === 'manufacturing:RegisterLot');
    const since = committed.slice(from);
    for (const [id, receiver] of receivers) {
      const expected = named(readable.get(id) ?? new Set(), since);
      await receiver.until((deliveries) => deliveries.length >= expected.length);
      const told = idsOf(receiver.deliveries.map(({ message }) => message.data));
      expect([id, named(told, since)]).toEqual([id, expected]);
    }
  });

  test("a therapy's trace, its lists and its page", async () => {
    const ofTherapy = committed.filter(({ scope }) => scope.id === journey.coi);
    for (const person of everybody) {
      const client = clientOf(person);
      const seen = named(readable.get(person.id) ?? new Set(), ofTherapy);
      const path = `/v1/therapies/${journey.coi}`;
      const trace = await client.read<Trace>(`${path}/trace`).catch(() => undefined);
      expect([person.id, named(idsOf(trace?.records ?? []), ofTherapy)]).toEqual([person.id, seen]);
      if (trace === undefined) continue;
      const { items } = await client.read<{ readonly items: readonly CommandRecord[] }>(
        `${path}/records?limit=200`,
      );
      expect(named(idsOf(items), ofTherapy)).toEqual(seen);
      const { url } = await post<{ url: string }>(person, `${path}/trace/links`, {});
      const page = await (await fetch(`${bench.gateway.url}${url}`)).text();
      const shown = ofTherapy.filter(({ commandId }) => page.includes(commandId));
      expect(named(idsOf(shown), ofTherapy)).toEqual(seen);
    }
  });

  test('what an actor signed', async () => {
    const signers = [registrarOf(bench.consortium, 'HospitalMSP'), cast.nurse, journey.patient];
    for (const person of everybody) {
      for (const { id } of [...signers, cast.clinician, cast.courier, person]) {
        const signed = await clientOf(person)
          .read<{ readonly items: readonly CommandRecord[] }>(`/v1/actors/${id}/signatures`)
          .catch(() => ({ items: [] }));
        const unread = [...idsOf(signed.items)].filter(
          (each) => !readable.get(person.id)?.has(each),
        );
        expect([person.id, id, named(new Set(unread))]).toEqual([person.id, id, []]);
      }
    }
  });
});

describe('roles that an identity provider took away', () => {
  async function tokenFor(actor: string, scope: string): Promise<string> {
    const form = { grant_type: 'client_credentials', client_id: actor, scope };
    const issuer = `${bench.gateway.url}/dev/issuer`;
    const found = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
    const { token_endpoint: endpoint } = found as { token_endpoint: string };
    const answer = await fetch(endpoint, { method: 'POST', body: new URLSearchParams(form) });
    return ((await answer.json()) as { access_token: string }).access_token;
  }

  test('stay away from the link and the webhook that were made without them', async () => {
    const matron = await enrol(submitter, bench.consortium, {
      id: 'hospital.matron',
      organisation: 'HospitalMSP',
      roles: ['nurse', 'courier'],
    });
    const token = await tokenFor(matron.id, 'courier');
    const narrowly = async (path: string, body?: object) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const sent = { method: 'POST', headers, ...(body ? { body: JSON.stringify(body) } : {}) };
      const answer = await fetch(`${bench.gateway.url}${path}`, sent);
      expect(answer.status).toBe(201);
      return (await answer.json()) as { readonly url: string };
    };
    const pageOf = async (url: string) => (await fetch(`${bench.gateway.url}${url}`)).text();
    const path = `/v1/therapies/${journey.coi}/trace/links`;
    const narrow = await pageOf((await narrowly(path)).url);
    const wide = await pageOf((await post<{ url: string }>(matron, path, {})).url);
    const step = committed.find(({ type }) => type === 'manufacturing:ReportStep');
    expect([wide, narrow].map((page) => page.includes(step?.commandId ?? '-'))).toEqual([
      true,
      false,
    ]);

    const receiver = await Receiver.start();
    await narrowly('/v1/webhooks', { url: receiver.url });
    await send(submitter, cast.labTechnician, {
      type: 'manufacturing:RegisterRun',
      body: { run: 'run-9', flowCell: 'F', instrument: 'S' },
    });
    await journey.collect(din(99), 'blood-edta', cast.collector, 'visit-9');
    const deliveries = await receiver.until((all) =>
      all.some(({ message }) => message.data.type === 'custody:ConfirmCollection'),
    );
    expect(deliveries.filter(({ message }) => !message.data.type.startsWith('custody:'))).toEqual(
      [],
    );
    await receiver.close();
  });
});

describe('what members decide', () => {
  const decide = (change: Change, ...members: readonly [string, ...string[]]) =>
    carry(submitter, bench.consortium, { proposal: change.kind, change }, members);
  const LASTING = { page: 200, hook: 'active' };
  const ENDED = { page: 404, hook: 'suspended' };
  /** A link and a webhook, which outlive the token. */
  const madeUnder = async (token: string) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const asked = async (path: string, body: object): Promise<unknown> => {
      const request = { method: 'POST', headers, body: JSON.stringify(body) };
      return (await fetch(`${bench.gateway.url}${path}`, request)).json();
    };
    const { url } = (await asked(`/v1/therapies/${journey.coi}/trace/links`, {})) as {
      url: string;
    };
    const target = receivers.get(cast.nurse.id)?.url;
    const { hook } = (await asked('/v1/webhooks', { url: target })) as { hook: { id: string } };
    return { url, id: hook.id };
  };
  const stateOf = async ({ url, id }: Awaited<ReturnType<typeof madeUnder>>) => {
    const { state } = await clientOf(cast.nurse).read<{ state: string }>(`/v1/webhooks/${id}`);
    return { page: (await fetch(`${bench.gateway.url}${url}`)).status, hook: state };
  };
  const refusalOf = async (work: Promise<unknown>) => {
    const error: unknown = await work.catch((reason: unknown) => reason);
    return error instanceof GatewayProblem ? error.code : error;
  };

  test('shuts every door to the staff of a member that left, open streams too', async () => {
    const { payer } = cast;
    const { url } = bench.gateway;
    const listener = await Listener.open({ person: payer, url });
    const removed = { organisation: 'PayerMSP', reason: 'own-request' } as const;
    const [first, second, third] = ORGANISATIONS as [string, string, string];
    await decide({ kind: 'remove-organisation', ...removed }, first, second, third, 'CourierMSP');
    const { receipt } = await journey.collect(din(98), 'blood-edta', cast.collector, 'visit-8');
    const order = committed.find(({ type, decision }) => {
      return type === 'therapy:OrderTherapy' && decision === 'permitted';
    });
    for (const path of [
      '/v1/therapies',
      `/v1/therapies/${journey.coi}`,
      `/v1/therapies/${journey.coi}/trace`,
      `/v1/therapies/${journey.coi}/records`,
      `/v1/commands/${order?.commandId ?? ''}`,
      '/v1/organisations',
    ]) {
      const refused = await refusalOf(clientOf(payer).read(path));
      expect([path, refused]).toEqual([path, 'UNKNOWN_ORGANISATION']);
    }
    await expect(Listener.open({ person: payer, url })).rejects.toThrow('UNKNOWN_ORGANISATION');
    const hook = post(payer, '/v1/webhooks', { url: receivers.get(payer.id)?.url });
    expect(await refusalOf(hook)).toBe('UNKNOWN_ORGANISATION');
    const beats = listener.comments.length;
    await listener.until(({ comments }) => comments.length > beats + 1);
    expect(listener.types.filter((type) => type === receipt.type)).toEqual([]);
    listener.leave();
    await listener.over;
  });

  test('ends tokens by an algorithm, those that were good before and what was made under them too', async () => {
    const { id: actor, keys } = cast.nurse;
    const { url } = bench.gateway;
    const tokens = await Promise.all(
      (['EdDSA', 'ML-DSA-65'] as const).map((algorithm) =>
        issueBearerToken(keys, { actor, audience: url, algorithm }),
      ),
    );
    const answers = () =>
      Promise.all(
        tokens.map(async (token) => {
          const headers = { authorization: `Bearer ${token}` };
          return (await fetch(`${url}/v1/ledger`, { headers })).status;
        }),
      );
    const made = await Promise.all(tokens.map((token) => madeUnder(token)));
    expect(await answers()).toEqual([200, 200]);
    expect(await Promise.all(made.map(stateOf))).toEqual([LASTING, LASTING]);
    const ended = { kind: 'disallow-algorithm', algorithm: 'Ed25519' } as const;
    const [first, second, third] = ORGANISATIONS as [string, string, string];
    await decide(ended, first, second, third);
    expect(await answers()).toEqual([401, 200]);
    expect(await Promise.all(made.map(stateOf))).toEqual([ENDED, LASTING]);
    expect(await clientOf(cast.nurse).read('/v1/ledger')).toMatchObject({ name: 'embedded' });
  });
});
