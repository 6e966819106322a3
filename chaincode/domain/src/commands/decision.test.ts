import { describe, expect, test } from '@jest/globals';
import { Recording } from './decision.js';
import { actor, COI, command, context, din, item, NOW, therapy } from '../example.fixture.js';

const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');
const said = command(nurse.id, {});

describe('the record of a fact', () => {
  test('gives each deviation an id of its own, under the command', () => {
    const recording = new Recording(said, context(nurse));
    const vial = item();
    recording.deviate({ code: 'SEAL_MISMATCH', classification: 'major' }, vial);
    recording.deviate({ code: 'LABEL_MISMATCH', classification: 'critical' }, vial, therapy());
    const { deviations, changes } = recording.done();
    expect(deviations.map(({ id }) => id)).toEqual([`D1.${said.id}`, `D2.${said.id}`]);
    expect(deviations[1]).toMatchObject({
      scope: { kind: 'therapy', id: COI },
      subjects: [
        { kind: 'item', coi: COI, id: din(1) },
        { kind: 'therapy', coi: COI },
      ],
      opened: { actor: nurse.id, command: said.id, at: NOW },
    });
    expect(changes.slice(2)).toEqual(deviations);
  });

  test('puts the blockers on what a thing is after the fact, whichever came first', () => {
    const recording = new Recording(said, context(nurse));
    const before = item({ blockers: [{ kind: 'hold', id: 'hold-1', code: 'regulator' }] });
    recording.deviate({ code: 'NOT_HOLDER', classification: 'major' }, before);
    recording.put({ ...before, custody: 'disposed' });
    expect(recording.done().changes[0]).toMatchObject({
      custody: 'disposed',
      blockers: [
        { kind: 'hold', id: 'hold-1' },
        { kind: 'deviation', code: 'NOT_HOLDER' },
      ],
    });
  });

  test('writes each thing once', () => {
    const recording = new Recording(said, context(nurse));
    recording.put(item(), item({ custody: 'in-transit' }), item({ custody: 'consumed' }));
    expect(recording.done().changes).toEqual([item({ custody: 'consumed' })]);
  });

  test('that is late without a reason deviates on all that it touched', () => {
    const late = new Recording(said, context(nurse, { late: true }));
    late.put(item(), therapy(), { noun: 'item-index', id: din(1), coi: COI });
    const { deviations } = late.done();
    expect(deviations).toMatchObject([
      {
        code: 'LATE_ENTRY',
        classification: 'minor',
        subjects: [{ kind: 'item' }, { kind: 'therapy' }],
      },
    ]);
    const explained = command(nurse.id, {}, { lateReason: 'ledger-unreachable' });
    const excused = new Recording(explained, context(nurse, { late: true })).put(item()).done();
    expect(excused.deviations).toEqual([]);
  });
});
