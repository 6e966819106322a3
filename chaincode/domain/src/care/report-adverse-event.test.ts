import { describe, expect, test } from '@jest/globals';
import { actor, COI, command, context, DIGEST, din, NOW, therapy } from '../example.fixture.js';
import type { Actor } from '../nouns/actor.js';
import type { AdverseEvent } from '../nouns/adverse-event.js';
import type { Dose } from '../nouns/dose.js';
import { addMinutes } from '../values/time.js';
import { decideAdverseEvent, reportAdverseEvent } from './report-adverse-event.js';

const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');
const body = reportAdverseEvent.body.parse({
  coi: COI,
  adverseEvent: 'fever-1',
  onset: NOW,
  dose: 'dose-1',
});

const DOSE: Dose = {
  noun: 'dose',
  coi: COI,
  id: 'dose-1',
  number: 1,
  item: din(1),
  verifications: [],
  administrations: [],
};

interface Told {
  readonly existing?: AdverseEvent | undefined;
  readonly late?: boolean;
  /** what the ledger holds of the dose that is named */
  readonly dose?: Dose | undefined;
  readonly said?: Partial<typeof body>;
}

function report(by: Actor = nurse, { existing, late = false, ...given }: Told = {}) {
  const said = { ...body, ...given.said };
  return decideAdverseEvent(
    { therapy: therapy(), existing, dose: 'dose' in given ? given.dose : DOSE },
    command(by.id, said, { annex: { description: DIGEST } }),
    context(by, { late }),
  );
}
const codes = ({ deviations }: ReturnType<typeof report>) => deviations.map(({ code }) => code);
const told = ({ changes }: ReturnType<typeof report>) =>
  changes.filter((each) => each.noun === 'adverse-event');

describe('an adverse event', () => {
  test('is what was seen and by whom; its description is a commitment', () => {
    const decision = report();
    expect(decision.deviations).toEqual([]);
    expect(decision.changes).toEqual([
      {
        noun: 'adverse-event',
        coi: COI,
        id: 'fever-1',
        onset: NOW,
        dose: 'dose-1',
        commitment: DIGEST,
        reported: { actor: nurse.id, command: expect.any(String), at: NOW, time: NOW },
      },
    ]);
  });

  test('shows nobody beside the parties whether the patient died of it: how serious it is stands in the annex', () => {
    expect(reportAdverseEvent.body.safeParse({ ...body, seriousness: 'death' }).success).toBe(
      false,
    );
    const says = (told: object) => reportAdverseEvent.annexes[0]?.content.safeParse(told).success;
    const description = 'Found dead at home.';
    expect([says({ description }), says({ seriousness: 'death', description })]).toEqual([
      false,
      true,
    ]);
    expect(JSON.stringify(report())).not.toMatch(/death/u);
  });

  test('is recorded of somebody whose organisation has no part in the therapy: they meet the patient too', () => {
    const decision = report(actor('other.nurse', 'OtherMSP', 'nurse'));
    expect([codes(decision), told(decision).length]).toEqual([[], 1]);
  });

  test('is the patient’s own to report', () => {
    const own = report(actor('patient-1', 'HospitalMSP', 'patient'));
    expect([codes(own), told(own).length]).toEqual([[], 1]);
  });

  test('that is told twice under one id stays as it was told first', () => {
    const [existing] = told(report());
    const again = report(nurse, { existing });
    expect([codes(again), told(again).length]).toEqual([['IDENTIFIER_TAKEN'], 0]);
  });

  test('is recorded as it was said, and shows where it cannot be so', () => {
    const unknown = report(nurse, { dose: undefined });
    expect([codes(unknown), told(unknown)[0]?.dose]).toEqual([['UNKNOWN_DOSE'], 'dose-1']);
    const onset = addMinutes(NOW, 1);
    const early = report(nurse, { said: { onset } });
    expect([codes(early), told(early)[0]?.onset]).toEqual([['ONSET_AFTER_REPORT'], onset]);
    expect(codes(report(nurse, { said: { dose: undefined }, dose: undefined }))).toEqual([]);
  });

  test('stops nothing, not even told late or twice', () => {
    const [existing] = told(report());
    const decisions = [
      report(nurse, { late: true }),
      report(nurse, { existing, late: true }),
      report(nurse, { dose: undefined, said: { onset: addMinutes(NOW, 1) } }),
    ];
    expect(decisions.map(codes)).toEqual([
      ['LATE_ENTRY'],
      ['IDENTIFIER_TAKEN', 'LATE_ENTRY'],
      ['UNKNOWN_DOSE', 'ONSET_AFTER_REPORT'],
    ]);
    for (const { changes, deviations } of decisions) {
      expect(deviations.flatMap(({ subjects }) => subjects)).toEqual([]);
      expect(changes.filter((each) => 'blockers' in each)).toEqual([]);
    }
  });
});
