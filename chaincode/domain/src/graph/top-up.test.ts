import { describe, expect, test } from '@jest/globals';
import { COI, NOW, signed } from '../example.fixture.js';
import type { Deviation } from '../nouns/deviation.js';
import type { StepReport } from '../nouns/step.js';
import { addMinutes } from '../values/time.js';
import { done, honest, own, type Story, THINGS } from './honest-therapy.fixture.js';
import { nameOfAttempt } from './links.js';
import { findingsInSum } from './top-up.js';

const [MORE, FOUND] = [addMinutes(NOW, 30), addMinutes(NOW, 60)];

/** Coverage too low in these attempts at sequencing. */
const tooLittle = (...attempts: readonly number[]): Deviation => ({
  noun: 'deviation',
  scope: { kind: 'therapy', id: COI },
  id: 'D1',
  code: 'RESULT_OUT_OF_LIMITS',
  classification: 'major',
  subjects: attempts.map((attempt) => ({
    ref: { kind: 'step', coi: COI, id: 'sequencing', attempt },
  })),
  found: 'coverage-tumour',
  opened: signed('lab.technician'),
});

/** A second attempt half an hour after the first, in the same run. */
const again = (rest: Partial<StepReport> = {}): Story =>
  honest().with(
    done('sequencing/2', 'lab.technician', {
      ...{ inputs: [own(THINGS.dna)], run: 'run-1', at: MORE, time: MORE },
      ...rest,
    }),
  );

/** The same, of whose run the laboratory found later that its controls failed. */
const failed = (story: Story): Story =>
  story.change('run', 'run-1', {
    failures: [{ ...signed('lab.head'), at: FOUND, time: FOUND, reason: 'controls-failed' }],
  });

/** What of the sum that an attempt reported something was found of. */
function found(story: Story, name: string): readonly string[] {
  const whole = story.whole();
  const attempt = whole.attempts.get(name);
  if (!attempt) throw new Error(`no attempt ${name}`);
  return findingsInSum(whole, attempt).map(nameOfAttempt);
}

describe('what an attempt gave together with others', () => {
  test('holds what was too little before it, or at the same time', () => {
    expect(found(failed(again().with(tooLittle(1))), 'sequencing/2')).toEqual(['sequencing/1']);
    const atOnce = again({ at: NOW, time: NOW }).with(tooLittle(1));
    expect(found(failed(atOnce), 'sequencing/2')).toEqual(['sequencing/1']);
  });

  test('holds neither itself nor what came later', () => {
    const both = failed(again().with(tooLittle(1, 2)));
    expect(found(both, 'sequencing/1')).toEqual([]);
    expect(found(both, 'sequencing/2')).toEqual(['sequencing/1']);
  });

  test('holds nothing of another thing', () => {
    const other = again({ inputs: [own(THINGS.secondBlood)] }).with(tooLittle(1));
    expect(found(failed(other), 'sequencing/2')).toEqual([]);
  });

  test('is a sum as long as nothing was found of any run', () => {
    expect(found(again().with(tooLittle(1)), 'sequencing/2')).toEqual([]);
  });
});
