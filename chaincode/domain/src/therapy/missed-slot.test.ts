import { describe, expect, test } from '@jest/globals';
import { without } from '../annulling/without.js';
import { actor, COI, command, context, signed, therapy } from '../example.fixture.js';
import { honest, type Story } from '../graph/honest-therapy.fixture.js';
import { mattersOf } from '../next/next.fixture.js';
import { waitsIn } from '../next/waits.js';
import type { MissedSlot } from '../nouns/missed-slot.js';
import { decideRebookSlot, rebookSlot } from './rebook-slot.js';
import { decideReportMissedSlot, reportMissedSlot } from './report-missed-slot.js';

const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');
const coordinator = actor('hospital.coordinator', 'HospitalMSP', 'coordinator');
const missed = (rest: Partial<MissedSlot> = {}): MissedSlot => ({
  ...{ noun: 'missed-slot', coi: COI, id: 'missed-1', slot: 'slot-1', dose: 1 },
  ...{ reason: 'patient-unavailable', reported: signed(nurse.id), ...rest },
});

function rebook(found: MissedSlot | undefined, of = therapy()) {
  const body = rebookSlot.body.parse({ coi: COI, missedSlot: 'missed-1', slot: 'slot-9' });
  return decideRebookSlot(
    { therapy: of, missed: found },
    command(coordinator.id, body),
    context(coordinator),
  );
}

const codes = (decision: ReturnType<typeof rebook>) =>
  decision.decision === 'refused' ? decision.reasons.map(({ code }) => code) : [];

const waiting = (slot: MissedSlot, story: Story = honest()) =>
  waitsIn(mattersOf(story, { missedSlots: [slot] }))
    .filter(({ noun }) => noun === 'missed-slot')
    .map(({ state, code }) => [state, code]);

describe('a slot that was missed', () => {
  test('is on record, stops nothing, and is told once', () => {
    const slots = { slot: 'slot-1', dose: 1, reason: 'transport-late' };
    const say = (existing?: MissedSlot, by = nurse) =>
      decideReportMissedSlot(
        { therapy: therapy(), existing },
        command(by.id, reportMissedSlot.body.parse({ coi: COI, missedSlot: 'missed-1', ...slots })),
        context(by),
      );
    expect(say()).toMatchObject({ deviations: [], changes: [{ noun: 'missed-slot', ...slots }] });
    expect(say(missed()).changes).toEqual([]);
    expect(say(missed(), coordinator).deviations).toMatchObject([{ code: 'IDENTIFIER_TAKEN' }]);
  });

  test('is booked anew on its line of the order, and by the last word', () => {
    expect(rebook(missed())).toMatchObject({
      changes: [{ rebooked: { slot: 'slot-9' } }, { orderLines: [{ dose: 1, slot: 'slot-9' }] }],
    });
    expect(rebook(missed({ slot: 'another' }))).toMatchObject({
      changes: [{ noun: 'missed-slot' }],
    });
    expect(rebook(without(missed(), 'dose'))).toMatchObject({ changes: [{ noun: 'missed-slot' }] });
    expect(codes(rebook(undefined))).toEqual(['UNKNOWN_SLOT']);
    const rebooked = { ...signed(coordinator.id), slot: 'slot-8' };
    const [line] = therapy().orderLines.map((each) => ({ ...each, slot: 'slot-8' }));
    const ordered = therapy({ orderLines: line ? [line] : [] });
    expect(rebook(missed({ rebooked }), ordered)).toMatchObject({
      changes: [{ rebooked: { slot: 'slot-9' } }, { orderLines: [{ slot: 'slot-9' }] }],
    });
    const blockers = [{ kind: 'halt', id: 'H.1', code: 'THERAPY_HALTED' }] as const;
    expect(codes(rebook(missed(), therapy({ blockers })))).toEqual(['THERAPY_HALTED']);
  });

  test('waits for a coordinator, while something is wanted at it', () => {
    expect(waiting(missed())).toEqual([['stopped', 'patient-unavailable']]);
    expect(waiting(missed({ rebooked: { ...signed(coordinator.id), slot: 's' } }))).toEqual([]);
    const cancelled = honest().change('therapy', COI, ({ orderLines, ...rest }) => ({
      ...rest,
      orderLines: orderLines.map((line) => ({ ...line, cancelled: signed('hospital.clinician') })),
    }));
    expect(waiting(missed(), cancelled)).toEqual([]);
  });
});
