import {
  administer,
  analysis,
  authorise,
  bedside,
  carry,
  delivery,
  enrolment,
  followUp,
  production,
  registrarOf,
  release,
  send,
  sequencing,
} from '#scripts';
import { expect, test } from '@jest/globals';
import { changesBetween, processHash } from '@veinledger/domain';
import type { RoutesChapter } from './stage.js';

/** A therapy, from the biopsy to the arm, and what befell the patient. */
export const therapyRoutes: RoutesChapter = (stage) => {
  test('carry a therapy from the biopsy to the arm of the same patient', async () => {
    const { journey, trace } = stage();
    await enrolment(journey);
    await sequencing(journey);
    await analysis(journey);
    const design = (await trace()).things.find(({ noun }) => noun === 'design');
    await production(journey, design?.commitment ?? '');
    expect((await release(journey)).receipt.decision).toBe('permitted');
    await delivery(journey);
    const authorised = await authorise(journey, await bedside(journey));
    expect(authorised.receipt).toMatchObject({ decision: 'permitted', reasons: [] });
    expect((await administer(journey)).receipt.deviations).toEqual([]);
    await followUp(journey);
  });

  test('carry that a batch keeps for a shorter time, and the first signature that it keeps for longer', async () => {
    const { cast, journey } = stage();
    const { batch } = journey;
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    const annexes = { stability: { explanation: 'potency by month', evidence: [] } };
    const shortened = { batch, expiry: inDays(180) };
    const said = await journey.say(cast.reviewer, 'quality:ShortenExpiry', shortened, { annexes });
    expect(said.receipt).toMatchObject({ effect: 'taken', deviations: [] });
    const longer = { batch, expiry: inDays(300) };
    const asked = await journey.say(cast.reviewer, 'quality:ExtendExpiry', longer, { annexes });
    expect(asked.receipt).toMatchObject({ decision: 'permitted', reasons: [] });
  });

  test('carry a line of the order in place of one on which nothing was given', async () => {
    const { journey } = stage();
    const line = { dose: 3, day: 78, site: '4012345000016', depot: '4012345000023' };
    const ordered = await journey.say(journey.cast.clinician, 'therapy:OrderLine', {
      ...{ replaces: 2, patientSeen: true, line: { ...line, slot: 'slot-3' } },
    });
    expect(ordered.receipt).toMatchObject({ decision: 'permitted', reasons: [] });
  });

  test('carry a running therapy to the next version of its process', async () => {
    const { bench, submitter, journey, definition: before } = stage();
    const definition = { ...before, version: '1.1', slipHours: 12 };
    const { id, version } = definition;
    const hash = processHash(definition);
    const change = { kind: 'agree-process', process: id, version, hash } as const;
    const members = ['LabMSP', 'HospitalMSP', 'ManufacturerMSP', 'PayerMSP'] as const;
    await carry(submitter, bench.consortium, { proposal: 'mrna-1-1', change }, [...members]);
    const lab = registrarOf(bench.consortium, 'LabMSP');
    await send(submitter, lab, { type: 'process:Publish', body: { definition } });
    const migrated = await journey.say(journey.cast.reviewer, 'therapy:MigrateProcess', {
      process: { id, version, hash },
      changes: changesBetween(before, definition),
    });
    expect(migrated.receipt).toMatchObject({ decision: 'permitted', reasons: [] });
  });

  test('carry what befell a thing on its way, and what is owed to somebody outside', async () => {
    const { cast, patient, journey } = stage();
    const event = { reportableEvent: 'event-1' };
    const said = { ...event, kind: 'complaint', awareSince: '2026-11-01T08:00:00.000Z' };
    const annexes = { explanation: { explanation: 'The box was crushed.' } };
    const told = await journey.say(patient, 'quality:OpenReportableEvent', said, { annexes });
    expect(told.receipt).toMatchObject({ effect: 'taken', deviations: [] });
    const iced = { item: journey.things.dose, occurrence: 're-iced' };
    const transit = await journey.say(cast.pharmacist, 'custody:RecordTransit', iced);
    expect(transit.receipt).toMatchObject({ effect: 'taken', deviations: [] });
    const report = { ...event, report: 'manufacturer' };
    const reported = await journey.say(cast.safetyOfficer, 'quality:RecordReport', report);
    expect(reported.receipt).toMatchObject({ effect: 'taken', deviations: [] });
  });

  test('carry what inspectors were shown, and that the patient wears another wristband', async () => {
    const { cast, journey } = stage();
    const inspected = await journey.say(cast.reviewer, 'quality:RecordInspection', {
      ...{ inspection: 'inspection-1', authority: 'pei', reference: 'I-1', shown: ['pack'] },
      ...{ kind: 'good-manufacturing-practice', basis: 'eu-2001-83-article-111' },
      from: '2026-11-01T08:00:00.000Z',
    });
    expect(inspected.receipt).toMatchObject({ effect: 'taken', deviations: [] });
    const replaced = await journey.say(cast.nurse, 'care:ReplaceToken', {
      ...{ tokenReplacement: 'wristband-2', token: 'wristband' },
      ...{ cause: 'worn-out', former: 'taken-off' },
    });
    expect(replaced.receipt).toMatchObject({ effect: 'taken', deviations: [] });
  });

  test('carry what befell the patient, and how it was told to the parties', async () => {
    const { submitter, cast, patient, journey } = stage();
    const annexes = {
      description: { seriousness: 'life-threatening', description: 'Fever and shivering.' },
    };
    const told = await journey.say(
      patient,
      'care:ReportAdverseEvent',
      {
        adverseEvent: 'fever-1',
        onset: '2026-11-01T08:00:00.000Z',
        dose: 'dose-1',
      },
      { annexes },
    );
    expect(told.receipt).toMatchObject({ decision: 'recorded', deviations: [] });
    const digest = told.receipt.annex['description'] ?? '';
    const opened = await submitter.read<{ text: string }>(cast.operator, 'readAnnex', { digest });
    expect(JSON.parse(opened.text)).toMatchObject({ content: annexes.description });
  });
};
