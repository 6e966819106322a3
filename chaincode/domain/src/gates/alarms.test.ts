import { describe, expect, test } from '@jest/globals';
import { COI, NOW, signed, verification } from '../example.fixture.js';
import { honest, lacking, THINGS } from '../graph/honest-therapy.fixture.js';
import type { Alarm } from '../nouns/alarm.js';
import { addMinutes } from '../values/time.js';
import { type AskedAtBedside, reasonsOfAlarmsAtBedside, reasonsToLook } from './alarms.js';

const [lot = ''] = honest().find('step', 'transcription/1').report?.lots ?? [];
const { run = '' } = honest().find('step', 'sequencing/1').report ?? {};

const alarm = (kind: 'lot' | 'run', id: string, rest: Partial<Alarm> = {}): Alarm => ({
  noun: 'alarm',
  scope: { kind, id },
  subject: `${kind} ${id}`,
  organisation: 'OtherMSP',
  claim: 'other',
  type: 'manufacturing:RecallLot',
  raised: signed('other.quality'),
  ...rest,
});

const looked = (...alarms: readonly Alarm[]) => {
  const story = honest().with(...alarms);
  return reasonsToLook(story.whole(), story.upstream()).map(({ code, subject }) => [code, subject]);
};

describe('an alarm about a thing of the therapy', () => {
  const scope = { kind: 'therapy', id: COI } as const;

  test.each([
    `therapy ${COI}`,
    `item ${THINGS.tumour}`,
    'step calling/1',
    'dataset hla',
    'design design-1',
    'batch batch-1',
  ])('holds up what was made of it: %s', (subject) => {
    expect(looked(alarm('lot', 'x', { scope, subject }))).toEqual([['ALARM_OPEN', subject]]);
  });

  test.each([`item ${THINGS.library}`, 'step slot-booking/1'])(
    'holds up nothing that was made without it: %s',
    (subject) => {
      expect(looked(alarm('lot', 'x', { scope, subject }))).toEqual([]);
    },
  );

  test('holds up what a step was begun for that nobody reported', () => {
    const begun = honest().change('step', 'pathology/1', (thing) => lacking(thing, 'report'));
    const story = begun.with(alarm('lot', 'x', { scope, subject: 'step pathology/1' }));
    expect(reasonsToLook(story.whole(), story.upstream())).toHaveLength(1);
  });
});

describe('an alarm about what therapies share', () => {
  test.each([
    ['lot', lot],
    ['run', run],
  ] as const)('holds up whatever a %s of the therapy went into', (kind, id) => {
    expect(looked(alarm(kind, id))).toEqual([['ALARM_OPEN', `${kind} ${id}`]]);
    expect(looked(alarm(kind, id, { dismissed: signed('lab.quality') }))).toEqual([]);
    expect(looked(alarm(kind, 'another'))).toEqual([]);
  });

  test('holds up what any report of an attempt names', () => {
    const repeated = [{ ...signed('lab.technician'), verdicts: [], lots: ['lot-9'], run: 'run-9' }];
    const twice = honest().change('step', 'sequencing/1', { repeated });
    for (const [kind, id] of [
      ['lot', 'lot-9'],
      ['run', 'run-9'],
      ['run', run],
    ] as const) {
      const whole = twice.with(alarm(kind, id)).whole();
      expect(reasonsToLook(whole, twice.upstream())).toMatchObject([
        { code: 'ALARM_OPEN', subject: `${kind} ${id}` },
      ]);
    }
  });

  test('is asked about where nobody registered it, too', () => {
    const story = honest().report('transcription/1', { lots: ['nobodys-lot'] });
    const whole = story.with(alarm('lot', 'nobodys-lot')).whole();
    expect(reasonsToLook(whole, story.upstream())).toMatchObject([{ code: 'ALARM_OPEN' }]);
  });

  test('holds up nothing that was made without it', () => {
    const story = honest().with(alarm('lot', lot));
    expect(reasonsToLook(story.whole(), story.upstream(THINGS.block))).toEqual([]);
  });

  test('stops a dose only where it claims more than a mistake', () => {
    const asked: AskedAtBedside = {
      ...{ item: THINGS.dose, verifications: [], alarmsSeen: [] },
      physician: { principal: 'hospital.clinician' },
    };
    const stops = (claim: Alarm['claim']) => {
      const story = honest().with(alarm('run', run, { claim }));
      return reasonsOfAlarmsAtBedside(story.whole(), story.upstream(), asked, NOW).length > 0;
    };
    expect([stops('tampering'), stops('other')]).toEqual([true, false]);
  });

  test('stops no dose once the pharmacist’s check and the physician have named it', () => {
    const raised = signed('other.quality');
    const check = verification('hospital.pharmacist', {
      by: { ...signed('hospital.pharmacist'), roles: ['pharmacist'] },
      alarmsSeen: [raised.command],
    });
    const story = honest().with(alarm('run', run, { claim: 'tampering', raised }), check);
    const asked: AskedAtBedside = {
      ...{ item: THINGS.dose, verifications: [check.id], alarmsSeen: [raised.command] },
      physician: { principal: 'hospital.clinician' },
    };
    const codes = (at: string, of = asked) =>
      reasonsOfAlarmsAtBedside(story.whole(), story.upstream(), of, at).map(({ code }) => code);
    expect(codes(NOW)).toEqual([]);
    expect(codes(addMinutes(NOW, 16))).toEqual(['ALARM_NOT_SEEN']);
    expect(codes(NOW, { ...asked, item: THINGS.vials[1] })).toEqual(['ALARM_NOT_SEEN']);
    expect(codes(NOW, { ...asked, alarmsSeen: [] })).toEqual(['ALARM_NOT_SEEN']);
  });
});
