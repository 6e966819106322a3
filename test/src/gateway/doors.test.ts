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

let bench: GatewayBench;
let submitter: HttpSubmitter;
let cast: Cast;
let journey: TherapyJourney;
const receivers = new Map<string, Receiver>();
/** every command that was committed, in order */
let committed: readonly CommandRecord[];

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
  for (const { id } of [cast.nurse, cast.payer]) receivers.set(id, await Receiver.start());
  await registerShared(submitter, cast);
  const patient = await enrolPatient(submitter, bench.consortium, 'patient-1');
  journey = new TherapyJourney({ submitter, cast, patient, serial: 1 });
  await enrolment(journey);
  await sequencing(journey);
  committed = await commandRecordsOf(bench.ledger);
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
