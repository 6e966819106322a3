import {
  type Cast,
  enrolCast,
  enrolPatient,
  HttpSubmitter,
  openForBusiness,
  type Person,
  registrarOf,
  send,
} from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GatewayClient, signCommand, webSigner } from '@veinledger/client';
import {
  type DeviceStore,
  handInKeys,
  PatientDevice,
  readInvitation,
} from '@veinledger/client/device';
import { type GatewayBench, gatewayBench } from './gateway.fixture.js';

const by = { kind: 'passphrase', passphrase: 'seven vials on a cold night' } as const;
const cost = { memoryKiB: 64, passes: 1, lanes: 1 };
const PER_MINUTE = 40;

interface Issued {
  readonly code: string;
  readonly patient: string;
}
interface Waiting {
  readonly items: readonly {
    readonly patient: string;
    readonly keys: Person['keys']['public'];
    readonly proof: string;
    readonly issuedBy: string;
    readonly renews: boolean;
  }[];
}

let bench: GatewayBench;
let submitter: HttpSubmitter;
let cast: Cast;
let registrar: Person;

beforeAll(async () => {
  bench = await gatewayBench({ rateLimit: { perMinute: PER_MINUTE, burst: PER_MINUTE } });
  const { network } = bench.consortium.root;
  submitter = new HttpSubmitter({ url: bench.gateway.url, network });
  await openForBusiness(submitter, bench.consortium);
  cast = await enrolCast(submitter, bench.consortium);
  registrar = registrarOf(bench.consortium, 'HospitalMSP');
});
afterAll(() => bench.close());

const url = () => bench.gateway.url;
const clientOf = ({ id: actor, keys }: Person) => new GatewayClient({ url: url(), actor, keys });
const codeBy = (person: Person, patient?: string) =>
  clientOf(person).post<Issued>('/v1/enrolment-codes', patient === undefined ? {} : { patient });
const waiting = () => clientOf(registrar).read<Waiting>('/v1/enrolments');

function memory(): DeviceStore {
  let kept: string | undefined;
  return {
    read: () => Promise.resolve(kept),
    write: (box) => {
      kept = box;
      return Promise.resolve(true);
    },
    wipe: () => Promise.resolve(),
  };
}

async function makeKeys(code: string) {
  const { network, patient } = await readInvitation(url(), code);
  const device = new PatientDevice({ store: memory(), cost });
  const possession = await device.make({ network, actor: patient }, [by]);
  return { device, possession };
}

describe('a patient’s own device', () => {
  let issued: Issued;
  let made: Awaited<ReturnType<typeof makeKeys>>;

  test('hands in its keys under a nurse’s code, and nobody is enrolled by that', async () => {
    issued = await codeBy(cast.nurse);
    expect(issued.patient).toMatch(/^p-[a-z0-9]{12}$/);
    made = await makeKeys(issued.code);
    await handInKeys(url(), issued.code, made.possession);
    const { keys } = await made.device.open(by);
    const refused = new GatewayClient({ url: url(), actor: issued.patient, keys }).read(
      '/v1/therapies',
    );
    await expect(refused).rejects.toMatchObject({ problem: { code: 'TOKEN_INVALID' } });
  });

  test('is enrolled by what waits for the registrar, which then waits no longer', async () => {
    const { items } = await waiting();
    expect(items).toMatchObject([
      {
        patient: issued.patient,
        issuedBy: cast.nurse.id,
        renews: false,
        keys: made.possession.keys,
      },
    ]);
    const [{ patient: actor, keys, proof }] = items as [Waiting['items'][number]];
    const body = { actor, kind: 'person', roles: ['patient'], keys, proof };
    await send(submitter, registrar, { type: 'registry:EnrolActor', body });
    expect(await waiting()).toEqual({ items: [] });
  });

  test('signs from then on, with keys that the gateway never saw', async () => {
    const { keys, owner } = await made.device.open(by);
    const signer = await webSigner(keys);
    const client = new GatewayClient({ url: url(), actor: owner.actor, keys });
    const statement = { type: 'consent:RefuseConsent', body: { purpose: 'RESEARCH' } };
    const command = await signCommand({ ...owner, signer }, statement);
    expect(await client.submit(command)).toMatchObject({ decision: 'recorded' });
  });

  test('is answered the same when it hands in once more, and another device is not', async () => {
    await expect(handInKeys(url(), issued.code, made.possession)).resolves.toBeUndefined();
    const other = new PatientDevice({ store: memory(), cost });
    const { network } = bench.consortium.root;
    const keys = await other.make({ network, actor: issued.patient }, [by]);
    const late = handInKeys(url(), issued.code, keys);
    await expect(late).rejects.toMatchObject({ problem: { code: 'ENROLMENT_CODE_INVALID' } });
  });
});

describe('a one-time code', () => {
  test('takes keys for its own patient only, and stays open', async () => {
    const { code } = await codeBy(cast.nurse);
    const device = new PatientDevice({ store: memory(), cost });
    const { network } = bench.consortium.root;
    const foreign = await device.make({ network, actor: 'p-other' }, [by]);
    const handed = handInKeys(url(), code, foreign);
    await expect(handed).rejects.toMatchObject({ problem: { code: 'POSSESSION_NOT_PROVED' } });
    await expect(readInvitation(url(), code)).resolves.toMatchObject({
      organisation: 'HospitalMSP',
    });
  });

  test('outlives a restart of the gateway', async () => {
    const { code, patient } = await codeBy(cast.nurse);
    await bench.restart();
    submitter = new HttpSubmitter({ url: url(), network: bench.consortium.root.network });
    expect(await readInvitation(url(), code)).toMatchObject({ patient });
  });

  test('for a patient whose device is lost says that other keys are enrolled', async () => {
    await enrolPatient(submitter, bench.consortium, 'patient-1');
    const { code } = await codeBy(cast.nurse, 'patient-1');
    const { possession } = await makeKeys(code);
    await handInKeys(url(), code, possession);
    const { items } = await waiting();
    expect(items).toMatchObject([{ patient: 'patient-1', renews: true }]);
  });

  test.each([
    ['a laboratory’s technician', () => cast.labTechnician, undefined],
    ['a pharmacist', () => cast.pharmacist, undefined],
    ['a nurse, for staff', () => cast.nurse, () => cast.clinician.id],
  ])('is not issued by %s', async (_name, person, patient) => {
    const refused = codeBy(person(), patient?.());
    await expect(refused).rejects.toMatchObject({ problem: { code: 'NOT_ENTITLED' } });
  });

  test('and what was handed in are listed for registrars only', async () => {
    const refused = clientOf(cast.nurse).read('/v1/enrolments');
    await expect(refused).rejects.toMatchObject({ problem: { code: 'NOT_ENTITLED' } });
  });

  test('cannot be guessed: too many tries from one address wait, and other requests do not', async () => {
    const codes: unknown[] = [];
    for (let tried = 0; tried <= PER_MINUTE; tried += 1) {
      const answer = await fetch(`${url()}/v1/enrolment-codes/readings`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code: '0000-0000-0001' }),
      });
      codes.push(((await answer.json()) as { code: string }).code);
    }
    expect(codes.at(-1)).toBe('RATE_LIMITED');
    expect(codes[0]).toBe('ENROLMENT_CODE_INVALID');
    expect((await fetch(`${url()}/v1/openapi.json`)).status).toBe(200);
  });
});
