import { describe, expect, it } from '@jest/globals';
import { type Person, send } from '#scripts';
import {
  expectClean,
  expectDeviation,
  expectError,
  expectPermitted,
  expectRefused,
} from '../support/refusals.js';
import type { World } from '../support/world.js';

/** What the patient agreed to, and what a no stops. */
export function consentChapter(world: () => World): void {
  const say = (type: string, purpose: string) => ({ type, body: { purpose } });
  const slots = { step: 'slot-booking', attempt: 1, inputs: [], datasets: [] };

  describe('consent', () => {
    it('without it no therapy is ordered', async () => {
      const journey = await world().newPatient();
      expectRefused(await journey.order(), 'CONSENT_NOT_ACTIVE');
      await journey.consent('TREATMENT_MANUFACTURE');
      expectRefused(await journey.order(), 'CONSENT_NOT_ACTIVE');
      await journey.consent('GENOMIC_SEQUENCING');
      expectPermitted(await journey.order());
    });

    it('limited to so many uses it permits that many, and each is counted once', async () => {
      const journey = await world().newPatient();
      await journey.consent('TREATMENT_MANUFACTURE', { maxUses: 2 });
      await journey.consent('GENOMIC_SEQUENCING');
      expectPermitted(await journey.order());
      const start = (attempt: number) =>
        journey.say(journey.cast.coordinator, 'manufacturing:StartStep', { ...slots, attempt });
      expectPermitted(await start(1));
      // refused for another reason, which uses nothing
      expectRefused(await start(1), 'ATTEMPT_TAKEN');
      const third = await start(2);
      expectRefused(third, 'CONSENT_NOT_ACTIVE');
      expect(third.receipt.reasons).toMatchObject([{ found: 'used 2 times' }]);
    });

    it('covers the classes of data that it names, and no step that touches others', async () => {
      const journey = await world().newPatient();
      await journey.consent('TREATMENT_MANUFACTURE', { dataClasses: ['manufacturing'] });
      await journey.consent('GENOMIC_SEQUENCING');
      expectPermitted(await journey.order());
      const start = (by: Person, step: string) =>
        journey.say(by, 'manufacturing:StartStep', { ...slots, step });
      expectPermitted(await start(journey.cast.coordinator, 'slot-booking'));
      expectRefused(await start(journey.cast.pathologist, 'pathology'), 'CONSENT_NOT_ACTIVE');
    });

    it('a withdrawal counts at once and stops the next step, until the patient takes it back', async () => {
      const journey = await world().orderedTherapy();
      const { submitter } = world().bench;
      expectClean(
        await send(
          submitter,
          journey.patient,
          say('consent:WithdrawConsent', 'TREATMENT_MANUFACTURE'),
        ),
      );
      const start = () => journey.say(journey.cast.coordinator, 'manufacturing:StartStep', slots);
      expectRefused(await start(), 'CONSENT_DENIED');
      expectPermitted(await journey.consent('TREATMENT_MANUFACTURE', {}, { time: 2 }));
      expectPermitted(await start());
    });

    it('a no by a phone whose clock is ahead counts at once, and is taken back as any other', async () => {
      for (const type of ['consent:WithdrawConsent', 'consent:RefuseConsent']) {
        const journey = await world().orderedTherapy();
        const { submitter } = world().bench;
        const at = new Date(Date.now() + 60 * 60_000);
        const no = { ...say(type, 'TREATMENT_MANUFACTURE'), at };
        expectClean(await send(submitter, journey.patient, no));
        const start = () => journey.say(journey.cast.coordinator, 'manufacturing:StartStep', slots);
        expectRefused(await start(), 'CONSENT_DENIED');
        expectPermitted(await journey.consent('TREATMENT_MANUFACTURE', {}, { time: 2 }));
        expectPermitted(await start());
      }
    });

    it('taken back between a step’s start and its report stops what the step made, and what is released', async () => {
      const journey = await world().sampledTherapy();
      const { cast, things } = journey;
      const pathology = { step: 'pathology', attempt: 1 };
      const tumour = { item: things.tumour, consumed: true };
      expectPermitted(
        await journey.say(cast.pathologist, 'manufacturing:StartStep', {
          ...{ ...pathology, inputs: [things.tumour], datasets: [] },
        }),
      );
      const no = say('consent:WithdrawConsent', 'TREATMENT_MANUFACTURE');
      expectClean(await send(world().bench.submitter, journey.patient, no));
      const reported = await journey.say(
        cast.pathologist,
        'manufacturing:ReportStep',
        {
          ...{ ...pathology, inputs: [tumour], outputs: [{ item: things.block, kind: 'block' }] },
          ...{ inputDatasets: [], datasets: [], lots: [], equipment: ['microscope-1'] },
          sop: { id: 'sop-pathology', version: '1.0' },
        },
        { annexes: { results: { results: [] } } },
      );
      expectDeviation(reported, 'WITHOUT_CONSENT');
      await journey.release(things.block, cast.pathologist, 'CourierMSP');
      const deviations = await world().things(journey, 'deviation');
      const stopped = deviations.filter(({ code }) => code === 'WITHOUT_CONSENT');
      expect(stopped.map(({ found }) => found)).toEqual([
        'TREATMENT_MANUFACTURE withdrawn',
        'TREATMENT_MANUFACTURE withdrawn',
      ]);
      const subjects = stopped.flatMap((each) => each.subjects.map(({ ref }) => ref.kind));
      expect(subjects.sort()).toEqual(['item', 'step']);
    });

    it('is answered question by question, later too, and an unanswered one outlives a withdrawal', async () => {
      const journey = await world().newPatient();
      const { submitter } = world().bench;
      const ask = (consent: string, digest: string) =>
        send(submitter, journey.cast.clinician, {
          type: 'consent:RequestConsent',
          body: {
            ...{ patient: journey.patient.id, consent, purpose: 'RESEARCH' },
            ...{ legalBasis: 'consent', scope: { recipients: [`${consent}MSP`] } },
            form: { id: 'research', version: '1.0', language: 'de-DE', digest },
          },
        });
      const { formDigest, renderedCommitment } = journey.formOf('RESEARCH');
      const other = journey.formOf('AI_TRAINING').formDigest;
      expectPermitted(await ask('Lab', formDigest));
      expectPermitted(await ask('Sponsor', other));
      const say = (type: string, body: object) =>
        send(submitter, journey.patient, { type, body: { purpose: 'RESEARCH', ...body } });
      const give = (consent: string, digest: string) =>
        say('consent:GiveConsent', {
          ...{ consent, formDigest: digest, renderedCommitment },
          clauses: [{ clause: 'purpose', agreed: true }],
        });
      expectRefused(await give('Sponsor', formDigest), 'OTHER_FORM');
      expectClean(await say('consent:DeferConsent', { consent: 'Sponsor' }));
      expectPermitted(await give('Lab', formDigest));
      const states = async () => {
        const reader = { mspId: 'HospitalMSP', label: 'clinician' };
        const list = await submitter.read(reader, 'consent:List', journey.patient.id);
        return (list as readonly { state: string }[]).map(({ state }) => state).sort();
      };
      expect(await states()).toEqual(['deferred', 'given']);
      expectClean(await say('consent:WithdrawConsent', {}));
      expect(await states()).toEqual(['deferred', 'withdrawn', 'withdrawn']);
      expectPermitted(await give('Sponsor', other));
      expect(await states()).toEqual(['given', 'withdrawn', 'withdrawn']);
    });

    it('restricted it covers less at once, and counts on; renewed it covers the same for longer', async () => {
      const journey = await world().newPatient();
      const purpose = 'TREATMENT_MANUFACTURE' as const;
      await journey.consent(purpose, { maxUses: 3 });
      await journey.consent('GENOMIC_SEQUENCING');
      expectPermitted(await journey.order());
      const { submitter } = world().bench;
      const one = { purpose, consent: 'treatment-manufacture-1' };
      const start = (attempt: number) =>
        journey.say(journey.cast.coordinator, 'manufacturing:StartStep', { ...slots, attempt });
      const renewal = { ...journey.formOf(purpose), validUntil: '2040-01-01T00:00:00.000Z' };
      const restrict = (consent: string, to: object) =>
        send(submitter, journey.patient, {
          type: 'consent:RestrictConsent',
          body: { purpose, consent, to },
        });
      const narrowed = await restrict(one.consent, { maxUses: 2 });
      expectClean(narrowed);
      expectPermitted(await start(1));
      expectRefused(await start(2), 'CONSENT_NOT_ACTIVE');
      const consent = `R1.${narrowed.receipt.commandId}`;
      const renewed = await send(submitter, journey.patient, {
        type: 'consent:RenewConsent',
        body: { purpose, consent, ...renewal },
      });
      expectPermitted(renewed);
      expectPermitted(await start(2));
      expectClean(await restrict(`R1.${renewed.receipt.commandId}`, { recipients: ['LabMSP'] }));
      expectRefused(await start(3), 'CONSENT_NOT_ACTIVE');
    });

    it('for a time that is over, or never begins, is not asked for', async () => {
      const journey = await world().newPatient();
      const ended = { validUntil: '2020-01-01T00:00:00.000Z' };
      const ask = (scope: object) =>
        send(world().bench.submitter, journey.cast.clinician, {
          type: 'consent:RequestConsent',
          body: {
            ...{ patient: journey.patient.id, consent: 'c', purpose: 'RESEARCH', scope },
            legalBasis: 'consent',
            form: {
              ...{ id: 'research', version: '1.0', language: 'de-DE' },
              digest: journey.formOf('RESEARCH').formDigest,
            },
          },
        });
      expectRefused(await ask(ended), 'END_IS_PAST');
      const never = {
        validFrom: '2041-01-01T00:00:00.000Z',
        validUntil: '2040-01-01T00:00:00.000Z',
      };
      expectRefused(await ask(never), 'PERIOD_EMPTY');
    });

    it('for another country or another organisation covers nothing here', async () => {
      const journey = await world().newPatient();
      await journey.consent('TREATMENT_MANUFACTURE', { geography: ['DE'] });
      await journey.consent('GENOMIC_SEQUENCING', { recipients: ['HospitalMSP'] });
      expectPermitted(await journey.order());
      const { cast } = journey;
      const start = (by: Person, step: string) =>
        journey.say(by, 'manufacturing:StartStep', { ...slots, step });
      expectRefused(await start(cast.labTechnician, 'genotyping'), 'CONSENT_NOT_ACTIVE');
    });

    it('a refusal of one purpose leaves the others', async () => {
      const journey = await world().orderedTherapy();
      const { submitter } = world().bench;
      expectClean(await send(submitter, journey.patient, say('consent:RefuseConsent', 'RESEARCH')));
      const start = await journey.say(journey.cast.coordinator, 'manufacturing:StartStep', slots);
      expectPermitted(start);
    });

    it('what was refused is a record in force, even where nobody had asked', async () => {
      const { bench } = world();
      const patient = await world().enrolPatient('patient-who-refuses');
      await send(bench.submitter, patient, say('consent:RefuseConsent', 'AI_TRAINING'));
      const reader = { mspId: 'HospitalMSP', label: 'clinician' };
      const consents = await bench.submitter.read(reader, 'consent:List', patient.id);
      expect(consents).toMatchObject([{ purpose: 'AI_TRAINING', state: 'refused' }]);
      const payer = { mspId: 'PayerMSP', label: 'payer' };
      await expectError(bench.submitter.read(payer, 'consent:List', patient.id), 'NOT_ENTITLED');
    });

    it('is given only on the form that was asked with, and only while it is asked for', async () => {
      const journey = await world().newPatient();
      await journey.consent('RECONTACT');
      const body = {
        purpose: 'RECONTACT',
        consent: 'recontact-1',
        formDigest: 'A'.repeat(43),
        renderedCommitment: 'A'.repeat(43),
        clauses: [{ clause: 'purpose', agreed: true }],
      };
      const given = await send(world().bench.submitter, journey.patient, {
        type: 'consent:GiveConsent',
        body,
      });
      expectRefused(given, 'CONSENT_NOT_OPEN');
      expectRefused(given, 'OTHER_FORM');
    });

    it('nobody but the patient gives it', async () => {
      const journey = await world().newPatient();
      const body = {
        purpose: 'RECONTACT',
        consent: 'c',
        formDigest: '',
        renderedCommitment: '',
        clauses: [],
      };
      const given = send(world().bench.submitter, journey.cast.clinician, {
        type: 'consent:GiveConsent',
        body,
      });
      await expect(given).rejects.toThrow(/ROLE_MISSING/);
    });
  });
}
