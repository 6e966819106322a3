import { describe, expect, test } from '@jest/globals';
import { Recording } from './decision.js';
import { effectiveOf } from '../nouns/signed.js';
import { addMinutes } from '../values/time.js';
import {
  actor,
  attempt,
  batch,
  COI,
  command,
  context,
  design,
  din,
  item,
  NOW,
  OTHER_COI,
  signed,
  therapy,
} from '../example.fixture.js';

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
        { ref: { kind: 'item', coi: COI, id: din(1) } },
        { ref: { kind: 'therapy', coi: COI } },
      ],
      opened: { actor: nurse.id, command: said.id, at: NOW },
    });
    expect(changes.slice(2)).toEqual(deviations);
  });

  test('writes a deviation in each subject’s own therapy, under one id, and names nothing of the other', () => {
    const foreign = item({ coi: OTHER_COI, id: din(2) });
    const finding = { code: 'FOREIGN_ITEM', classification: 'critical', found: 'text' } as const;
    const { deviations, changes } = new Recording(said, context(nurse))
      .deviate(finding, foreign, therapy())
      .done();
    const written = changes.filter((each) => each.noun === 'deviation');
    expect(written).toMatchObject([
      { id: `D1.${said.id}`, scope: { id: COI }, subjects: [{ ref: { kind: 'therapy' } }] },
      { id: `D1.${said.id}`, scope: { id: OTHER_COI }, subjects: [{ ref: { id: din(2) } }] },
    ]);
    expect(deviations).toEqual(written.slice(0, 1));
    expect(JSON.stringify(written[0])).not.toMatch(new RegExp(`${OTHER_COI}|${din(2)}`));
    expect(JSON.stringify(written[1])).not.toContain(COI);
    expect(JSON.stringify(written[1])).not.toContain('text');
  });

  test('says in a thing’s blocker since when its condition may be bad', () => {
    const since = '2026-11-22T11:00:00.000Z';
    const finding = { code: 'TEMPERATURE_EXCURSION', classification: 'major', since } as const;
    const { changes } = new Recording(said, context(nurse)).deviate(finding, item()).done();
    expect(changes[0]).toMatchObject({ blockers: [{ code: 'TEMPERATURE_EXCURSION', since }] });
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
        subjects: [{ ref: { kind: 'item' } }, { ref: { kind: 'therapy' } }],
      },
    ]);
    const explained = command(nurse.id, {}, { lateReason: 'ledger-unreachable' });
    const excused = new Recording(explained, context(nurse, { late: true })).put(item()).done();
    expect(excused.deviations).toMatchObject([
      { code: 'LATE_ENTRY', found: 'ledger-unreachable', subjects: [] },
    ]);
    expect(excused.changes).toContainEqual(item());
  });

  test('that is late without a reason deviates on what it was about, though it changes nothing', () => {
    const late = new Recording(said, context(nurse, { late: true })).about(item()).done();
    expect(late.deviations).toMatchObject([
      { code: 'LATE_ENTRY', subjects: [{ ref: { kind: 'item', id: din(1) } }] },
    ]);
    const timely = new Recording(said, context(nurse)).about(item()).done();
    expect(timely.changes).toEqual([]);
  });

  test('is not older than what it is about, whichever that is', () => {
    const later = { ...signed(nurse.id), at: addMinutes(NOW, 3), time: addMinutes(NOW, 3) };
    const begun = [
      therapy({ ordered: later }),
      item({ signatures: [later, signed(nurse.id)] }),
      attempt('pathology', { permission: { ...later, inputs: [], datasets: [] } }),
      design({ submitted: later }),
      batch({ recorded: later }),
    ];
    for (const thing of begun) {
      const { deviations } = new Recording(said, context(nurse)).about(thing).about(thing).done();
      expect(deviations).toMatchObject([
        { code: 'BEFORE_ITS_SUBJECT', expected: `at or after ${addMinutes(NOW, 3)}`, found: NOW },
      ]);
      const late = { ...later, at: addMinutes(NOW, -1) };
      expect(effectiveOf(late)).toBe(late.at);
    }
    const near = { ...signed(nurse.id), at: addMinutes(NOW, 2), time: addMinutes(NOW, 2) };
    const clocksDiffer = new Recording(said, context(nurse)).about(therapy({ ordered: near }));
    expect(clocksDiffer.done().deviations).toEqual([]);
  });
});
