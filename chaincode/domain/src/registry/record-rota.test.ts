import { describe, expect, test } from '@jest/globals';
import { actor, command, context, DIGEST, NOW, signed } from '../example.fixture.js';
import type { Reader } from '../commands/reader.js';
import type { Actor } from '../nouns/actor.js';
import { onDutyAt } from '../nouns/rota.js';
import { decideRecordRota, recordRota } from './record-rota.js';

const coordinator = actor('manufacturer.coordinator', 'ManufacturerMSP', 'coordinator');
const first = actor('manufacturer.quality', 'ManufacturerMSP', 'quality');
const deputy = actor('manufacturer.deputy', 'ManufacturerMSP', 'quality');
const head = actor('manufacturer.head', 'ManufacturerMSP', 'sponsor');

const DAY = { from: '2026-11-22T06:00:00.000Z', until: '2026-11-22T18:00:00.000Z' };
const NIGHT = { from: DAY.until, until: '2026-11-23T06:00:00.000Z' };

function record(rest: object = {}, people: readonly Actor[] = [first, deputy, head]) {
  const body = recordRota.body.parse({
    organisation: 'ManufacturerMSP',
    role: 'quality',
    periods: [
      { ...DAY, people: [first.id] },
      { ...NIGHT, people: [deputy.id] },
    ],
    deputies: [deputy.id],
    management: [head.id],
    ...rest,
  });
  return decideRecordRota({ people }, command(coordinator.id, body), context(coordinator));
}

const refusedFor = (code: string): unknown => ({
  decision: 'refused',
  reasons: [expect.objectContaining({ code })],
});

const nothing = () => Promise.resolve(undefined);
const never = () => Promise.reject(new Error('nothing of that is asked'));

/** A ledger on which nobody is enrolled. */
const NOTHING: Reader = {
  get: nothing,
  range: () => Promise.resolve([]),
  wholeTherapy: never,
  shared: never,
  therapy: never,
  processOf: never,
  record: nothing,
  named: never,
  given: never,
  subject: nothing,
};

describe('a rota', () => {
  test('names who is on duty for a role, deputies and management', () => {
    expect(record()).toMatchObject({
      decision: 'permitted',
      changes: [
        { noun: 'rota', organisation: 'ManufacturerMSP', role: 'quality', deputies: [deputy.id] },
      ],
    });
  });

  test('names people of the own organisation only', () => {
    const foreign = actor(first.id, 'LabMSP', 'quality');
    expect(record({}, [foreign, deputy, head])).toEqual(refusedFor('FOREIGN_ACTOR'));
  });

  test('names nobody on duty who has not the role; management may have any', () => {
    const operator = actor(first.id, 'ManufacturerMSP', 'operator');
    expect(record({}, [operator, deputy, head])).toEqual(refusedFor('ROLE_NOT_HELD'));
  });

  test('names nobody who signs nothing any more, no device, and nobody who is not enrolled', () => {
    const revocation = { at: NOW, by: 'manufacturer.registrar', reason: 'left' };
    expect(record({}, [{ ...first, revocation }, deputy, head])).toEqual(
      refusedFor('ACTOR_REVOKED'),
    );
    expect(record({}, [{ ...first, kind: 'device' }, deputy, head])).toEqual(
      refusedFor('NOT_STAFF'),
    );
    expect(record({}, [deputy, head])).toEqual(refusedFor('NO_SUCH_ACTOR'));
  });

  test('has periods that follow each other and none that ends before it begins', () => {
    const people = [first.id];
    const overlapping = [
      { ...DAY, people },
      { ...NIGHT, from: '2026-11-22T17:00:00.000Z', people },
    ];
    expect(record({ periods: overlapping })).toEqual(refusedFor('PERIODS_OVERLAP'));
    const turned = [{ from: DAY.until, until: DAY.from, people }];
    expect(record({ periods: turned })).toEqual(refusedFor('PERIOD_EMPTY'));
  });

  test('is an organisation’s own', async () => {
    const lab = actor('lab.registrar', 'LabMSP', 'registrar');
    const signedBody = {
      organisation: 'ManufacturerMSP',
      role: 'quality',
      periods: [],
      deputies: [],
      management: [lab.id],
    };
    const envelope = { ...command(lab.id, signedBody), type: recordRota.type };
    const decided = await recordRota.prepare(envelope, DIGEST).decide(NOTHING, context(lab));
    expect(decided).toEqual(refusedFor('NOT_THE_OWNER'));
  });

  test('is of any role but a patient’s, the registrar’s included', () => {
    const body = {
      organisation: 'ManufacturerMSP',
      periods: [],
      deputies: [],
      management: [head.id],
    };
    expect(recordRota.body.safeParse({ ...body, role: 'registrar' }).success).toBe(true);
    expect(recordRota.body.safeParse({ ...body, role: 'patient' }).success).toBe(false);
  });
});

describe('who is on duty', () => {
  const rota = {
    noun: 'rota' as const,
    organisation: 'ManufacturerMSP',
    role: 'quality' as const,
    periods: [{ ...DAY, people: [first.id, deputy.id] }],
    deputies: [],
    management: [],
    recorded: signed(coordinator.id),
  };

  test('is whom the period of that time names, in their order; its end is not of it', () => {
    expect(onDutyAt(rota, DAY.from)).toEqual([first.id, deputy.id]);
    expect(onDutyAt(rota, DAY.until)).toEqual([]);
  });
});
