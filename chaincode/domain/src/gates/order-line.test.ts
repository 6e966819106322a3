import { describe, expect, test } from '@jest/globals';
import { COI, DIGEST, din, NOW, signed } from '../example.fixture.js';
import { codesOf, honest, type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import type { Administration, Dose } from '../nouns/dose.js';
import { addMinutes, instantOf, milliseconds } from '../values/time.js';
import { authorisedUntil, isAuthorised, lineAsked, reasonsOfOrder } from './order-line.js';

const [first, other] = THINGS.vials;

function dose(rest: Partial<Dose> = {}): Dose {
  return {
    noun: 'dose',
    coi: COI,
    id: 'dose-0',
    number: 1,
    item: first,
    verifications: [],
    authorised: signed('hospital.clinician'),
    administrations: [],
    ...rest,
  };
}

const given = (course: Administration['course']): Administration => ({
  ...signed('hospital.nurse'),
  item: first,
  course,
  annex: DIGEST,
});

const ask = (story: Story, number = 1, item: string = other, at = NOW) =>
  reasonsOfOrder(story.whole(), { dose: 'dose-1', number, item }, at);

describe('an order line', () => {
  test('is free for a dose that was ordered, under a new name', () => {
    expect(ask(honest())).toEqual([]);
    expect(codesOf(ask(honest(), 3))).toEqual(['DOSE_NOT_ORDERED']);
    expect(codesOf(ask(honest().with(dose({ id: 'dose-1', number: 2 }))))).toEqual([
      'IDENTIFIER_TAKEN',
    ]);
  });

  test('and its container are not taken by the very dose that is asked about again', () => {
    const again = honest().with(dose({ id: 'dose-1' }));
    expect(codesOf(ask(again, 1, first))).toEqual(['IDENTIFIER_TAKEN']);
  });

  test('stands for one dose, and the reason names the first', () => {
    expect(ask(honest().with(dose()))).toMatchObject([
      { code: 'ORDER_LINE_TAKEN', found: 'dose dose-0' },
    ]);
    expect(ask(honest().with(dose()), 2)).toEqual([]);
  });

  test.each([[['complete']], [['interrupted']], [['not-started', 'complete']]] as const)(
    'is taken once any of it was given: %p',
    (courses) => {
      const story = honest().with(dose({ administrations: courses.map(given) }));
      expect(codesOf(ask(story))).toEqual(['ORDER_LINE_TAKEN']);
      const disposed = story.change('item', first, { custody: 'disposed' });
      expect(codesOf(ask(disposed))).toEqual(['ORDER_LINE_TAKEN']);
      const days = addMinutes(NOW, 5 * 1440);
      expect(codesOf(ask(story, 1, other, days))).toEqual(['ORDER_LINE_TAKEN']);
    },
  );

  test('is free again when none of it was given, or the product was lost or wasted', () => {
    expect(ask(honest().with(dose({ administrations: [given('not-started')] })))).toEqual([]);
    for (const custody of ['disposed', 'lost'] as const) {
      const gone = honest().change('item', first, { custody });
      expect(ask(gone.with(dose()))).toEqual([]);
    }
  });

  test('is free again once its authorisation ended unused', () => {
    const until = addMinutes(NOW, 60);
    const story = honest().with(dose());
    expect(codesOf(ask(story, 1, other, until))).toEqual(['ORDER_LINE_TAKEN']);
    expect(ask(story, 1, other, instantOf(milliseconds(until) + 1))).toEqual([]);
  });
});

describe('an authorisation of a container', () => {
  const until = addMinutes(NOW, 60);
  /** @param at from when on the container bears another label, and when that is told; minutes */
  const relabelled = (at: number, time = at, mistaken?: number) => {
    const told = { ...signed('a'), organisation: 'HospitalMSP', roles: [] };
    const words = { labelRead: first, reason: 'damaged', formerLabel: 'destroyed' } as const;
    const since = (minutes: number) => addMinutes(NOW, minutes);
    const signature = { ...told, at: since(at), time: since(time) };
    const annulled = mistaken === undefined ? undefined : since(mistaken);
    const relabelling = {
      ...{ ...words, label: din(501), signatures: [signature] },
      ...(annulled === undefined ? {} : { annulled: { ...told, at: annulled, time: annulled } }),
    };
    return honest()
      .with(dose())
      .change('item', first, { relabellings: [relabelling] });
  };
  const ends = (story: Story) => authorisedUntil(story.whole(), dose());
  const stands = (story: Story, minutes: number) =>
    isAuthorised(story.whole(), dose(), addMinutes(NOW, minutes));
  const story = honest().with(dose());

  test('stands for the process’s minutes, and none without one', () => {
    expect(ends(story)).toBe(until);
    expect([stands(story, 60), stands(story, 61)]).toEqual([true, false]);
    const none = { item: first };
    expect(authorisedUntil(story.whole(), none)).toBeUndefined();
    expect(isAuthorised(story.whole(), none, NOW)).toBe(false);
    expect(authorisedUntil(story.whole(), dose({ item: din(77) }))).toBe(until);
  });

  test('ends where its container is given another label, and never later', () => {
    expect(ends(relabelled(10))).toBe(addMinutes(NOW, 10));
    expect([stands(relabelled(10), 9), stands(relabelled(10), 10)]).toEqual([true, false]);
    expect(ends(relabelled(70))).toBe(until);
    expect(stands(relabelled(0), 0)).toBe(false);
    const another = relabelled(10).change('item', first, { relabellings: [] });
    expect(stands(another, 10)).toBe(true);
  });

  test('has seen the label that it was told of before, and no other', () => {
    expect(stands(relabelled(-1), 10)).toBe(true);
    expect(ends(relabelled(-5, 10))).toBe(addMinutes(NOW, -5));
    expect(stands(relabelled(-5, 10), 1)).toBe(false);
  });

  test('ends also where another label was one in error', () => {
    expect(stands(relabelled(-5, -5, 10), 9)).toBe(true);
    expect(stands(relabelled(-5, -5, 10), 10)).toBe(false);
  });

  test('that has ended leaves line and container free for one of a fresh look', () => {
    const at = addMinutes(NOW, 20);
    expect(codesOf(ask(story, 1, first, at))).toEqual(['CONTAINER_TAKEN', 'ORDER_LINE_TAKEN']);
    expect(ask(relabelled(10), 1, first, at)).toEqual([]);
  });
});

describe('the line that a dose would be given on', () => {
  const [line, next] = honest().find('therapy', COI).orderLines;
  const asked = (...lines: readonly (typeof line)[]) => {
    const orderLines = lines.flatMap((each) => each ?? []);
    const story = honest().change('therapy', COI, { orderLines });
    return lineAsked(story.whole(), other, NOW)?.number;
  };

  test('is the first that is free, and none that was cancelled while another is in force', () => {
    const cancelled = line && { ...line, cancelled: signed('hospital.clinician') };
    expect(asked(line, next)).toBe(1);
    expect(asked(cancelled, next)).toBe(2);
    expect(asked(cancelled)).toBe(1);
    expect(asked()).toBeUndefined();
  });

  test('is the free one for a container that another line has, whatever is said of the container', () => {
    const story = honest().with(dose({ item: other }));
    expect(lineAsked(story.whole(), other, NOW)?.number).toBe(2);
  });
});

describe('a line of two containers', () => {
  const [, , third] = THINGS.vials;
  const two = honest().change('therapy', COI, ({ orderLines, ...rest }) => ({
    ...rest,
    orderLines: orderLines.map((line) => ({ ...line, containers: 2 })),
  }));
  const second = dose({ id: 'dose-2', item: other });
  const complete = dose({ administrations: [given('complete')] });

  test('takes both, each under a dose of its own, and no third', () => {
    expect(ask(two.with(dose()))).toEqual([]);
    expect(ask(two.with(complete))).toEqual([]);
    expect(ask(two.with(complete, second), 1, third)).toEqual([
      {
        code: 'ORDER_LINE_TAKEN',
        subject: 'dose line 1',
        expected: 'at most 2 given or authorised',
        found: 'dose dose-0, dose dose-2',
      },
    ]);
  });

  test('takes no container twice', () => {
    expect(codesOf(ask(two.with(complete), 1, first))).toEqual(['CONTAINER_TAKEN']);
  });

  test('counts each container that one dose was given from', () => {
    const pooled = dose({
      administrations: [given('complete'), { ...given('complete'), item: third }],
    });
    expect(codesOf(ask(two.with(pooled), 1, other))).toEqual(['ORDER_LINE_TAKEN']);
    expect(codesOf(ask(two.with(pooled), 2, first))).toEqual(['CONTAINER_TAKEN']);
    expect(codesOf(ask(two.with(pooled), 2, third))).toEqual(['CONTAINER_TAKEN']);
  });

  test('takes another in the place of one of which nothing was given', () => {
    const none = dose({ administrations: [given('not-started')] });
    expect(ask(two.with(none, second), 1, third)).toEqual([]);
  });

  test('counts what was given under an authorisation for something else', () => {
    const mixed = dose({ administrations: [{ ...given('complete'), item: third }] });
    expect(ask(two.with(mixed), 1, first)).toEqual([]);
    expect(codesOf(ask(two.with(mixed), 1, third))).toEqual(['CONTAINER_TAKEN']);
  });

  test('takes nothing once another line stands in its place, or it was entered in error', () => {
    const further = (rest: object) =>
      two.change('therapy', COI, ({ orderLines, ...therapy }) => ({
        ...therapy,
        orderLines: orderLines.map((line) => (line.dose === 2 ? { ...line, ...rest } : line)),
      }));
    expect(ask(further({ replaces: 1 }))).toMatchObject([
      { code: 'ORDER_LINE_REPLACED', found: 'dose line 2' },
    ]);
    expect(ask(further({ replaces: 1 }), 2)).toEqual([]);
    const mistaken = further({ replaces: 1, annulled: signed('hospital.pharmacist') });
    expect(codesOf(ask(mistaken, 2))).toEqual(['DOSE_NOT_ORDERED']);
    expect(codesOf(ask(mistaken, 1))).toEqual(['ORDER_LINE_REPLACED']);
  });
});

describe('a line that stands in the place of another', () => {
  const replaced = honest().change('therapy', COI, ({ orderLines, ...therapy }) => ({
    ...therapy,
    orderLines: orderLines.map((line) => (line.dose === 2 ? { ...line, replaces: 1 } : line)),
  }));

  test('takes nothing more once it is told that the other was given after all', () => {
    const unused = dose({ authorised: signed('hospital.clinician') });
    const later = addMinutes(NOW, 90);
    expect(ask(replaced.with(unused), 2, other, later)).toEqual([]);
    const told = dose({ administrations: [given('complete')] });
    expect(ask(replaced.with(told), 2, other, later)).toMatchObject([
      {
        ...{ code: 'ORDER_LINE_TAKEN', expected: 'at most 0 given or authorised' },
        found: 'what it replaces',
      },
    ]);
    const interrupted = dose({ administrations: [given('interrupted')] });
    expect(ask(replaced.with(interrupted), 2, other, later)).toEqual([]);
  });

  test('waits while something stands authorised for the other that was found again', () => {
    expect(ask(replaced.with(dose()), 2)).toMatchObject([
      { code: 'ORDER_LINE_TAKEN', found: 'dose dose-0' },
    ]);
  });
});

describe('a container', () => {
  test('serves one line: authorised for line 1, it is not for line 2', () => {
    expect(codesOf(ask(honest().with(dose()), 2, first))).toEqual(['CONTAINER_TAKEN']);
  });

  test('serves another line when nothing of it was given', () => {
    const story = honest().with(dose({ administrations: [given('not-started')] }));
    expect(ask(story, 2, first)).toEqual([]);
  });

  test('serves another line when what was told of it was entered in error, which gives no line back', () => {
    const mistaken = { ...given('complete'), annulled: signed('manufacturer.quality') };
    const told = dose({ administrations: [mistaken] });
    Reflect.deleteProperty(told, 'authorised');
    expect(ask(honest().with(told), 2, first)).toEqual([]);
    expect(codesOf(ask(honest().with(told), 1))).toEqual(['ORDER_LINE_TAKEN']);
    const standing = honest().with(dose({ administrations: [mistaken] }));
    expect(codesOf(ask(standing, 2, first))).toEqual(['CONTAINER_TAKEN']);
  });

  test('that nobody knows to be gone is asked about under its own name only', () => {
    expect(ask(honest().with(dose({ item: din(50) })), 2, first)).toEqual([]);
  });
});

describe('an authorisation', () => {
  const until = (at: string, time: string) =>
    authorisedUntil(honest().whole(), { item: first, authorised: { ...signed('x'), at, time } });

  test('stands for the process’s minutes from its effective time, which a signer can only shorten', () => {
    expect(until(NOW, NOW)).toBe(addMinutes(NOW, 60));
    expect(until(addMinutes(NOW, -10), NOW)).toBe(addMinutes(NOW, 50));
    expect(until(addMinutes(NOW, 2), NOW)).toBe(addMinutes(NOW, 60));
  });
});
