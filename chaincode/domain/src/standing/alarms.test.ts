import { describe, expect, test } from '@jest/globals';
import { COI, DIGEST, din, OTHER_COI, signed, verification } from '../example.fixture.js';
import type { Alarm } from '../nouns/alarm.js';
import type { EarlyRecall } from '../nouns/early-recall.js';
import { ALARM_CLAIMS } from '../values/words.js';
import { dismissedByOwner, openAlarms, reasonsOfAlarms, reasonsOfOpenAlarms } from './alarms.js';

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

describe('an alarm about what nobody had registered', () => {
  const registered = signed('other.courier');
  const recall = { ...signed('other.courier'), reason: 'sterility' };
  const about = { scope: { kind: 'lot', id: 'lot-1' }, subject: 'lot lot-1' } as const;
  const early: EarlyRecall = { noun: 'early-recall', ...about, organisation: 'OtherMSP', recall };
  const mistaken = { ...early, annulled: signed('a') };
  const raised = alarm(about);

  test('is none once the register names who said it as the owner', () => {
    expect(dismissedByOwner(raised, [early], registered)).toEqual([
      { ...raised, dismissed: registered },
    ]);
    expect(dismissedByOwner(undefined, [early], registered)).toEqual([]);
  });

  test('is looked at still where some of it was entered in error', () => {
    expect(dismissedByOwner(raised, [early, mistaken], registered)).toEqual([]);
  });

  test('that somebody dismissed before is not dismissed again', () => {
    const settled = alarm({ ...about, dismissed: signed('lab.quality') });
    expect(dismissedByOwner(settled, [early], registered)).toEqual([]);
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
