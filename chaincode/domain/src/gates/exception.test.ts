import { describe, expect, test } from '@jest/globals';
import {
  ACCEPTED,
  exceptionIn,
  OUTSIDE,
  request,
  reviewer,
  supplied,
} from '../care/exception.fixture.js';
import { DIGEST, signed } from '../example.fixture.js';
import type { Exception } from '../nouns/exception.js';
import type { Reason } from '../nouns/reason.js';
import { areExcepted, isEvaluatedOf, isExceptable, missingFrom, notExcepted } from './exception.js';

describe('what an exception stands for', () => {
  const own = OUTSIDE.find('batch', 'batch-1');
  const second = { ...own, id: 'batch-2' };
  const batches = [own, second];
  const [released, sterile] = [
    { code: 'BATCH_NOT_RELEASED', subject: 'batch batch-1' },
    { code: 'CHECK_FAILED', subject: 'step release-tests/1', expected: 'sterility' },
  ] as const;
  const covered = (batch: string, reasons: readonly Reason[]): Exception => ({
    ...ACCEPTED,
    ...{ batch, id: `exception of ${batch}` },
    evaluated: {
      ...signed(reviewer.id),
      ...{ finding: 'supply', investigation: DIGEST, covered: [...reasons] },
    },
  });
  const rest = (exceptions: readonly Exception[], of = batches) =>
    notExcepted(OUTSIDE.with(second, ...exceptions).whole(), of, [released, sterile]);

  test('is a missing certification, or a failed check of safety or its deviation, and nothing else', () => {
    const deviating = (found: string) => isExceptable({ code: 'DEVIATION_OPEN', found });
    expect([deviating('SAFETY_CHECK_FAILED'), deviating('IDENTITY_CHECK_FAILED')]).toEqual([
      true,
      false,
    ]);
    expect(isExceptable({ code: 'ON_HOLD' })).toBe(false);
  });

  test('is of each of several batches its own, and of what is behind all of them what each covers', () => {
    const first = covered('batch-1', [released, sterile]);
    expect(rest([])).toEqual([released, sterile]);
    expect(rest([first], [])).toEqual([released, sterile]);
    expect(rest([first])).toEqual([sterile]);
    expect(rest([first, covered('batch-2', [sterile])])).toEqual([]);
    expect(rest([covered('batch-2', [released, sterile])], [own])).toEqual([released, sterile]);
  });

  test('is told from another by what it is about and what was found, however far an investigation is', () => {
    const deviation = { code: 'DEVIATION_OPEN', subject: 'item A', expected: 'settled' } as const;
    const [one, other] = [
      { ...deviation, found: 'SAFETY_CHECK_FAILED' },
      { ...deviation, found: 'SEAL_MISMATCH' },
    ];
    expect(missingFrom([one], [one, other])).toEqual([other]);
    const elsewhere = { ...one, subject: 'item B' };
    expect(missingFrom([one], [elsewhere])).toEqual([elsewhere]);
    expect(missingFrom([sterile], [{ ...sterile, found: 'safety open' }])).toEqual([]);
  });

  test('is that of one that was evaluated', () => {
    expect(isEvaluatedOf(exceptionIn(request()), own)).toBe(false);
  });

  test('is supplied under it where one of several batches is, certified or not', () => {
    const story = supplied.with({ ...second, certification: signed('x') });
    const [certified] = [story.find('batch', 'batch-2')];
    expect(areExcepted(story.whole(), [own, certified])).toBe(true);
    expect(areExcepted(OUTSIDE.whole(), [own])).toBe(false);
    expect(areExcepted(supplied.judge('release-tests/1', {}).whole(), [own])).toBe(true);
  });
});
