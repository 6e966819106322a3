import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { carry, doStep, type Person, registrarOf, type TherapyJourney } from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { replay } from '@veinledger/chaincode/replay';
import { GatewayClient, issueBearerToken } from '@veinledger/client/node';
import { ARMS } from '../support/blinded.js';
import { credentials, get, groupOf } from './links.fixture.js';
import { type MembersBench, membersBench } from './members.fixture.js';

interface AnnexList {
  readonly annexes: readonly {
    readonly digest: string;
    readonly name: string;
    readonly held: boolean;
    readonly from: readonly string[];
  }[];
}

const PARTIES = ['HospitalMSP', 'LabMSP', 'ManufacturerMSP', 'CourierMSP'];

describe('annexes between members’ gateways', () => {
  let all: MembersBench;
  let journey: TherapyJourney;
  /** of the hospital's slots */
  let digest: string;

  beforeAll(async () => {
    all = await membersBench();
    journey = await all.newTherapy();
    await begin(journey);
    digest = await book(journey);
  });
  afterAll(() => all.close());

  async function begin(ofPatient: TherapyJourney): Promise<void> {
    await ofPatient.consent('TREATMENT_MANUFACTURE');
    await ofPatient.consent('GENOMIC_SEQUENCING');
    await ofPatient.order(PARTIES);
  }

  /** The hospital's coordinator books slots: a step whose results are an annex. Gives its digest. */
  async function book(ofPatient: TherapyJourney): Promise<string> {
    const booking = { by: all.cast.coordinator };
    const { receipt } = await doStep(ofPatient, 'slot-booking', booking, { 'lead-times': true });
    return receipt.annex['results'] ?? '';
  }

  /** Asks the gateway of a person's own member, once. */
  function read({ id: actor, keys, organisation }: Person, asked = digest) {
    const { url = '' } = all.members.byMember.get(organisation) ?? {};
    const client = new GatewayClient({ url, actor, keys, retries: { attempts: 1 } });
    return client.read<{ text: string }>(`/v1/annexes/${asked}`);
  }
  const fileOf = (mspId: string, asked = digest) =>
    join(all.members.vaultOf(mspId), `${asked}.age`);
  const logged = (mspId: string, message: string) =>
    all.logOf(mspId).filter(({ msg }) => msg === message);

  async function metrics(mspId: string): Promise<string> {
    const url = all.members.byMember.get(mspId)?.managementUrl ?? '';
    return (await fetch(`${url}/metrics`)).text();
  }

  test('are fetched by a party whose vault does not hold them, and kept there', async () => {
    const fetched = await read(all.cast.designer);
    expect(fetched).toEqual(await read(all.cast.clinician));
    expect(logged('LabMSP', 'annex fetched')).toEqual([
      expect.objectContaining({ member: 'HospitalMSP', digest }),
    ]);
    expect(logged('HospitalMSP', 'annex given')).toEqual([
      expect.objectContaining({ member: 'LabMSP', digest }),
    ]);
    expect((await readFile(fileOf('LabMSP'), 'latin1')).startsWith('age-encryption.org')).toBe(
      true,
    );
    await read(all.cast.designer);
    expect(logged('HospitalMSP', 'annex given')).toHaveLength(1);
  });

  test.each([
    ['lost', (file: string) => rm(file)],
    ['damaged', (file: string) => writeFile(file, 'not what age wrote')],
  ])('are fetched again by a party whose vault has %s them', async (_, spoil) => {
    const before = await read(all.cast.designer);
    await spoil(fileOf('LabMSP'));
    expect(await read(all.cast.designer)).toEqual(before);
    await spoil(fileOf('HospitalMSP'));
    expect(await read(all.cast.clinician)).toEqual(before);
  });

  test('are given to nobody else: neither to a member that asks by itself, nor through its gateway', async () => {
    await expect(read(all.cast.payer)).rejects.toMatchObject({
      problem: { status: 403, code: 'NOT_ENTITLED' },
    });
    const answer = await askAs('payer');
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'NOT_ENTITLED' });
    expect(answer.text).not.toContain('salt');
    expect(logged('HospitalMSP', 'annex not given')).toEqual([
      expect.objectContaining({ member: 'PayerMSP', digest, result: 'NOT_ENTITLED' }),
    ]);
  });

  test('are asked for by certificate: no header makes a member another one', async () => {
    const headers = { 'x-member': 'LabMSP', 'x-forwarded-client-cert': 'LabMSP' };
    expect((await askAs('payer', headers)).status).toBe(403);
    expect((await askAs('lab')).status).toBe(200);
  });

  test('are not told to who shows no certificate, an older TLS or another key exchange', async () => {
    const url = hospitalUrl();
    const lab = await credentials(all.folder, 'lab', 'hospital');
    const { ca, agent } = lab;
    for (const refused of [
      { ca, agent },
      { ...lab, maxVersion: 'TLSv1.2' as const },
      { ...lab, ecdhCurve: 'X25519' },
    ]) {
      await expect(get(url, refused)).rejects.toThrow(/alert|ECONNRESET|hang up/);
    }
    expect(await groupOf(url, lab)).toBe('X25519MLKEM768');
  });

  test('are counted, and a digest that nobody commits to is no annex', async () => {
    await expect(read(all.cast.clinician, `${'A'.repeat(42)}E`)).rejects.toMatchObject({
      problem: { status: 404, code: 'NOT_FOUND' },
    });
    const given = await metrics('HospitalMSP');
    expect(given).toMatch(
      /exchange_annexes_total\{direction="given",member="LabMSP",result="ok"\} [2-9]/,
    );
    expect(given).toMatch(/direction="given",member="PayerMSP",result="NOT_ENTITLED"\} [2-9]/);
    expect(await metrics('LabMSP')).toMatch(
      /direction="fetched",member="HospitalMSP",result="ok"\} [1-9]/,
    );
  });

  test('are asked of the next party when one is down, and the error tells of each when all are', async () => {
    const other = await book(await anotherTherapy());
    await read(all.cast.designer, other);
    await all.members.stop('HospitalMSP');
    const fetched = await read(all.cast.operator, other);
    expect(fetched).toEqual(await read(all.cast.designer, other));
    expect(logged('ManufacturerMSP', 'annex not fetched').at(-1)).toMatchObject({
      member: 'HospitalMSP',
      result: 'unreachable',
    });
    await rm(fileOf('LabMSP', other));
    await all.members.stop('ManufacturerMSP');
    await expect(read(all.cast.designer, other)).rejects.toMatchObject({
      problem: {
        status: 503,
        code: 'ANNEX_UNAVAILABLE',
        found:
          'HospitalMSP cannot be reached; ManufacturerMSP cannot be reached; CourierMSP does not hold it',
      },
    });
    await all.members.restart('HospitalMSP');
    await all.members.restart('ManufacturerMSP');
  });

  test('are fetched all at once by a registrar’s job where a vault was emptied', async () => {
    const before = await read(all.cast.clinician);
    await rm(fileOf('HospitalMSP'));
    await read(all.cast.designer);
    const job = await gathered('HospitalMSP');
    expect(job).toMatchObject({ state: 'succeeded', result: { fetched: 1, lacking: 0 } });
    await all.members.stop('LabMSP');
    await all.members.stop('ManufacturerMSP');
    expect(await read(all.cast.clinician)).toEqual(before);
    await all.members.restart('LabMSP');
    await all.members.restart('ManufacturerMSP');
  });

  test('from before are handed on to who came later, also by a member that has left the therapy', async () => {
    const moved = await all.newTherapy();
    await begin(moved);
    const booked = await book(moved);
    const { clinician, reviewer, payer } = all.cast;
    const change = async (id: string, parties: readonly string[]) => {
      for (const by of [reviewer, clinician])
        await moved.say(by, 'therapy:ChangeParties', { change: id, parties });
    };
    await gathered('PayerMSP');
    await expect(readFile(fileOf('PayerMSP', booked))).rejects.toThrow('ENOENT');
    await change('change-1', [...PARTIES, 'PayerMSP']);
    expect(await annexesOf(payer, moved)).toMatchObject({ annexes: [] });
    expect(await gathered('PayerMSP')).toMatchObject({ result: { lacking: 0 } });
    await readFile(fileOf('PayerMSP', booked));

    const annexes = { denial: { reason: 'not-necessary' } };
    const denial = { denial: 'denial-1' };
    const said = await moved.say(payer, 'billing:ReportDenial', denial, { annexes });
    const denied = said.receipt.annex['denial'] ?? '';
    await change('change-2', PARTIES);
    const missing = await annexesOf(clinician, moved);
    expect(missing.annexes.filter(({ held }) => !held)).toMatchObject([
      {
        digest: denied,
        name: 'denial',
        from: ['PayerMSP', 'LabMSP', 'ManufacturerMSP', 'CourierMSP'],
      },
    ]);
    await read(clinician, denied);
    const held = await annexesOf(clinician, moved);
    expect(held.annexes.map((each) => [each.digest, each.held])).toEqual(
      expect.arrayContaining([
        [denied, true],
        [booked, true],
      ]),
    );
    await expect(read(payer, booked)).rejects.toMatchObject({
      problem: { status: 403, code: 'NOT_ENTITLED' },
    });
  });

  test('that say an arm are given to the unblinded group, and lent to the member of who unblinds', async () => {
    const { clinician, nurse, reviewer, tester } = all.cast;
    const blinded = await anotherTherapy();
    const assignment = { annexes: { arm: { arm: ARMS[0] } } };
    const { receipt } = await blinded.say(reviewer, 'therapy:AssignArm', {}, assignment);
    const arm = receipt.annex['arm'] ?? '';
    const another = { annexes: { arm: { arm: 'arm-three' } } };
    await expect(blinded.say(reviewer, 'therapy:AssignArm', {}, another)).rejects.toMatchObject({
      problem: { status: 400, code: 'UNKNOWN_ARM', expected: ARMS.join(' or ') },
    });
    const refused = { problem: { status: 403, code: 'NOT_ENTITLED' } };
    for (const blind of [clinician, nurse])
      await expect(read(blind, arm)).rejects.toMatchObject(refused);
    expect((await read(tester, arm)).text).toContain(ARMS[0]);
    await blinded.say(
      clinician,
      'care:Unblind',
      { reason: 'treatment-depends-on-it' },
      { annexes: { explanation: { explanation: 'Anaphylaxis on the ward.' } } },
    );
    expect((await read(clinician, arm)).text).toContain(ARMS[0]);
    await expect(read(nurse, arm)).rejects.toMatchObject(refused);
    expect(await gathered('HospitalMSP')).toMatchObject({ result: { lacking: 0 } });
    await expect(readFile(fileOf('HospitalMSP', arm))).rejects.toThrow('ENOENT');
  });

  test('are opened through the exchange by a party’s replay, and by nobody else’s', async () => {
    const replayAs = (mspId: string) => {
      const gateway = all.members.byMember.get(mspId);
      if (!gateway) throw new Error(`no gateway of ${mspId}`);
      return replay({
        blocks: all.bench.ledger.blocks(),
        root: all.bench.consortium.root,
        verifier: nativeVerifier,
        vault: gateway.vault,
      });
    };
    expect(await replayAs('ManufacturerMSP')).toMatchObject({ findings: [], endorsedOnly: [] });
    const outsider = await replayAs('PayerMSP');
    expect(outsider.findings).toEqual([]);
    expect(outsider.endorsedOnly.length).toBeGreaterThan(0);
  });

  test('are given no more to a member that left, though it is a party still', async () => {
    expect((await askAs('lab')).status).toBe(200);
    const removed = {
      kind: 'remove-organisation',
      organisation: 'LabMSP',
      reason: 'breach',
    } as const;
    const motion = { proposal: 'remove-lab', change: removed };
    const four = ['HospitalMSP', 'ManufacturerMSP', 'CourierMSP', 'PayerMSP'] as const;
    await carry(all.submitter(), all.bench.consortium, motion, four);
    const answer = await askAs('lab');
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([403, { code: 'NOT_ENTITLED' }]);
    expect(answer.text).not.toContain('salt');
    // its own gateway, which the ledger tells nothing any more, knows nobody
    await expect(read(all.cast.designer)).rejects.toMatchObject({ problem: { status: 401 } });
  });

  function hospitalUrl(): URL {
    const { exchangeUrl = '' } = all.members.byMember.get('HospitalMSP') ?? {};
    return new URL(`/annexes/${digest}`, exchangeUrl);
  }

  /** Asks the hospital's exchange as another member, without its gateway. */
  async function askAs(id: string, headers: Readonly<Record<string, string>> = {}) {
    return get(hospitalUrl(), { ...(await credentials(all.folder, id, 'hospital')), headers });
  }

  /** Which annexes of a therapy the gateway of a person's own member holds. */
  function annexesOf({ id: actor, keys, organisation }: Person, { coi }: TherapyJourney) {
    const { url = '' } = all.members.byMember.get(organisation) ?? {};
    const client = new GatewayClient({ url, actor, keys, retries: { attempts: 1 } });
    return client.read<AnnexList>(`/v1/therapies/${coi}/annexes`);
  }

  /** Has a registrar's job fill the vault of their member's gateway. */
  async function gathered(mspId: string): Promise<Readonly<Record<string, unknown>>> {
    const registrar = registrarOf(all.bench.consortium, mspId);
    const { url = '' } = all.members.byMember.get(mspId) ?? {};
    const token = await issueBearerToken(registrar.keys, { actor: registrar.id, audience: url });
    const response = await fetch(`${url}/v1/jobs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'fetch-annexes' }),
    });
    const location = response.headers.get('location') ?? '';
    for (;;) {
      const job = await all.submitter().read<Record<string, unknown>>(registrar, location);
      if (job['state'] !== 'queued' && job['state'] !== 'running') return job;
      await delay(50);
    }
  }

  async function anotherTherapy(): Promise<TherapyJourney> {
    const other = await all.newTherapy();
    await begin(other);
    return other;
  }
});
