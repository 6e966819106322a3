import { enrolPatient, NEEDED_PARTIES, type Person, TherapyJourney } from '#scripts';
import { expect, test } from '@jest/globals';
import type { RoutesChapter } from './stage.js';

/** A therapy in which something changes, and that ends before its last dose. */
export const endingRoutes: RoutesChapter = (stage) => {
  test('carry a therapy that is halted to its end', async () => {
    const { bench, submitter, cast, definition } = stage();
    const patient = await enrolPatient(submitter, bench.consortium, 'patient-9');
    const journey = new TherapyJourney({ submitter, cast, patient, serial: 9, definition });
    for (const purpose of ['TREATMENT_MANUFACTURE', 'GENOMIC_SEQUENCING'] as const)
      await journey.consent(purpose);
    await journey.order();
    for (const [by, type, body, annexes] of [
      [
        cast.nurse,
        'therapy:ReportMissedSlot',
        { missedSlot: 'missed-1', slot: 'slot-1', dose: 1, reason: 'site-unavailable' },
        {},
      ],
      [cast.coordinator, 'therapy:RebookSlot', { missedSlot: 'missed-1', slot: 'slot-8' }, {}],
      [
        cast.payer,
        'billing:ReportDenial',
        { denial: 'denial-1' },
        { denial: { reason: 'not-covered' } },
      ],
      [
        cast.coordinator,
        'billing:AnswerDenial',
        { denial: 'denial-1', answer: 'appeal' },
        { appeal: { grounds: 'covered' } },
      ],
      [cast.payer, 'billing:DecideAppeal', { denial: 'denial-1', decision: 'overturned' }, {}],
    ] as const) {
      const { receipt } = await journey.say(by, type, body, { annexes });
      expect(receipt).toMatchObject({ reasons: [], deviations: [] });
      for (const digest of Object.values(receipt.annex)) {
        const open = (reader: Person) =>
          submitter.read<{ text: string }>(reader, 'readAnnex', { digest });
        expect(JSON.parse((await open(cast.payer)).text)).toMatchObject({
          content: Object.values(annexes)[0],
        });
        await expect(open(cast.auditor)).rejects.toThrow('NOT_ENTITLED');
      }
    }
    const parties = NEEDED_PARTIES;
    for (const by of [cast.reviewer, cast.clinician]) {
      const asked = { change: 'change-1', parties };
      const changed = await journey.say(by, 'therapy:ChangeParties', asked);
      expect(changed.receipt).toMatchObject({ decision: 'permitted', reasons: [] });
    }
    await journey.say(cast.clinician, 'therapy:CancelLine', { dose: 2 });
    const item = journey.things.tumour;
    await journey.collect(item, 'tumour-ffpe', cast.collector, 'visit-1');
    const annexes = { halt: { reason: 'ineligible' } };
    await journey.say(cast.clinician, 'therapy:HaltTherapy', {}, { annexes });
    for (const [by, type, body] of [
      [cast.reviewer, 'custody:DecideDisposal', { decision: 'destroy', basis: 'purpose-ended' }],
      [cast.nurse, 'custody:DisposeItem', { method: 'incinerated', reason: 'halted' }],
      [cast.pharmacist, 'custody:WitnessDisposal', { evidence: 'certificate' }],
    ] as const) {
      if (type === 'custody:DisposeItem')
        await journey.say(patient, 'therapy:AskForDestruction', { when: 'now' });
      const { receipt } = await journey.say(by, type, { item, ...body });
      expect(receipt).toMatchObject({ reasons: [], deviations: [] });
    }
    const closed = await journey.say(cast.tester, 'therapy:CloseTherapy', {});
    expect(closed.receipt).toMatchObject({ decision: 'permitted', reasons: [] });
  });
};
