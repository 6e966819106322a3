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
  followUp,
  lot,
  openForBusiness,
  type Person,
  production,
  registerShared,
  registrarOf,
  release,
  send,
  sequencing,
  TherapyJourney,
} from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EntityOf, Item } from '@veinledger/chaincode/domain';
import { type GatewayBench, gatewayBench } from './gateway.fixture.js';
import { type ApiDocument, fetchDocument, NounDesk } from './noun-desk.js';

interface Trace {
  readonly things: readonly {
    readonly noun: string;
    readonly id: string;
    readonly commitment: string;
  }[];
  readonly records: readonly EntityOf<'record'>[];
}

let bench: GatewayBench;
let document: ApiDocument;
let desk: NounDesk;
let cast: Cast;
let patient: Person;
let journey: TherapyJourney;

beforeAll(async () => {
  bench = await gatewayBench();
  document = await fetchDocument(bench.gateway.url);
  const { network } = bench.consortium.root;
  desk = new NounDesk({ url: bench.gateway.url, network, document });
  desk.succeeded.add('openapi');
  await openForBusiness(desk, bench.consortium);
  cast = await enrolCast(desk, bench.consortium);
  await registerShared(desk, cast);
  patient = await enrolPatient(desk, bench.consortium, 'patient-1');
  journey = new TherapyJourney({ desk, cast, patient, serial: 1 });
}, 120_000);
afterAll(() => bench.close());

const trace = () => desk.read<Trace>(cast.auditor, 'traceTherapy', { coi: journey.coi });

describe("the gateway's routes in the field's nouns", () => {
  test('carry a therapy from the biopsy to the arm of the same patient', async () => {
    await enrolment(journey);
    await sequencing(journey);
    await analysis(journey);
    const design = (await trace()).things.find(({ noun }) => noun === 'design');
    await production(journey, design?.commitment ?? '');
    expect((await release(journey)).receipt.outcome).toBe('permitted');
    await delivery(journey);
    const authorised = await authorise(journey, await bedside(journey));
    expect(authorised.receipt).toMatchObject({ outcome: 'permitted', reasons: [] });
    expect((await administer(journey)).receipt.deviations).toEqual([]);
    await followUp(journey);
  }, 120_000);

  test('carry what goes otherwise', async () => {
    const subject = { kind: 'therapy', coi: journey.coi };
    const reported = await journey.say(cast.nurse, 'manufacturing:ReportDeviation', {
      subject,
      code: 'DOCUMENTATION_FAULT',
      classification: 'minor',
    });
    await journey.say(cast.reviewer, 'manufacturing:RecordDisposition', {
      deviation: reported.receipt.deviations[0]?.id,
      decision: 'permit-use',
    });
    const hold = { hold: 'hold-1', subject, reason: 'investigation', liftedByRole: 'quality' };
    await journey.say(cast.reviewer, 'manufacturing:PlaceHold', hold);
    await journey.say(cast.reviewer, 'manufacturing:LiftHold', { hold: 'hold-1' });
    await journey.say(cast.safetyOfficer, 'manufacturing:RecallBatch', {
      batch: journey.batch,
      reason: 'stability',
    });
    await journey.say(cast.pharmacist, 'custody:DisposeItem', {
      item: journey.things.vials[1],
      method: 'incinerated',
      reason: 'recalled',
    });
    await send(desk, patient, { type: 'consent:RefuseConsent', body: { purpose: 'RESEARCH' } });
    await send(desk, patient, {
      type: 'consent:WithdrawConsent',
      body: { purpose: 'GENOMIC_SEQUENCING' },
    });
    const registrar = registrarOf(bench.consortium, 'CourierMSP');
    await send(desk, registrar, {
      type: 'registry:RevokeActor',
      body: { actor: cast.courier.id, reason: 'left' },
    });
    expect((await trace()).records.length).toBeGreaterThan(60);
  }, 60_000);

  test('answer reads with what the ledger holds', async () => {
    const { coi, things } = journey;
    const values = {
      coi,
      item: things.dose,
      dose: 'dose-1',
      patient: patient.id,
      lot: lot('EX-1'),
    };
    const read = <T>(by: Person, operation: string, more: Record<string, string> = {}) =>
      desk.read<T>(by, operation, { ...values, ...more });
    expect(await read(cast.nurse, 'readTherapy')).toMatchObject({ coi, patient: patient.id });
    expect(await read<Item>(cast.nurse, 'readItem')).toMatchObject({ state: 'administered' });
    expect(await read(patient, 'readDose')).toMatchObject({
      administrations: [{ item: things.dose }],
    });
    expect(await read<unknown[]>(patient, 'listConsents')).toHaveLength(3);
    expect(await read<unknown[]>(cast.labTechnician, 'listLotUses')).toMatchObject([
      { coi },
      { coi },
    ]);
    expect(await read(cast.nurse, 'readActor', { actor: cast.designer.id })).toMatchObject({
      organisation: 'LabMSP',
      roles: ['designer'],
    });
    expect(await read(cast.nurse, 'readConsortium')).toMatchObject({
      network: bench.consortium.root.network,
    });
    expect(await read<unknown[]>(cast.nurse, 'listOrganisations')).toHaveLength(
      bench.consortium.root.organisations.length,
    );
    const process = { process: 'pcv-mrna', version: '1.0' };
    expect(await read(patient, 'readProcess', process)).toMatchObject({ id: 'pcv-mrna' });
    expect(await read(patient, 'readLedger')).toMatchObject({ name: 'embedded' });
    expect(await read(cast.auditor, 'verifyLedger')).toMatchObject({ intact: true });
  }, 60_000);

  test('show a command as it was signed, and what an actor signed', async () => {
    const signed = await desk.read<EntityOf<'signature'>[]>(cast.auditor, 'listSignatures', {
      actor: cast.designer.id,
    });
    const id = signed[0]?.commandId ?? '';
    const command = await desk.read<{ jws: string; receipt: { block: number } }>(
      cast.designer,
      'readCommand',
      { id },
    );
    expect(command.receipt.block).toBeGreaterThan(0);
    const again = await desk.client(cast.designer).send({ jws: command.jws });
    expect(again).toEqual(command.receipt);
    desk.succeeded.add('submitCommand');
  });

  test('give an annex that its digest opens', async () => {
    const { records } = await trace();
    const digest = records.find(({ annex }) => annex['results'])?.annex['results'] ?? '';
    const annex = await desk.read<{ text: string }>(cast.designer, 'readAnnex', { digest });
    expect(JSON.parse(annex.text)).toMatchObject({ v: 1 });
  });

  test('tell that the gateway lives and reaches the ledger', async () => {
    for (const operation of ['live', 'ready']) {
      const response = await fetch(`${bench.gateway.url}/health/${operation}`);
      expect([response.status, await response.json()]).toEqual([200, { status: operation }]);
      desk.succeeded.add(operation);
    }
  });

  test('are exactly those of the document, each seen to succeed', () => {
    const documented = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods)
        // streams and webhooks are seen to succeed in test/src/events
        .filter(({ tags }) => !tags.includes('events'))
        .map(({ operationId }) => operationId),
    );
    expect([...desk.succeeded].sort()).toEqual(documented.sort());
    expect(document.openapi).toMatch(/^3\.1\./);
  });
});
