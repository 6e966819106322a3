import { describe, expect, it } from '@jest/globals';
import { type Person, send, type TherapyJourney } from '#scripts';
import { expectClean, expectPermitted, expectRefused } from '../support/refusals.js';
import type { World } from '../support/world.js';

/** What patients say otherwise than on a device of their own, as staff record it. */
export function staffConsentChapter(world: () => World): void {
  const purpose = 'TREATMENT_MANUFACTURE';
  const one = { purpose, consent: 'treatment-manufacture-1' };
  const tell = (journey: TherapyJourney, by: Person, type: string, body: object) =>
    send(world().bench.submitter, by, { type, body: { patient: journey.patient.id, ...body } });
  const start = (journey: TherapyJourney, attempt = 1) =>
    journey.say(journey.cast.coordinator, 'manufacturing:StartStep', {
      ...{ step: 'slot-booking', attempt, inputs: [], datasets: [] },
    });
  const codesNext = async ({ coi }: TherapyJourney) => {
    const reader = { mspId: 'HospitalMSP', label: 'nurse' };
    const next = await world().bench.submitter.read(reader, 'therapy:ReadNext', coi);
    return (next as { acts: readonly { code: string }[] }).acts.map(({ code }) => code);
  };

  describe('what staff record of consent', () => {
    it('as a no stops at once by one signature, and is taken back by word before two', async () => {
      const journey = await world().orderedTherapy();
      const { nurse, clinician, pharmacist } = journey.cast;
      const no = { purpose, no: 'withdrawn', route: 'verbal' };
      expectClean(await tell(journey, nurse, 'consent:RecordNo', no));
      expectRefused(await start(journey), 'CONSENT_DENIED');
      expect(await codesNext(journey)).toContain('WITNESS_MISSING');
      expectClean(await tell(journey, pharmacist, 'consent:RecordNo', no));
      expect(await codesNext(journey)).not.toContain('WITNESS_MISSING');
      expectPermitted(await tell(journey, nurse, 'consent:TakeBackNo', one));
      expectPermitted(await tell(journey, nurse, 'consent:TakeBackNo', one));
      expectRefused(await start(journey), 'CONSENT_DENIED');
      expectPermitted(await tell(journey, clinician, 'consent:TakeBackNo', one));
      expectPermitted(await start(journey));
      const again = { type: 'consent:WithdrawConsent', body: { purpose } };
      expectClean(await send(world().bench.submitter, journey.patient, again));
      expectRefused(await start(journey, 2), 'CONSENT_DENIED');
    });

    it('as a yes on paper is given once two said so in the same words, on the form that was asked with', async () => {
      const journey = await world().newPatient();
      const { nurse, clinician, labTechnician } = journey.cast;
      const { formDigest, renderedCommitment } = journey.formOf('RECONTACT');
      const asked = { purpose: 'RECONTACT', consent: 'recontact-1' };
      const form = { id: 'recontact', version: '1.0', language: 'de-DE', digest: formDigest };
      expectPermitted(
        await tell(journey, clinician, 'consent:RequestConsent', {
          ...{ ...asked, legalBasis: 'consent', scope: {}, form },
        }),
      );
      const paper = {
        ...{ ...asked, formDigest, renderedCommitment, route: 'paper' },
        clauses: [{ clause: 'purpose', agreed: true }],
      };
      const record = (by: Person, rest: object = {}) =>
        tell(journey, by, 'consent:RecordConsent', { ...paper, scan: renderedCommitment, ...rest });
      expectRefused(await tell(journey, nurse, 'consent:RecordConsent', paper), 'SCAN_MISSING');
      expectRefused(await record(nurse, { formDigest: 'A'.repeat(43) }), 'OTHER_FORM');
      expectPermitted(await record(nurse));
      expectRefused(await record(clinician, { route: 'assisted' }), 'OTHER_REQUEST');
      await expect(record(labTechnician)).rejects.toThrow(/ROLE_MISSING/);
      expectPermitted(await record(clinician));
      const reader = { mspId: 'HospitalMSP', label: 'clinician' };
      const consents = await world().bench.submitter.read(
        reader,
        'consent:List',
        journey.patient.id,
      );
      expect(consents).toMatchObject([
        {
          state: 'given',
          route: { kind: 'paper', scan: renderedCommitment, recorded: { actor: nurse.id } },
        },
      ]);
    });

    it('as never having been a consent stops, and is first put to the patient', async () => {
      const journey = await world().orderedTherapy();
      const { nurse, clinician } = journey.cast;
      const both = async (first: Person, second: Person, type: string, body: object) => {
        expectPermitted(await tell(journey, first, type, body));
        expectPermitted(await tell(journey, second, type, body));
      };
      const goOn = 'consent:ContinueDespiteLapse';
      expectRefused(await tell(journey, nurse, goOn, one), 'CONSENT_NOT_OPEN');
      const invalid = { ...one, reason: 'wrong-form', coi: journey.coi };
      await both(clinician, journey.cast.reviewer, 'consent:InvalidateConsent', invalid);
      const stopped = await start(journey);
      expectRefused(stopped, 'CONSENT_NOT_ACTIVE');
      expect(stopped.receipt.reasons).toMatchObject([{ found: 'invalidated' }]);
      expect(await codesNext(journey)).toContain('CONSENT_LAPSED');
      await both(nurse, clinician, goOn, one);
      expect(await codesNext(journey)).not.toContain('CONSENT_LAPSED');
      expectPermitted(await start(journey));
    });
  });
}
