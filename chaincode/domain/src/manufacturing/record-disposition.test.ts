import { describe, expect, test } from '@jest/globals';
import { actor, COI, command, context, DIGEST } from '../example.fixture.js';
import { failed, investigation, retest } from '../gates/retest.fixture.js';
import { type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import { dataset, NOW, signed } from '../example.fixture.js';
import { done, honest, own } from '../graph/honest-therapy.fixture.js';
import type { Deviation } from '../nouns/deviation.js';
import type { RunFailure } from '../nouns/run.js';
import type { Signed } from '../nouns/signed.js';
import type { DeviationCode } from '../values/deviation-codes.js';
import { addMinutes } from '../values/time.js';
import type { RunFailureReason } from '../values/words.js';
import { decideDisposition } from './record-disposition.js';

const reviewer = actor('manufacturer.reviewer', 'ManufacturerMSP', 'quality');

/** What quality is told that permits the use of an attempt after a deviation of one of its checks. */
function permit(
  story: Story,
  code: DeviationCode,
  found: string,
  name: string,
  opened: Partial<Signed> = {},
  person?: string,
) {
  const [id = '', number] = name.split('/');
  const ref = { kind: 'step', coi: COI, id, attempt: Number(number) } as const;
  const attempt = story.find('step', name);
  const { report } = attempt;
  if (!report) throw new Error('no report');
  const deviation: Deviation = {
    noun: 'deviation',
    scope: { kind: 'therapy', id: COI },
    id: 'D1',
    code,
    classification: 'critical',
    subjects: [{ ref }],
    found,
    opened: { ...report, ...opened },
  };
  const decision = decideDisposition(
    { deviation, thing: attempt, whole: story.whole() },
    command(reviewer.id, { coi: COI, deviation: 'D1', subject: ref, decision: 'permit-use' }),
    context(reviewer, { person }),
  );
  return decision.decision === 'refused' ? decision.reasons : [];
}

/** Every report is another command, as on a ledger. */
function told(story: Story, name: string): Story {
  return story.report(name, { command: `${'R'.repeat(42)}A` });
}

describe('a disposition', () => {
  test('is not given by who caused the deviation, under whatever actor', () => {
    const by = (person?: string) =>
      permit(honest(), 'LATE_ENTRY', '', 'release-tests/1', { person: DIGEST }, person).map(
        ({ code }) => code,
      );
    expect(by()).toEqual([]);
    expect(by(DIGEST)).toEqual(['SAME_PERSON']);
  });
});

describe('a disposition after a failed check', () => {
  test('permits nothing of identity or safety, until a planned retest stands for the check', () => {
    for (const [code, check] of [
      ['SAFETY_CHECK_FAILED', 'sterility'],
      ['IDENTITY_CHECK_FAILED', 'identity-by-sequencing'],
    ] as const) {
      const story = told(failed(check), 'release-tests/1');
      const again = story.with(retest());
      expect(permit(again, code, check, 'release-tests/1')).toHaveLength(1);
      const stands = again.with(investigation({}, { check }));
      expect(permit(stands, code, check, 'release-tests/1')).toEqual([]);
    }
  });

  test('of a run whose own controls failed, as two say, is investigated, whatever it was: that they did may be an error', () => {
    const story = told(failed(), 'release-tests/1').report('release-tests/1', { run: 'run-1' });
    const of = ['SAFETY_CHECK_FAILED', 'sterility', 'release-tests/1'] as const;
    const confirmed = { ...signed('lab.deputy'), controls: DIGEST };
    const found = (reason: RunFailureReason, rest: Partial<RunFailure> = {}) =>
      story.change('run', 'run-1', { failures: [{ ...signed('lab.head'), reason, ...rest }] });
    expect(permit(found('controls-failed', { confirmed }), ...of)).toMatchObject([
      { code: 'INVESTIGATION_MISSING' },
    ]);
    // of two reports that one alone which was in that run
    const command = `${'L'.repeat(42)}A`;
    const later = { ...signed('manufacturer.tester'), command, lots: [], verdicts: [] };
    const two = found('controls-failed', { confirmed })
      .report('release-tests/1', { run: 'run-2' })
      .change('step', 'release-tests/1', { repeated: [{ ...later, run: 'run-1' }] });
    expect(permit(two, ...of, { command })).toMatchObject([{ code: 'INVESTIGATION_MISSING' }]);
    const annulled = signed('lab.quality');
    for (const other of [
      found('controls-failed'),
      found('controls-failed', { confirmed, annulled }),
      found('sample-sheet-mixed'),
      found('index-hopping'),
      two,
    ])
      expect(permit(other, ...of)).toMatchObject([{ code: 'SAFETY_NOT_BY_DISPOSITION' }]);
  });

  test('says what leads on, as the process has it of the check', () => {
    const story = told(failed('identity-by-sequencing'), 'release-tests/1');
    expect(
      permit(story, 'IDENTITY_CHECK_FAILED', 'identity-by-sequencing', 'release-tests/1'),
    ).toMatchObject([{ code: 'IDENTITY_NOT_BY_DISPOSITION', expected: 'anew from transcription' }]);
  });

  test('of a coverage that was topped up to a sum that passes needs no investigation', () => {
    const story = told(
      honest().judge('sequencing/1', { 'coverage-tumour': 'fail' }),
      'sequencing/1',
    );
    const of = ['RESULT_OUT_OF_LIMITS', 'coverage-tumour', 'sequencing/1'] as const;
    expect(permit(story, ...of)).toMatchObject([{ code: 'INVESTIGATION_MISSING' }]);
    const at = addMinutes(NOW, 60);
    const more = story.with(
      done('sequencing/2', 'lab.technician', {
        inputs: [own(THINGS.dna)],
        datasets: ['more'],
        at,
        time: at,
        command: DIGEST,
      }),
      dataset({ id: 'more', producedBy: { step: 'sequencing', attempt: 2 } }),
    );
    expect(permit(more, ...of)).toEqual([]);
    const q30 = ['RESULT_OUT_OF_LIMITS', 'q30', 'sequencing/1'] as const;
    expect(permit(more, ...q30)).toMatchObject([{ code: 'INVESTIGATION_MISSING' }]);
  });
});
