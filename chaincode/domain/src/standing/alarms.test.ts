import { describe, expect, test } from '@jest/globals';
import { COI, DIGEST, din, OTHER_COI, signed, verification } from '../example.fixture.js';
import type { Alarm } from '../nouns/alarm.js';
import { ALARM_CLAIMS } from '../values/words.js';
import { openAlarms, reasonsOfAlarms, reasonsOfOpenAlarms } from './alarms.js';

const SUBJECT = { kind: 'item', coi: COI, id: din(9) } as const;
const alarm = (rest: Partial<Alarm> = {}): Alarm => ({
  noun: 'alarm',
  scope: { kind: 'therapy', id: COI },
  subject: `item ${din(9)}`,
  organisation: 'OtherMSP',
  claim: 'identity',
  type: 'custody:ReceiveItem',
  raised: signed('other.courier'),
  ...rest,
});
const pharmacist = verification('hospital.pharmacist', {
  by: { ...signed('hospital.pharmacist'), roles: ['pharmacist'] },
  alarmsSeen: [DIGEST],
});
const seen = {
  verifications: [pharmacist],
  byPhysician: [DIGEST],
  physician: { principal: 'hospital.clinician', person: DIGEST },
};
const codes = (open: readonly Alarm[], by: Partial<typeof seen> = {}) =>
  reasonsOfAlarms(open, { ...seen, ...by }).map(({ code }) => code);

describe('an alarm', () => {
  test('is open about the thing that it names until it is dismissed', () => {
    expect(openAlarms([alarm()], [SUBJECT])).toHaveLength(1);
    expect(openAlarms([alarm({ dismissed: signed('lab.quality') })], [SUBJECT])).toEqual([]);
    expect(openAlarms([alarm()], [{ ...SUBJECT, id: din(8) }])).toEqual([]);
    expect(openAlarms([alarm()], [{ ...SUBJECT, coi: OTHER_COI }])).toEqual([]);
  });

  test('about a lot is not one about a run of the same name', () => {
    const about = (kind: 'lot' | 'run') => ({ kind, id: 'same' }) as const;
    const ofLot = alarm({ scope: about('lot'), subject: 'lot same' });
    expect(openAlarms([ofLot], [about('lot')])).toHaveLength(1);
    expect(openAlarms([ofLot], [about('run')])).toEqual([]);
  });

  test('holds up approval, review and certification, whatever it claims', () => {
    for (const claim of ALARM_CLAIMS) {
      expect(reasonsOfOpenAlarms([alarm({ claim })])).toMatchObject([{ code: 'ALARM_OPEN' }]);
    }
  });
});

describe('a dose', () => {
  const unseen = { verifications: [], byPhysician: [] };

  test.each([
    ['identity', true],
    ['tampering', true],
    ['loss', true],
    ['other', false],
  ] as const)('with an alarm that claims %s upstream stops: %s', (claim, stops) => {
    expect(codes([alarm({ claim })], unseen)).toEqual(stops ? ['ALARM_NOT_SEEN'] : []);
  });

  test('goes on when pharmacist and physician have each named the alarm', () => {
    expect(codes([alarm()])).toEqual([]);
    expect(codes([alarm()], { byPhysician: [] })).toEqual(['ALARM_NOT_SEEN']);
    expect(codes([alarm()], { verifications: [] })).toEqual(['ALARM_NOT_SEEN']);
  });

  test('stops again when what they named is raised again', () => {
    const again = { ...signed('other.courier'), command: `${'B'.repeat(42)}A` };
    expect(codes([alarm({ raised: again })])).toEqual(['ALARM_NOT_SEEN']);
  });

  test.each([
    ['a nurse', { ...pharmacist, by: { ...pharmacist.by, roles: ['nurse' as const] } }],
    [
      'the physician alone',
      { ...pharmacist, by: { ...pharmacist.by, actor: seen.physician.principal } },
    ],
    [
      'the physician under a second actor',
      { ...pharmacist, by: { ...pharmacist.by, person: DIGEST } },
    ],
    ['a pharmacist whose check does not match', { ...pharmacist, matches: false }],
  ])('does not go on when the alarm was named by %s', (_name, by) => {
    expect(codes([alarm()], { verifications: [by] })).toEqual(['ALARM_NOT_SEEN']);
  });
});
