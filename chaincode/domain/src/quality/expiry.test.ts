import { describe, expect, test } from '@jest/globals';
import { concernsOf } from '../alerts/concerns.js';
import { givenDose } from '../alerts/given.fixture.js';
import { ofExpiryChange } from '../annulling/expiry.js';
import { ofBatch } from '../annulling/manufacturing.js';
import { Things } from '../annulling/things.js';
import { actor, COI, din, NOW, signed } from '../example.fixture.js';
import { against } from '../gates/dose-gate.fixture.js';
import { HOLD, honest, lacking, own, type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import { statementsOf } from '../graph/statements.js';
import { mattersOf, toldOf } from '../next/next.fixture.js';
import { waitsIn } from '../next/waits.js';
import type { Alarm } from '../nouns/alarm.js';
import { shortenedBefore } from '../nouns/keeping.js';
import { addMinutes } from '../values/time.js';
import { recordOf } from './annul-record.fixture.js';
import {
  after,
  batchIn,
  changedBy,
  extend,
  extended,
  RECORDED,
  releasePerson,
  shorten,
  reviewer,
} from './expiry.fixture.js';

const FEBRUARY = '2027-02-01T00:00:00.000Z';
const MARCH = '2027-03-01T00:00:00.000Z';
const APRIL = '2027-04-01T00:00:00.000Z';
const LONGER = addMinutes(RECORDED, 60 * 24 * 90);
const [vial] = THINGS.vials;
const another = actor('manufacturer.another', 'ManufacturerMSP', 'quality');
const timesIn = (story: Story) => THINGS.vials.map((id) => story.find('item', id).useBy);
const until = (expiry: string) => THINGS.vials.map(() => expiry);
const codes = (decided: ReturnType<typeof extend>) =>
  decided.decision === 'refused' ? decided.reasons.map(({ code }) => code) : [decided.decision];

describe('a batch that keeps for a shorter time', () => {
  test('has another expiry at once, by one person, and so has each of its containers', () => {
    const decided = shorten(honest(), FEBRUARY);
    expect(decided).toMatchObject({ effect: 'taken', deviations: [] });
    const story = after(honest(), decided);
    expect(batchIn(story)).toMatchObject({
      ...{ expiry: FEBRUARY, firstExpiry: RECORDED },
      expiryChanges: [{ from: RECORDED, to: FEBRUARY, agreed: { actor: reviewer.id } }],
    });
    expect(timesIn(story)).toEqual(until(FEBRUARY));
  });

  test('is given no more once that time is over, whatever was authorised before', () => {
    expect(against(after(honest(), shorten(honest(), addMinutes(NOW, 1))))).toEqual([]);
    expect(against(after(honest(), shorten(honest(), NOW)))).toEqual(['EXPIRED']);
  });

  test('leaves a container the time that ends before', () => {
    const own = honest().change('item', vial, { useBy: NOW });
    expect(timesIn(after(own, shorten(own, FEBRUARY)))).toEqual([NOW, FEBRUARY, FEBRUARY]);
  });

  test('is the one that is named, whatever else names its containers', () => {
    const other = honest().change('item', vial, { batch: 'batch-2' });
    expect(timesIn(after(other, shorten(other, FEBRUARY)))[0]).toBe(RECORDED);
  });

  test('is said once: again it changes nothing', () => {
    const story = after(honest(), shorten(honest(), FEBRUARY));
    expect(shorten(story, FEBRUARY, { by: another })).toMatchObject({
      ...{ effect: 'none', changes: [] },
    });
  });

  test('does not keep for longer by one person’s word, and quality looks at that', () => {
    const decided = shorten(honest(), LONGER);
    expect(decided.deviations).toMatchObject([
      { code: 'EXPIRY_NOT_SHORTENED', expected: `before ${RECORDED}`, found: LONGER },
    ]);
    const story = after(honest(), decided);
    expect(batchIn(story).expiry).toBe(RECORDED);
    expect(timesIn(story)).toEqual(until(RECORDED));
  });

  test('that the ledger does not know stops the therapy', () => {
    expect(shorten(honest(), FEBRUARY, { batch: 'batch-9' }).deviations).toMatchObject([
      { code: 'UNKNOWN_BATCH', found: 'batch-9', subjects: [{ ref: { kind: 'therapy' } }] },
    ]);
  });

  describe('of which something was given', () => {
    const ago = (minutes: number) => addMinutes(NOW, -minutes);
    const by = (minutes: number) => ({
      ...{ ...signed('hospital.nurse'), at: ago(minutes), time: ago(minutes) },
      ...{ item: THINGS.dose, course: 'complete' as const, annex: '' },
    });
    const given = (rest: object = {}) =>
      honest().with(givenDose({ administrations: [{ ...by(60), ...rest }] }));
    const found = (story: Story, expiry: string) =>
      shorten(story, expiry).deviations.map(({ code, subjects }) => [
        code,
        subjects.map(({ ref }) => ('id' in ref ? ref.id : '')),
      ]);
    const expired = [['EXPIRED_PRODUCT_GIVEN', [THINGS.dose]]];

    test('after that time was given when it had expired, which its physician is told', () => {
      expect(found(given(), ago(61))).toEqual(expired);
      expect(found(given(), ago(60))).toEqual(expired);
      const decided = shorten(given(), ago(61), { at: addMinutes(NOW, 60) });
      const story = changedBy(given(), decided.changes).with(...decided.deviations);
      const [concern] = concernsOf(story.whole());
      expect(concern).toMatchObject({ cause: { codes: ['EXPIRED_PRODUCT_GIVEN'] } });
    });

    test('twice is named once', () => {
      const twice = honest().with(givenDose({ administrations: [by(60), by(59)] }));
      expect(found(twice, ago(61))).toEqual(expired);
    });

    test('before that time, or not at all, or by an entry in error, was not', () => {
      expect(found(given(), ago(59))).toEqual([]);
      expect(found(given({ course: 'not-started' }), ago(61))).toEqual([]);
      expect(found(given({ annulled: signed('a') }), ago(61))).toEqual([]);
      expect(found(given({ item: din(77) }), ago(61))).toEqual([]);
    });

    test('after the expiry that it had is told already', () => {
      const before = given().change('batch', 'batch-1', { expiry: ago(60) });
      expect(found(before, ago(61))).toEqual([]);
    });

    test('of another batch is not concerned', () => {
      const of = given().change('item', THINGS.dose, { parents: [own(THINGS.retainedVial)] });
      expect(found(of, ago(61))).toEqual([]);
    });
  });
});

describe('a batch that keeps for longer', () => {
  test('has another expiry once a release person and a second of quality signed, and not before', () => {
    const half = after(honest(), extend(honest(), LONGER));
    expect(batchIn(half)).toMatchObject({
      expiry: RECORDED,
      expiryChanges: [{ to: LONGER, missing: ['release-person'] }],
    });
    expect(timesIn(half)).toEqual(until(RECORDED));
    const story = after(half, extend(half, LONGER, { by: releasePerson }));
    expect(batchIn(story)).toMatchObject({
      ...{ expiry: LONGER, firstExpiry: RECORDED },
      expiryChanges: [
        {
          ...{ from: RECORDED, to: LONGER, missing: [] },
          signatures: [{ actor: reviewer.id }, { actor: releasePerson.id }],
          agreed: { actor: releasePerson.id },
        },
      ],
    });
    expect(batchIn(story).expiryChanges).toHaveLength(1);
    expect(timesIn(story)).toEqual(until(LONGER));
  });

  test('is signed by two people, one of them a release person, in either order', () => {
    const half = after(honest(), extend(honest(), LONGER));
    expect(codes(extend(half, LONGER))).toEqual(['SAME_PERSON']);
    expect(codes(extend(half, LONGER, { by: another }))).toEqual(['NOT_ASKED_TO_SIGN']);
    const [person, by] = ['P'.repeat(43), releasePerson];
    const named = after(honest(), extend(honest(), LONGER, { person }));
    expect(codes(extend(named, LONGER, { by, person }))).toEqual(['SAME_PERSON']);
    const released = after(honest(), extend(honest(), LONGER, { by }));
    expect(codes(extend(released, LONGER))).toEqual(['permitted']);
    const second = actor('manufacturer.release-person-2', 'ManufacturerMSP', 'release-person');
    expect(codes(extend(released, LONGER, { by: second }))).toEqual(['permitted']);
    expect(codes(extend(released, LONGER, { by }))).toEqual(['SAME_PERSON']);
  });

  test('may have expired before, and what that has opened stays open', () => {
    const expired = honest()
      .change('batch', 'batch-1', { expiry: NOW })
      .change('item', vial, { useBy: NOW });
    expect(against(expired)).toEqual(['EXPIRED']);
    expect(against(extended(expired, MARCH))).toEqual([]);
    const deviating = {
      blockers: [{ kind: 'deviation', id: 'D1', code: 'EXPIRED_PRODUCT_GIVEN' } as const],
    };
    const given = expired.change('item', vial, deviating);
    expect(codes(extend(given, MARCH))).toEqual(['DEVIATION_OPEN']);
    expect(against(extended(expired, MARCH).change('item', vial, deviating))).toEqual([
      'DEVIATION_OPEN',
    ]);
  });

  const recall = { ...signed('a'), reason: 'sterility' };
  const operator = actor('manufacturer.operator', 'ManufacturerMSP', 'release-person');
  const alarm: Alarm = {
    ...{ noun: 'alarm', scope: { kind: 'therapy', id: COI }, subject: 'batch batch-1' },
    ...{ organisation: 'CourierMSP', claim: 'other', type: 'quality:ShortenExpiry' },
    raised: signed('courier.courier'),
  };
  test.each<[string, (story: Story) => Story, object, string]>([
    ['after a recall', (s) => s.change('batch', 'batch-1', { recall }), {}, 'RECALLED'],
    ['while it is on hold', (s) => s.change('batch', 'batch-1', HOLD), {}, 'ON_HOLD'],
    ['while a container is on hold', (s) => s.change('item', vial, HOLD), {}, 'ON_HOLD'],
    ['while the therapy is on hold', (s) => s.change('therapy', COI, HOLD), {}, 'ON_HOLD'],
    [
      'after a failed test',
      (s) => s.judge('release-tests/1', { sterility: 'fail' }),
      {},
      'CHECK_FAILED',
    ],
    [
      'before its review',
      (s) => s.change('batch', 'batch-1', (each) => lacking(each, 'review')),
      {},
      'NOT_REVIEWED',
    ],
    [
      'before its certification',
      (s) => s.change('batch', 'batch-1', (each) => lacking(each, 'certification')),
      {},
      'BATCH_NOT_RELEASED',
    ],
    ['by who made it', (s) => s, { by: operator }, 'MAKER'],
    ['that nobody recorded', (s) => s, { batch: 'batch-9' }, 'UNKNOWN_BATCH'],
  ])('is none %s', (_name, change, said, code) => {
    expect(codes(extend(change(honest()), LONGER, said))).toEqual([code]);
    const half = after(honest(), extend(honest(), LONGER));
    const second = extend(change(half), LONGER, { by: releasePerson, ...said });
    expect(codes(second)).toEqual([code]);
  });

  test('keeps until a later time than before, and than now', () => {
    expect(codes(extend(honest(), RECORDED))).toEqual(['EXPIRY_NOT_EXTENDED']);
    const expired = honest().change('batch', 'batch-1', { expiry: addMinutes(NOW, -60) });
    expect(codes(extend(expired, NOW))).toEqual(['EXPIRED']);
  });

  test('rests on both signatures, as long as they count', () => {
    const suspect = {
      ...{ subject: 'batch batch-1', signed: signed(reviewer.id) },
      ...{ actor: reviewer.id, since: NOW },
    };
    expect(codes(extend(honest(), LONGER, {}, [suspect]))).toEqual(['SUSPECT_SIGNATURE']);
    const own = statementsOf(batchIn(honest())).length;
    const signers = (story: Story) =>
      statementsOf(batchIn(story))
        .slice(own)
        .map((each) => each.signed.actor);
    expect(signers(extended(honest(), LONGER))).toEqual([reviewer.id, releasePerson.id]);
    expect(signers(after(honest(), extend(honest(), LONGER)))).toEqual([]);
    expect(signers(after(honest(), shorten(honest(), FEBRUARY)))).toEqual([]);
    const mistaken = extended(honest(), LONGER).change('batch', 'batch-1', (each) => ({
      ...each,
      expiryChanges: (each.expiryChanges ?? []).map((one) => ({ ...one, annulled: signed('a') })),
    }));
    expect(signers(mistaken)).toEqual([]);
  });

  test('is another one until another time, and after the expiry has changed', () => {
    const half = after(honest(), extend(honest(), LONGER));
    const later = addMinutes(LONGER, 1);
    const both = after(half, extend(half, later, { by: releasePerson }));
    expect(batchIn(both).expiryChanges).toHaveLength(2);
    expect(batchIn(both).expiry).toBe(RECORDED);
    const shortened = after(half, shorten(half, FEBRUARY));
    const anew = after(shortened, extend(shortened, LONGER, { by: releasePerson }));
    expect(batchIn(anew).expiry).toBe(FEBRUARY);
    expect(codes(extend(anew, LONGER))).toEqual(['permitted']);
    expect(batchIn(after(anew, extend(anew, LONGER))).expiry).toBe(LONGER);
  });

  test('waits for the second one, until its expiry has changed or it is recalled', () => {
    const half = after(honest(), extend(honest(), LONGER));
    const waits = (story: Story) =>
      waitsIn(mattersOf(story)).filter(({ code }) => code === 'EXTENSION_HALF_SIGNED');
    expect(toldOf(waits(half))).toEqual([
      'EXTENSION_HALF_SIGNED: ExtendExpiry by release-person of ManufacturerMSP',
    ]);
    expect(waits(half)).toMatchObject([
      { subject: 'batch batch-1', named: { expiry: [LONGER] }, except: [reviewer.id] },
    ]);
    const halted = { halts: [{ ...signed('hospital.clinician'), commitment: 'c' }] };
    for (const story of [
      honest(),
      extended(honest(), LONGER),
      after(half, shorten(half, FEBRUARY)),
      half.change('batch', 'batch-1', { recall }),
      half.change('therapy', COI, halted),
    ])
      expect(waits(story)).toEqual([]);
  });

  test('waits until an outsider’s alarm about it is dismissed', () => {
    expect(codes(extend(honest().with(alarm), LONGER))).toEqual(['ALARM_OPEN']);
  });
});

describe('what limits a container otherwise', () => {
  test('limits it still when its batch keeps for longer', () => {
    const thawed = honest().change('item', vial, { useBy: MARCH });
    expect(timesIn(extended(thawed, LONGER))).toEqual([MARCH, LONGER, LONGER]);
    const substance = honest().change('item', THINGS.drugSubstance, { useBy: LONGER });
    const beyond = addMinutes(LONGER, 1);
    expect(timesIn(extended(substance, beyond))).toEqual(until(LONGER));
  });

  test('is its own time in use, where its kind has one', () => {
    const inUse = honest()
      .by((each) => ({
        ...each,
        items: each.items.map((kind) =>
          kind.code === 'vial' ? { ...kind, inUseMinutes: 60 } : kind,
        ),
      }))
      .change('batch', 'batch-1', { expiry: addMinutes(NOW, 30) })
      .change('item', vial, { useBy: addMinutes(NOW, 30), inUseSince: NOW });
    expect(timesIn(extended(inUse, LONGER))[0]).toBe(addMinutes(NOW, 60));
  });

  test('comes back when the batch had kept for a shorter time in between', () => {
    const thawed = honest().change('item', vial, { useBy: MARCH });
    const shortened = after(thawed, shorten(thawed, FEBRUARY));
    expect(timesIn(shortened)).toEqual(until(FEBRUARY));
    expect(timesIn(extended(shortened, APRIL))).toEqual([MARCH, APRIL, APRIL]);
    const twice = extended(extended(shortened, APRIL), LONGER);
    expect(timesIn(twice)).toEqual([MARCH, LONGER, LONGER]);
  });
});

describe('another expiry that was entered in error', () => {
  const undo = ofExpiryChange === 'never' ? undefined : ofExpiryChange.undo;
  const mistaken = (story: Story, id: string) => {
    const record = recordOf('quality:ShortenExpiry', reviewer, { commandId: id });
    const undone = undo?.(record, new Things(story.entities), signed('manufacturer.quality'));
    const { changes = [], look = [] } = undone ?? {};
    return { story: changedBy(story, [...changes, ...look]), look };
  };
  const shortened = (story: Story, expiry: string, id: string) =>
    after(story, shorten(story, expiry, { id }));

  test('gives the batch that which it would have without, and it is looked at', () => {
    const thawed = honest().change('item', vial, { useBy: MARCH });
    const { story, look } = mistaken(shortened(thawed, FEBRUARY, 'S'), 'S');
    expect(look).toMatchObject([{ noun: 'batch', expiry: RECORDED }]);
    expect(batchIn(story).expiryChanges).toMatchObject([{ annulled: { at: NOW } }]);
    expect(timesIn(story)).toEqual([MARCH, RECORDED, RECORDED]);
    expect(batchIn(shortened(story, FEBRUARY, 'T')).expiry).toBe(FEBRUARY);
  });

  test.each([['X'], ['Y']])('is so by either signature of two: %s', (id) => {
    const { story, look } = mistaken(extended(honest(), LONGER, ['X', 'Y']), id);
    expect(look).toHaveLength(1);
    expect(batchIn(story).expiry).toBe(RECORDED);
    expect(timesIn(story)).toEqual(until(RECORDED));
  });

  test('leaves what else is known of how long it keeps', () => {
    const both = shortened(shortened(honest(), MARCH, 'S'), FEBRUARY, 'T');
    expect(batchIn(mistaken(both, 'S').story).expiry).toBe(FEBRUARY);
    expect(batchIn(mistaken(both, 'T').story).expiry).toBe(MARCH);
    const later = shortened(extended(honest(), LONGER, ['X', 'Y']), MARCH, 'S');
    expect(batchIn(mistaken(later, 'X').story).expiry).toBe(MARCH);
    expect(batchIn(mistaken(later, 'S').story).expiry).toBe(LONGER);
  });

  test('where one person signed it needs no look, and the other is waited for no more', () => {
    const half = after(honest(), extend(honest(), LONGER, { id: 'X' }));
    const { story, look } = mistaken(half, 'X');
    expect(look).toEqual([]);
    expect(batchIn(story).expiry).toBe(RECORDED);
    const anew = after(story, extend(story, LONGER, { by: releasePerson }));
    expect(batchIn(anew).expiry).toBe(RECORDED);
  });

  test('of no batch is nothing', () => {
    expect(mistaken(honest(), 'S').look).toEqual([]);
  });

  test('is another than a batch’s record in error: that it keeps for a shorter time stays', () => {
    const story = shortened(extended(honest(), LONGER, ['X', 'Y']), FEBRUARY, 'S');
    const again = { ...batchIn(honest()), expiry: MARCH };
    expect(shortenedBefore(again, batchIn(story))).toMatchObject({
      ...{ expiry: FEBRUARY, firstExpiry: MARCH },
      expiryChanges: [{ to: FEBRUARY }],
    });
    expect(shortenedBefore(again, batchIn(extended(honest(), LONGER)))).toEqual(again);
    expect(shortenedBefore(again, batchIn(mistaken(story, 'S').story))).toEqual(again);
    expect(shortenedBefore(again, undefined)).toEqual(again);
    const thawed = honest().change('item', vial, { useBy: MARCH });
    const bare = shortened(thawed, FEBRUARY, 'S');
    const record = recordOf('manufacturing:RecordBatch', reviewer, {
      commandId: batchIn(bare).recorded.command,
    });
    const undone =
      ofBatch === 'never'
        ? undefined
        : ofBatch.undo(record, new Things(bare.entities), signed('a'));
    const loose = undone?.changes?.find((each) => each.noun === 'item' && each.id === vial);
    expect(loose).toMatchObject({ useBy: MARCH });
  });
});
