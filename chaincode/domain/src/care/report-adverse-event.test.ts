import { describe, expect, test } from '@jest/globals';
import { actor, COI, command, context, DIGEST, NOW, therapy } from '../example.fixture.js';
import type { Actor } from '../nouns/actor.js';
import type { AdverseEvent } from '../nouns/adverse-event.js';
import { decideAdverseEvent, reportAdverseEvent } from './report-adverse-event.js';

const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');
const body = reportAdverseEvent.body.parse({
  coi: COI,
  adverseEvent: 'fever-1',
  seriousness: 'hospitalisation',
  onset: NOW,
  dose: 'dose-1',
});

interface Told {
  readonly existing?: AdverseEvent | undefined;
  readonly late?: boolean;
  readonly lateReason?: 'paper-record';
}

function report(by: Actor = nurse, { existing, late = false, lateReason }: Told = {}) {
  const rest = lateReason === undefined ? {} : { lateReason };
  return decideAdverseEvent(
    { therapy: therapy(), existing },
    command(by.id, body, { annex: { description: DIGEST }, ...rest }),
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
        seriousness: 'hospitalisation',
        onset: NOW,
        dose: 'dose-1',
        commitment: DIGEST,
        reported: { actor: nurse.id, command: expect.any(String), at: NOW, time: NOW },
      },
    ]);
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

  test('stops nothing, not even told late or twice', () => {
    const [existing] = told(report());
    const decisions = [
      report(nurse, { late: true }),
      report(nurse, { existing }),
    ];
    expect(decisions.map(codes)).toEqual([['LATE_ENTRY'], ['IDENTIFIER_TAKEN']]);
    for (const { changes, deviations } of decisions) {
      expect(deviations.flatMap(({ subjects }) => subjects)).toEqual([]);
      expect(changes.filter((each) => 'blockers' in each)).toEqual([]);
    }
  });
});
