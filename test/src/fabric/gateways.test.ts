import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Cast,
  doStep,
  enrolCastSideBySide,
  enrolPatient,
  type MemberGateways,
  MembersSubmitter,
  openForBusiness,
  type RunningGateway,
  startFabricGateways,
  TherapyJourney,
} from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadProfile } from '@veinledger/network/profile';
import {
  type DeployedProcess,
  killLeft,
  startDeployed,
  startDeployedFrom,
} from '../operations/deployed.fixture.js';
import { type FabricBench, fabricBench } from '../support/fabric.js';

interface GatewayProcess extends DeployedProcess, RunningGateway {}

describe('members’ gateways, each a process started by its settings file, on a real network', () => {
  let folder: string;
  let bench: FabricBench;
  let gateways: MemberGateways<GatewayProcess>;
  let cast: Cast;
  let journey: TherapyJourney;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'veinledger-members-'));
    bench = await fabricBench();
    const rootFile = join(folder, 'root.json');
    await writeFile(rootFile, JSON.stringify(bench.consortium.root));
    const { members } = await loadProfile();
    gateways = await startFabricGateways(
      { directory: folder, rootFile },
      bench.connection,
      // with a peer of their own, and without
      members.filter(({ id }) => ['hospital', 'lab', 'courier'].includes(id)),
      async (file) => {
        const gateway = await startDeployedFrom(file);
        return { ...gateway, close: () => gateway.stop('SIGTERM') };
      },
      { management: { port: 0 }, logLevel: 'warn' },
    );
    await openForBusiness(bench.submitter, bench.consortium);
    cast = await enrolCastSideBySide(bench.submitter, bench.consortium);
    const patient = await enrolPatient(bench.submitter, bench.consortium, 'patient-1');
    journey = new TherapyJourney({ submitter: submitter(), cast, patient, serial: 1 });
  });
  afterAll(async () => {
    killLeft();
    await bench.close();
    await rm(folder, { recursive: true });
  });

  /** A submitter at which everybody goes to their own member's gateway, wherever it listens now. */
  function submitter(): MembersSubmitter {
    const urls = new Map([...gateways.byMember].map(([mspId, { url }]) => [mspId, url]));
    return new MembersSubmitter({ network: bench.consortium.root.network, urls });
  }

  test('are ready, and tell which ledger they serve', async () => {
    for (const [, { url }] of gateways.byMember) {
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    }
    const { network } = await submitter().read<{ network: string }>(cast.courier, '/v1/ledger');
    expect(network).toBe(bench.consortium.root.network);
  });

  test('carry their own people’s commands, also where the member has no peer', async () => {
    await journey.consent('TREATMENT_MANUFACTURE');
    await journey.consent('GENOMIC_SEQUENCING');
    expect((await journey.order()).receipt.decision).toBe('permitted');
    await journey.collectAll();
    const { blood } = journey.things;
    const released = await journey.release(blood, cast.nurse, 'CourierMSP');
    const { receipt } = await journey.receive(blood, cast.courier, released);
    expect(receipt).toMatchObject({ decision: 'recorded', organisation: 'CourierMSP' });
  });

  test('carry nobody else’s: a gateway has no other member’s identities', async () => {
    const urls = new Map([['LabMSP', gateways.byMember.get('CourierMSP')?.url ?? '']]);
    const { network } = bench.consortium.root;
    const foreign = new MembersSubmitter({ network, urls });
    const reading = foreign.read(cast.labTechnician, `/v1/therapies/${journey.coi}`);
    await expect(reading).rejects.toMatchObject({ code: 'NO_IDENTITY' });
  });

  test('give each other the annexes of their therapies', async () => {
    const booking = { by: cast.coordinator };
    const { receipt } = await doStep(journey, 'slot-booking', booking, { 'lead-times': true });
    const path = `/v1/annexes/${receipt.annex['results'] ?? ''}`;
    const own = await submitter().read(cast.clinician, path);
    expect(await submitter().read(cast.designer, path)).toEqual(own);
    const vaulted = join(gateways.vaultOf('LabMSP'), `${receipt.annex['results'] ?? ''}.age`);
    expect((await readFile(vaulted, 'latin1')).startsWith('age-encryption.org')).toBe(true);
  });

  test('stop on SIGTERM, and go on with the same ledger when they are started again', async () => {
    const path = `/v1/therapies/${journey.coi}/trace`;
    const before = await submitter().read(cast.nurse, path);
    const gateway = gateways.byMember.get('HospitalMSP');
    expect(await gateway?.stop('SIGTERM')).toBe(0);
    await gateways.restart('HospitalMSP');
    expect(await submitter().read(cast.nurse, path)).toEqual(before);
  });

  test('name what is wrong with the identity by which blocks are read', async () => {
    const file = join(folder, 'gateways', 'courier', 'gateway.json');
    const settings = JSON.parse(await readFile(file, 'utf8')) as { ledger: object };
    const reader = { mspId: 'CourierMSP', label: 'nobody' };
    const wrong = { ...settings, ledger: { ...settings.ledger, reader } };
    await expect(startDeployed(join(folder, 'gateways', 'courier'), wrong)).rejects.toThrow(
      /ledger\.reader: .*nobody.*holds no identity/,
    );
  });
});
