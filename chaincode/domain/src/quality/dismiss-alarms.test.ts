import { describe, expect, test } from '@jest/globals';
import { actor, COI, command, context, DIGEST, signed, therapy } from '../example.fixture.js';
import type { Alarm } from '../nouns/alarm.js';
import type { Lot } from '../nouns/lot.js';
import type { Role } from '../values/roles.js';
import { LAB } from './annul-record.fixture.js';
import { decideDismissAlarms, dismissAlarms, onlyWhoDismisses } from './dismiss-alarms.js';

const LNP: Lot = {
  ...{ noun: 'lot', id: 'LNP-1', kind: 'ionisable-lipid', organisation: 'LabMSP' },
  ...{ expiry: '2027-11-22T13:00:00.000Z', registered: signed('lab.technician') },
};
const quality = actor('lab.quality', 'LabMSP', 'quality');
const alarm = (subject: string, rest: Partial<Alarm> = {}): Alarm => ({
  noun: 'alarm',
  scope: { kind: 'therapy', id: COI },
  subject,
  organisation: 'OtherMSP',
  claim: 'other',
  type: 'custody:RecordReadings',
  raised: signed('other.courier'),
  ...rest,
});
const third = { ...signed('other.nurse'), command: `${'B'.repeat(42)}A` };
const alarms = [alarm('item 1'), alarm('item 2'), alarm('item 3', { raised: third })];

function dismiss(of: object, standing: readonly Alarm[] = alarms, person?: string) {
  const body = dismissAlarms.body.parse({ coi: COI, ...of });
  const decision = decideDismissAlarms(
    { alarms: standing },
    command(quality.id, body),
    context(quality, { person }),
  );
  return decision.decision === 'refused'
    ? decision.reasons.map(({ code }) => code)
    : decision.changes.map((each) => each.noun === 'alarm' && each.dismissed && each.subject);
}

describe('alarms', () => {
  test('of an organisation are all dismissed at once', () => {
    expect(dismiss({ organisation: 'OtherMSP' })).toEqual(['item 1', 'item 2', 'item 3']);
  });

  test('of one actor are dismissed, of a device’s person too, and those of others stay', () => {
    expect(dismiss({ actor: 'other.courier' })).toEqual(['item 1', 'item 2']);
    const byDevice = alarm('item 4', {
      raised: { ...signed('other.device'), principal: 'other.courier' },
    });
    expect(dismiss({ actor: 'other.courier' }, [byDevice])).toEqual(['item 4']);
  });

  test('that are named are dismissed alone', () => {
    expect(dismiss({ organisation: 'OtherMSP', alarms: [third.command] })).toEqual(['item 3']);
    expect(dismiss({ actor: 'other.courier', alarms: [third.command] })).toEqual(['NO_OPEN_ALARM']);
  });

  test('that are dismissed already are not dismissed again', () => {
    const settled = alarm('item 1', { dismissed: signed(quality.id) });
    expect(dismiss({ organisation: 'OtherMSP' }, [settled])).toEqual(['NO_OPEN_ALARM']);
  });

  test('are not dismissed by who raised one of them', () => {
    const own = alarm('item 4', { raised: signed(quality.id) });
    expect(dismiss({ organisation: 'OtherMSP' }, [...alarms, own])).toEqual(['SAME_PERSON']);
    const other = alarm('item 4', { raised: { ...signed('other.nurse'), person: DIGEST } });
    expect(dismiss({ organisation: 'OtherMSP' }, [other], DIGEST)).toEqual(['SAME_PERSON']);
  });

  test.each([
    [{ organisation: 'OtherMSP', actor: 'other.courier' }],
    [{}],
    [{ organisation: 'OtherMSP', lot: 'LNP-1' }],
  ])('are named by one place and one owner: not %p', (of) => {
    expect(() => dismiss(of)).toThrow();
  });

  test('of a lot are dismissed by its owner’s quality, and by who could register it where there is none', () => {
    const by = (role: Role, grantable: Role[], organisation = 'LabMSP') =>
      onlyWhoDismisses(
        { therapy: undefined, shared: LNP, owner: { ...LAB, grantable } },
        { lot: LNP.id },
        context(actor('somebody', organisation, role)),
      ).map(({ code }) => code);
    expect(by('quality', ['quality', 'lab'])).toEqual([]);
    expect(by('lab', ['quality', 'lab'])).toEqual(['NOT_QUALITY']);
    expect(by('lab', ['lab'])).toEqual([]);
    expect(by('quality', ['quality', 'lab'], 'OtherMSP')).toEqual(['NOT_THE_OWNER']);
  });

  test('of a therapy are dismissed by the quality that its order names, and outsiders learn nothing', () => {
    const of = { therapy: therapy(), shared: undefined, owner: undefined };
    const by = (organisation: string, role: Role = 'quality') =>
      onlyWhoDismisses(of, { coi: COI }, context(actor('somebody', organisation, role)));
    expect(by('LabMSP')).toEqual([]);
    expect(by('LabMSP', 'lab')).toMatchObject([{ code: 'NOT_QUALITY' }]);
    expect(by('HospitalMSP')).toMatchObject([
      { code: 'NOT_THE_THERAPYS_QUALITY', expected: 'LabMSP' },
    ]);
    expect(by('OtherMSP')).toEqual([
      { code: 'NOT_A_PARTY', subject: `therapy ${COI}`, expected: 'a party', found: 'OtherMSP' },
    ]);
  });
});
