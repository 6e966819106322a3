import { describe, expect, it } from '@jest/globals';
import type { Next } from '@veinledger/domain';
import { NEEDED_PARTIES, type Person, type TherapyJourney } from '#scripts';
import { expectClean, expectError, expectPermitted, expectRefused } from '../support/refusals.js';
import type { World } from '../support/world.js';

/** What changes in a therapy that goes on: who takes part, and which doses are ordered. */
export function changeChapter(world: () => World): void {
  const ordered = async (): Promise<TherapyJourney> => {
    const journey = await world().newPatient();
    await Promise.all([
      journey.consent('TREATMENT_MANUFACTURE'),
      journey.consent('GENOMIC_SEQUENCING'),
    ]);
    expectPermitted(await journey.order(NEEDED_PARTIES));
    return journey;
  };

  /** Of what waits in a therapy, the codes of what is called so. */
  const waiting = async ({ coi }: TherapyJourney, noun: string) => {
    const reader = { mspId: 'HospitalMSP', label: 'nurse' };
    const { submitter } = world().bench;
    const { acts } = await submitter.read<Next>(reader, 'therapy:ReadNext', coi);
    return acts.filter((act) => act.noun === noun).map(({ code }) => code);
  };

  describe('in a therapy that goes on', () => {
    it('another member takes part once quality and a physician have signed, and leaves likewise', async () => {
      const journey = await ordered();
      const { cast, coi } = journey;
      const change = (by: typeof cast.nurse, id: string, parties: readonly string[]) =>
        journey.say(by, 'therapy:ChangeParties', { change: id, parties });
      const reads = () => {
        const payer = { mspId: 'PayerMSP', label: 'payer' };
        return world().bench.submitter.read(payer, 'therapy:Read', coi);
      };
      await expectError(reads(), 'NOT_ENTITLED');
      const more = [...NEEDED_PARTIES, 'PayerMSP'];
      expectPermitted(await change(cast.reviewer, 'change-1', more));
      expectRefused(await change(cast.tester, 'change-1', more), 'NOT_ASKED_TO_SIGN');
      await expectError(reads(), 'NOT_ENTITLED');
      expectPermitted(await change(cast.clinician, 'change-1', more));
      expect(await reads()).toMatchObject({ parties: more });
      expectPermitted(await change(cast.clinician, 'change-2', NEEDED_PARTIES));
      expectPermitted(await change(cast.reviewer, 'change-2', NEEDED_PARTIES));
      await expectError(reads(), 'NOT_ENTITLED');
    });

    it('nobody leaves without whom a role of the process is gone, or who has a thing in hand', async () => {
      const journey = await ordered();
      const { cast, things } = journey;
      await journey.collect(things.blood, 'blood-edta', cast.collector, 'visit-1');
      await journey.handOver(things.blood, cast.nurse, cast.courier);
      const parties = NEEDED_PARTIES.filter((id) => id !== 'CourierMSP');
      const asked = await journey.say(cast.reviewer, 'therapy:ChangeParties', {
        ...{ change: 'change-1', parties },
      });
      expectRefused(asked, 'ROLE_WITHOUT_PARTY');
      expectRefused(asked, 'PARTY_HOLDS');
    });

    it('a slot that was missed stops nothing, and a coordinator books another', async () => {
      const journey = await ordered();
      const { cast } = journey;
      const missed = { missedSlot: 'missed-1', slot: 'slot-2', dose: 2 };
      const reason = 'patient-unavailable';
      const report = { ...missed, reason };
      expectClean(await journey.say(cast.nurse, 'therapy:ReportMissedSlot', report));
      expect(await waiting(journey, 'missed-slot')).toEqual([reason]);
      const rebook = (slot: string) =>
        journey.say(cast.coordinator, 'therapy:RebookSlot', { missedSlot: 'missed-1', slot });
      expectPermitted(await rebook('slot-8'));
      expect(await waiting(journey, 'missed-slot')).toEqual([]);
      const { submitter } = world().bench;
      const reader = { mspId: 'HospitalMSP', label: 'nurse' };
      expect(await submitter.read(reader, 'therapy:Read', journey.coi)).toMatchObject({
        orderLines: [{ slot: 'slot-1' }, { slot: 'slot-8' }],
      });
    });

    it('a payer’s denial stops nothing, is answered, and its appeal decided by the payer', async () => {
      const journey = await world().orderedTherapy();
      const { cast, things } = journey;
      const denial = 'denial-1';
      const annexes = { denial: { reason: 'not-necessary' } };
      expectClean(await journey.say(cast.payer, 'billing:ReportDenial', { denial }, { annexes }));
      expect(await waiting(journey, 'denial')).toEqual(['PAYMENT_DENIED']);
      const answer = (by: typeof cast.nurse, rest: object) =>
        journey.say(by, 'billing:AnswerDenial', { denial, answer: 'appeal' }, rest);
      expectRefused(await answer(cast.coordinator, {}), 'NO_GROUNDS');
      const grounds = { annexes: { appeal: { grounds: 'medically-necessary' } } };
      expectPermitted(await answer(cast.clinician, grounds));
      expect(await waiting(journey, 'denial')).toEqual(['APPEAL_OPEN']);
      const decided = { denial, decision: 'overturned' };
      expectPermitted(await journey.say(cast.payer, 'billing:DecideAppeal', decided));
      expect(await waiting(journey, 'denial')).toEqual([]);
      await journey.collect(things.tumour, 'tumour-ffpe', cast.collector, 'visit-1');
      const started = await journey.say(cast.pathologist, 'manufacturing:StartStep', {
        ...{ step: 'pathology', attempt: 1, inputs: [things.tumour], datasets: [] },
      });
      expectPermitted(started);
    });

    it('a safety report is owed from first awareness on, and how late it was made stands in it', async () => {
      const journey = await world().orderedTherapy();
      const { cast } = journey;
      const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
      const open = (by: Person, awareSince: string) => {
        const body = { reportableEvent: 'event-1', kind: 'safety-report', awareSince };
        const annexes = { explanation: { explanation: 'Fever after the dose.' } };
        return journey.say(by, 'quality:OpenReportableEvent', body, { annexes });
      };
      expectClean(await open(cast.nurse, hoursAgo(1)));
      expectClean(await open(cast.clinician, hoursAgo(26)));
      expect(await waiting(journey, 'reportable-event')).toEqual(['REPORT_OWED']);
      const told = { reportableEvent: 'event-1', report: 'sponsor' };
      expectClean(await journey.say(cast.safetyOfficer, 'quality:RecordReport', told));
      const [event] = await world().things(journey, 'reportable-event');
      expect(event?.reports).toMatchObject([{ report: 'sponsor', overdueMinutes: 120 }]);
      expect(await waiting(journey, 'reportable-event')).toEqual(['REPORT_OWED']);
    });

    it('inspectors without keys are shown a therapy: its patient and its parties learn on which law and what', async () => {
      const journey = await world().orderedTherapy();
      const { cast, coi, patient } = journey;
      const inspection = {
        ...{ inspection: 'inspection-1', authority: 'pei', reference: 'I-2026-7' },
        ...{ kind: 'good-manufacturing-practice', basis: 'eu-2001-83-article-111' },
        from: '2026-11-02T08:00:00.000Z',
      };
      const say = (by: Person, rest: object, annexes = {}) =>
        journey.say(by, 'quality:RecordInspection', { ...inspection, ...rest }, { annexes });
      expectClean(await say(cast.reviewer, { shown: ['pack'] }));
      const until = '2026-11-02T16:00:00.000Z';
      const findings = { explanation: 'Training of one person was not shown.' };
      expectClean(
        await say(cast.reviewer, { until, shown: ['pack'], pack: 'A'.repeat(43) }, { findings }),
      );
      const [shown] = await world().things(journey, 'inspection');
      expect(shown).toMatchObject({
        host: 'ManufacturerMSP',
        statements: [{ shown: ['pack'] }, { until, findings: expect.any(String) }],
      });
      const relay = { mspId: 'HospitalMSP', label: 'relay' };
      const { things } = await world().bench.submitter.read<{ things: readonly object[] }>(
        relay,
        'audit:TraceTherapy',
        coi,
      );
      expect(things).toContainEqual(shown);
      expect(patient.organisation).toBe(relay.mspId);
      const stranger = await say(cast.pharmacist, { shown: ['paper'] });
      expect(stranger.receipt.deviations).toMatchObject([{ code: 'IDENTIFIER_TAKEN' }]);
      expect(await waiting(journey, 'inspection')).toEqual([]);
    });

    it('a wristband in the place of another is seen by two staff, and stops nothing', async () => {
      const journey = await world().orderedTherapy();
      const { cast } = journey;
      const replace = (by: Person) =>
        journey.say(by, 'care:ReplaceToken', {
          ...{ tokenReplacement: 'wristband-2', token: 'wristband' },
          ...{ cause: 'name-changed', former: 'taken-off' },
        });
      expectClean(await replace(cast.nurse));
      expect(await waiting(journey, 'token-replacement')).toEqual(['SEEN_BY_ONE']);
      expectClean(await replace(cast.nurse));
      expect(await waiting(journey, 'token-replacement')).toEqual(['SEEN_BY_ONE']);
      expectClean(await replace(cast.clinician));
      expect(await waiting(journey, 'token-replacement')).toEqual([]);
      const [replaced] = await world().things(journey, 'token-replacement');
      expect(replaced?.statements).toHaveLength(2);
      await journey.collect(journey.things.tumour, 'tumour-ffpe', cast.collector, 'visit-1');
      const started = await journey.say(cast.pathologist, 'manufacturing:StartStep', {
        ...{ step: 'pathology', attempt: 1, inputs: [journey.things.tumour], datasets: [] },
      });
      expectPermitted(started);
    });

    it('a physician cancels a dose and adds another', async () => {
      const journey = await ordered();
      const { cast } = journey;
      const cancel = () => journey.say(cast.clinician, 'therapy:CancelLine', { dose: 2 });
      expectPermitted(await cancel());
      expectRefused(await cancel(), 'ORDER_LINE_CANCELLED');
      const line = { dose: 3, day: 92, site: '4012345000016', depot: '4012345000023' };
      expectPermitted(
        await journey.say(cast.clinician, 'therapy:OrderLine', {
          ...{ patientSeen: true, line: { ...line, slot: 'slot-3' } },
        }),
      );
    });
  });
}
