import { expect, test } from '@jest/globals';
import type { EntityOf } from '@veinledger/domain';
import { changedThings } from './old-and-new.js';

const signed = { actor: 'a', command: 'A'.repeat(43), at: '2026-11-22T13:00:00.000Z' };
const time = '2026-11-22T13:00:01.000Z';
const hold: EntityOf<'hold'> = {
  noun: 'hold',
  coi: 'G123417654321A',
  id: 'hold-1',
  subject: { kind: 'therapy', coi: 'G123417654321A' },
  reason: 'regulator',
  liftedByRole: 'quality',
  placed: { ...signed, time },
};

test('what a command changed is told member by member, as it was and as it is', () => {
  const lifted = { ...signed, actor: 'b', time };
  const after: EntityOf<'hold'> = { ...hold, reason: 'investigation', lifted };
  expect(changedThings([{ before: hold, after }])).toEqual([
    {
      noun: 'hold',
      name: 'hold-1',
      isNew: false,
      values: [
        { member: 'reason', old: 'regulator', new: 'investigation' },
        { member: 'lifted.actor', new: 'b' },
        { member: 'lifted.command', new: signed.command },
        { member: 'lifted.at', new: signed.at },
        { member: 'lifted.time', new: time },
      ],
    },
  ]);
});

test('of something new all is told but what names it, and of pointers nothing', () => {
  const pointer: EntityOf<'item-index'> = {
    noun: 'item-index',
    id: 'G123417654321A',
    coi: 'G123417654321A',
  };
  const [found, ...others] = changedThings([{ after: hold }, { after: pointer }]);
  expect(others).toEqual([]);
  expect(found).toMatchObject({ noun: 'hold', isNew: true });
  expect(found?.values).toContainEqual({ member: 'subject.kind', new: 'therapy' });
  expect(found?.values.map(({ member }) => member)).not.toContain('id');
});
