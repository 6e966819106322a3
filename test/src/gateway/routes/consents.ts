import { enrolPatient, send, TherapyJourney } from '#scripts';
import { expect, test } from '@jest/globals';
import type { RoutesChapter } from './stage.js';

/** What a patient says of consent besides yes and no. */
export const consentRoutes: RoutesChapter = (stage) => {
  test('carry what a patient says of consent', async () => {
    const { bench, submitter, cast, definition } = stage();
    const patient = await enrolPatient(submitter, bench.consortium, 'patient-12');
    const journey = new TherapyJourney({ submitter, cast, patient, serial: 12, definition });
    const given = await journey.consent('RESEARCH');
    expect(given.receipt.reasons).toEqual([]);
    const research = { purpose: 'RESEARCH', consent: 'research-1' };
    for (const [type, body] of [
      ['consent:DeferConsent', research],
      [
        'consent:RenewConsent',
        { ...research, ...journey.formOf('RESEARCH'), validUntil: '2040-01-01T00:00:00.000Z' },
      ],
      ['consent:RestrictConsent', { ...research, to: { recipients: ['LabMSP'] } }],
    ] as const) {
      const { receipt } = await send(submitter, patient, { type, body });
      expect(receipt).toMatchObject({ reasons: [], deviations: [] });
    }
  });
};
