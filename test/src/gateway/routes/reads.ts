import { lot, type Person } from '#scripts';
import { expect, test } from '@jest/globals';
import type {
  EntityOf,
  Item,
  Next,
  TherapyProgress,
  TherapyWaiting,
  Turnaround,
} from '@veinledger/domain';
import type { Page, RoutesChapter } from './stage.js';

/** What the ledger holds, read. */
export const readsRoutes: RoutesChapter = (stage) => {
  test('answer reads with what the ledger holds', async () => {
    const { bench, submitter, cast, patient, journey, trace } = stage();
    const { coi, things } = journey;
    const values = {
      coi,
      item: things.dose,
      dose: 'dose-1',
      patient: patient.id,
      lot: lot('EX-1'),
      run: 'run-1',
    };
    const read = <T>(by: Person, operation: string, more: Record<string, string> = {}) =>
      submitter.read<T>(by, operation, { ...values, ...more });
    expect(await read(cast.nurse, 'readTherapy')).toMatchObject({ coi, patient: patient.id });
    const rota = { organisation: 'ManufacturerMSP', role: 'quality' };
    expect(await read(cast.nurse, 'readRota', rota)).toMatchObject({
      deputies: [cast.reviewer.id],
    });
    const training = { process: 'pcv-mrna', version: '1.0', step: 'release-tests' };
    const trained = { ...training, actor: cast.tester.id };
    expect(await read(cast.operator, 'readTraining', trained)).toMatchObject({
      recorded: { actor: cast.reviewer.id },
    });
    expect(await read<Next>(cast.nurse, 'readNext')).toMatchObject({
      coi,
      acts: expect.arrayContaining([
        expect.objectContaining({
          code: 'loss',
          asked: [expect.objectContaining({ as: 'deputies', people: [cast.reviewer.id] })],
        }),
      ]),
    });
    expect(await read(cast.nurse, 'listAnnexes')).toMatchObject({
      annexes: expect.arrayContaining([
        expect.objectContaining({ name: 'results', held: true, from: [] }),
      ]),
    });
    const queue = await read<Page<TherapyWaiting>>(cast.reviewer, 'listWaiting');
    expect(queue.items.find((each) => each.coi === coi)?.waiting).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'loss', act: 'quality:DismissAlarms' }),
      ]),
    );
    expect(await read(patient, 'readWaiting')).toMatchObject({ coi });
    const { steps } = await read<TherapyProgress>(cast.nurse, 'readTherapyTurnaround');
    const stateOf = (id: string) => steps.find(({ step }) => step === id)?.state;
    expect(['pathology', 'follow-up'].map(stateOf)).toEqual(['on-time', 'on-time']);
    expect(await read<Turnaround>(cast.auditor, 'readTurnaround')).toMatchObject({
      therapies: 3,
      steps: expect.arrayContaining([
        expect.objectContaining({ step: 'sequencing', organisation: 'LabMSP', onTime: 1 }),
        expect.objectContaining({ step: 'courier-to-pharmacy', organisation: 'CourierMSP' }),
      ]),
    });
    expect(await read(cast.auditor, 'readTurnaroundRelease')).toMatchObject({ cells: [] });
    expect(await read<Item>(cast.nurse, 'readItem')).toMatchObject({ state: 'administered' });
    expect(await read(patient, 'readOutlook')).toMatchObject({ coi, consents: expect.anything() });
    expect(await read(patient, 'readDose')).toMatchObject({
      administrations: [{ item: things.dose }],
    });
    const { things: held } = await trace();
    const idOf = (noun: string) => held.find((each) => each.noun === noun)?.id ?? '';
    for (const [operation, noun, named] of [
      ['readHandOff', 'hand-off', { handOff: idOf('hand-off') }],
      ['readDesign', 'design', { design: journey.design }],
      ['readBatch', 'batch', { batch: journey.batch }],
      ['readHold', 'hold', { hold: 'hold-1' }],
      ['readInvestigation', 'investigation', { investigation: 'INV-1' }],
      ['readVerification', 'verification', { verification: idOf('verification') }],
      ['readOutcome', 'outcome', { outcome: 'outcome-1' }],
      ['readAdverseEvent', 'adverse-event', { adverseEvent: 'fever-1' }],
      ['readReportableEvent', 'reportable-event', { reportableEvent: 'event-1' }],
      ['readInspection', 'inspection', { inspection: 'inspection-1' }],
      ['readTokenReplacement', 'token-replacement', { tokenReplacement: 'wristband-2' }],
      ['readAlert', 'alert', { alert: idOf('alert') }],
      ['readException', 'exception', { exception: 'exception-1' }],
      ['readEmergencyAccess', 'emergency-access', { emergencyAccess: 'access-1' }],
      ['readDosePass', 'dose-pass', { dosePass: 'pass-1' }],
      ['readDecision', 'decision', { decision: 'decision-1' }],
      ['readOverride', 'override', { override: 'dose-emergency' }],
    ] as const) {
      const [id] = Object.values(named);
      expect(await read(patient, operation, named)).toMatchObject({ noun, coi, id });
    }
    expect((await read<Page>(patient, 'listConsents')).items).toHaveLength(5);
    expect(await read<Page>(cast.labTechnician, 'listLotUses')).toMatchObject({
      items: [{ coi }, { coi }],
    });
    const reach = await read<Page>(cast.operator, 'listLotReach', { lot: lot('LNP-1') });
    expect(reach).toMatchObject({
      items: Array.from({ length: 2 }, () => ({
        ...{ coi, step: 'fill-finish', dosesGiven: ['dose-1'] },
        batches: [journey.batch, journey.makeAgain().batch],
      })),
    });
    expect(await read<Page>(cast.labTechnician, 'listRunReach', { run: 'run-1' })).toMatchObject({
      items: [{ coi, dosesGiven: ['dose-1'], unstated: [expect.any(String)] }],
    });
    // the batch's recall is acknowledged; its failed tests, one of which is investigated, the recall of its lot and what was
    // found of the run are not
    expect(await read<Page>(cast.nurse, 'listAlertsDue')).toMatchObject({
      items: [
        { cause: { kind: 'check-failed', checks: ['potency'] } },
        { cause: { kind: 'check-failed', checks: ['sterility'] } },
        { cause: { kind: 'lot-recalled' } },
        { cause: { kind: 'deviation', codes: ['INDEX_HOPPING'] } },
      ],
    });
    expect((await read<Page>(patient, 'listAlertsDue')).items).toHaveLength(4);
    expect(await read<Page>(patient, 'listTherapies')).toMatchObject({ items: [{ coi }] });
    expect((await read<Page>(patient, 'listRecords')).items).toHaveLength(50);
    expect((await read<Page>(patient, 'listThings')).items).toHaveLength(50);
    expect((await read<Page>(patient, 'listBlocks')).items[0]).toMatchObject({ number: 0 });
    expect((await read<Page>(cast.auditor, 'listTransactions')).items[0]).toMatchObject({
      type: 'registry:Bootstrap',
      valid: true,
    });
    expect(await read(cast.labTechnician, 'readLot')).toMatchObject({ kind: 'extraction-kit' });
    expect(await read(cast.labTechnician, 'readRun')).toMatchObject({ flowCell: 'FC-1' });
    expect(await read<Page>(cast.labTechnician, 'listRunUses')).toMatchObject({ items: [{ coi }] });
    const by = { organisation: 'ManufacturerMSP', claim: 'other' };
    expect(await read<Page>(cast.labTechnician, 'listLotAlarms')).toMatchObject({
      items: [{ ...by, dismissed: { actor: cast.labTechnician.id } }],
    });
    expect(await read<Page>(cast.labTechnician, 'listRunAlarms')).toMatchObject({ items: [by] });
    expect(await read(cast.nurse, 'readActor', { actor: cast.designer.id })).toMatchObject({
      organisation: 'LabMSP',
      roles: ['designer'],
    });
    expect(await read(cast.nurse, 'readConsortium')).toMatchObject({
      network: bench.consortium.root.network,
    });
    expect((await read<Page>(cast.nurse, 'listOrganisations')).items).toHaveLength(
      bench.consortium.root.organisations.length,
    );
    expect((await read<Page>(cast.nurse, 'listActors')).items).toContainEqual(
      await read(cast.nurse, 'readActor', { actor: cast.designer.id }),
    );
    expect((await read<Page>(cast.nurse, 'listLots')).items).toContainEqual(
      await read(cast.nurse, 'readLot'),
    );
    expect((await read<Page>(cast.nurse, 'listRuns')).items).toContainEqual(
      await read(cast.nurse, 'readRun'),
    );
    const process = { process: 'pcv-mrna', version: '1.0' };
    const published = (await read<Page<EntityOf<'process'>>>(patient, 'listProcesses')).items;
    expect(published).toContainEqual(await read(patient, 'readProcess', process));
    expect(published.map(({ id, version }) => `${id} ${version}`)).toEqual([
      'cart-autologous 1.0',
      'pcv-mrna 1.0',
      'pcv-mrna 1.1',
      'pcv-peptide 1.0',
    ]);
    expect(await read(patient, 'readProcess', process)).toMatchObject({ id: 'pcv-mrna' });
    expect(await read(patient, 'readLedger')).toMatchObject({ name: 'embedded' });
    expect(await read(cast.auditor, 'verifyLedger')).toMatchObject({ intact: true });
  });

  test('show a command as it was signed, and what an actor signed', async () => {
    const { submitter, cast } = stage();
    const signed = await submitter.read<Page<EntityOf<'signature'>>>(
      cast.auditor,
      'listSignatures',
      {
        actor: cast.designer.id,
      },
    );
    const id = signed.items[0]?.commandId ?? '';
    const command = await submitter.read<{ jws: string; receipt: { block: number } }>(
      cast.designer,
      'readCommand',
      { id },
    );
    expect(command.receipt.block).toBeGreaterThan(0);
    const again = await submitter.client(cast.designer).send({ jws: command.jws });
    expect(again).toEqual(command.receipt);
    submitter.succeeded.add('submitCommand');
  });
};
