import { describe, expect, test } from '@jest/globals';
import { dataset, din, item, signed } from '../example.fixture.js';
import { upstreamOf } from '../graph/upstream.js';
import {
  codesOf,
  done,
  honest,
  own,
  SECOND_VIAL,
  secondBatch,
  THINGS,
  verdictsOf,
} from '../graph/honest-therapy.fixture.js';
import type { Investigation } from '../nouns/investigation.js';
import { addMinutes } from '../values/time.js';
import { against, reasonsAgainst } from './dose-gate.fixture.js';
import { reasonsOfEvidence } from './evidence.js';
import {
  BEFORE,
  conclusionOf,
  failed,
  investigation,
  LATER,
  retest,
  TESTER,
} from './retest.fixture.js';

const { sampleVial, retainedVial, vials } = THINGS;

/** What the gates say after this retest and this investigation. */
const after = (
  attempts: readonly ReturnType<typeof retest>[] = [retest()],
  of: Investigation = investigation(),
) => against(failed().with(...attempts, of));
const outcome = (verdict: 'fail' | 'missing') => ({
  verdicts: verdictsOf('release-tests', { sterility: verdict }),
});

describe('a retest', () => {
  test('stands for a check that failed by a cause in the laboratory, if it was done as planned', () => {
    expect(against(failed())).toEqual(['CHECK_FAILED']);
    expect(against(failed().with(retest()))).toEqual(['CHECK_FAILED']);
    expect(after()).toEqual([]);
  });

  test.each([
    ['was done before it was planned', retest('release-tests/2', { at: BEFORE })],
    ['was reported before it was planned', retest('release-tests/2', { time: BEFORE })],
    [
      'was begun before it was planned',
      {
        ...retest(),
        permission: { ...signed(TESTER), at: BEFORE, time: BEFORE, inputs: [], datasets: [] },
      },
    ],
    ['another analyst did', retest('release-tests/2', {}, 'manufacturer.other')],
    ['was done on another sample', retest('release-tests/2', { inputs: [own(sampleVial)] })],
    [
      'took another sample besides',
      retest('release-tests/2', { inputs: [sampleVial, retainedVial].map(own) }),
    ],
    ['was done on nothing', retest('release-tests/2', { inputs: [] })],
    ['made something', retest('release-tests/2', { outputs: [din(70)] })],
    ['did not pass', retest('release-tests/2', outcome('fail'))],
    ['came to no result', retest('release-tests/2', outcome('missing'))],
    [
      'failed when it was reported once more',
      { ...retest(), repeated: [{ ...signed(TESTER), ...outcome('fail'), lots: [] }] },
    ],
  ])('that %s stands for nothing', (_name, attempt) => {
    expect(after([attempt])).toEqual(['CHECK_FAILED']);
  });

  test.each(['annulled', 'rejected'] as const)('that was %s stands for nothing', (kind) => {
    const blockers = [{ kind, id: 'D1', code: 'ENTERED_IN_ERROR' }];
    expect(after([{ ...retest(), blockers }])).toEqual(['CHECK_FAILED']);
  });

  test('stands no more once the check is told to have failed again since the investigation ended', () => {
    const again = (time: string) =>
      failed()
        .with(retest(), investigation())
        .change('step', 'release-tests/1', (attempt) => ({
          ...attempt,
          repeated: [{ ...signed(TESTER), ...outcome('fail'), lots: [], at: time, time }],
        }));
    expect(against(again(BEFORE))).toEqual([]);
    expect(against(again(LATER))).toEqual(['CHECK_FAILED']);
    const later = addMinutes(LATER, 2);
    const concluded = conclusionOf('laboratory', 3);
    const anew = investigation(
      {},
      {
        id: 'INV-0',
        phases: investigation().phases.map((each) => ({ ...each, time: addMinutes(LATER, 1) })),
        conclusion: {
          ...concluded,
          signatures: concluded.signatures.map((each) => ({ ...each, time: later })),
        },
      },
    );
    const third = retest('release-tests/3', { at: later, time: later });
    expect(against(again(LATER).with(third, anew))).toEqual([]);
  });

  test('of fewer attempts than were planned, or of more, stands for nothing', () => {
    const two = (...named: readonly number[]) =>
      investigation({ number: 2 }, { conclusion: conclusionOf('laboratory', ...named) });
    const third = retest('release-tests/3');
    expect(after([retest()], two(2))).toEqual(['CHECK_FAILED']);
    expect(after([retest(), third], two(2, 3))).toEqual([]);
    const more = investigation({}, { conclusion: conclusionOf('laboratory', 2, 3) });
    expect(after([retest(), third], more)).toEqual(['CHECK_FAILED']);
    expect(after([retest()], two(2, 3))).toEqual(['CHECK_FAILED']);
  });

  test('of which one failed stands for nothing', () => {
    const two = investigation({ number: 2 }, { conclusion: conclusionOf('laboratory', 2, 3) });
    const third = retest('release-tests/3', outcome('fail'));
    expect(after([retest(), third], two)).toEqual(['CHECK_FAILED']);
  });

  test('is of every sample that was planned', () => {
    const both = { items: [retainedVial, vials[2]] };
    expect(after([retest()], investigation(both))).toEqual(['CHECK_FAILED']);
  });

  test('is of samples of what failed, whatever was planned', () => {
    const story = failed().with(...secondBatch());
    const of = investigation(
      { items: [SECOND_VIAL] },
      { conclusion: conclusionOf('laboratory', 3) },
    );
    const other = retest('release-tests/3', { inputs: [own(SECOND_VIAL)] });
    expect(against(story.with(other, of))).toEqual(['CHECK_FAILED']);
  });

  test('is of nothing else besides, neither as a second sample nor pooled into one', () => {
    const pool = item({
      ...{ id: din(70), kind: 'vial' },
      parents: [retainedVial, SECOND_VIAL].map(own),
    });
    const story = failed().with(...secondBatch(), pool);
    const planned = (...items: readonly string[]) => {
      const on = { inputs: items.map(own) };
      const of = investigation(
        { items: [...items] },
        { conclusion: conclusionOf('laboratory', 3) },
      );
      return against(story.with(retest('release-tests/3', on), of));
    };
    expect(planned(retainedVial)).toEqual([]);
    expect(planned(retainedVial, vials[2])).toEqual([]);
    expect(planned(retainedVial, SECOND_VIAL)).toEqual(['CHECK_FAILED']);
    expect(planned(pool.id)).toEqual(['CHECK_FAILED']);
  });

  test.each(['process', 'none'] as const)('stands for nothing with the cause %s', (cause) => {
    const of = investigation({}, { conclusion: conclusionOf(cause, 2) });
    expect(after([retest()], of)).toEqual(['CHECK_FAILED']);
  });

  test('stands for nothing while the investigation is open, lacks a signature, or was a mistake', () => {
    const { conclusion, ...open } = investigation();
    expect(after([retest()], open)).toEqual(['CHECK_FAILED']);
    const { concluded, ...half } = conclusionOf('laboratory', 2);
    expect(concluded).toBeDefined();
    const missing = [{ organisation: 'LabMSP', roles: ['quality' as const] }];
    const waits = investigation({}, { conclusion: { ...half, missing } });
    expect(after([retest()], waits)).toEqual(['CHECK_FAILED']);
    const mistaken = investigation({}, { annulled: signed('manufacturer.reviewer') });
    expect(conclusion).toBeDefined();
    expect(after([retest()], mistaken)).toEqual(['CHECK_FAILED']);
  });

  test('stands for no other check, and for no other attempt', () => {
    const both = honest().judge('release-tests/1', { sterility: 'fail', endotoxin: 'fail' });
    expect(against(both.with(retest(), investigation()))).toEqual(['CHECK_FAILED']);
    const twice = retest('release-tests/3', { inputs: [own(sampleVial)], ...outcome('fail') });
    expect(after([retest(), twice])).toEqual(['CHECK_FAILED']);
  });

  test('of a check without a plan stands for nothing', () => {
    const phases = [{ ...signed('manufacturer.reviewer'), phase: 'laboratory' as const }];
    expect(after([retest()], investigation({}, { phases }))).toEqual(['CHECK_FAILED']);
  });

  test('is planned anew by the full phase, and what was done before that is no retest then', () => {
    const by = signed('manufacturer.reviewer');
    const { phases } = investigation();
    const plan = phases[0]?.retest;
    const inFull = (time: string, planned: boolean) => {
      const full = { ...by, time, phase: 'full' as const };
      const next = planned && plan ? { ...full, retest: plan } : full;
      return after([retest()], investigation({}, { phases: [...phases, next] }));
    };
    expect(inFull(LATER, true)).toEqual([]);
    expect(inFull(NEXT_DAY, true)).toEqual(['CHECK_FAILED']);
    expect(inFull(NEXT_DAY, false)).toEqual([]);
  });
});

const NEXT_DAY = '2026-11-23T13:00:00.000Z';

describe('a failed check whose report was entered in error', () => {
  const annulled = () =>
    failed().change('step', 'release-tests/1', {
      blockers: [{ kind: 'annulled', id: 'A.x', code: 'ENTERED_IN_ERROR' }],
    });

  test('stays failed', () => {
    expect(against(annulled().with(retest()))).toContain('CHECK_FAILED');
  });

  test('is stood for by a planned retest alone', () => {
    expect(against(annulled().with(retest(), investigation()))).toEqual([]);
  });

  test('says nothing more where none of its checks failed', () => {
    const story = annulled().judge('release-tests/1', {});
    expect(against(story.with(retest()))).toEqual([]);
    expect(against(story)).toEqual(['NOT_TESTED']);
  });
});

describe('what the gates say of a failed check', () => {
  const found = (of: Investigation | undefined, check = 'sterility') =>
    reasonsAgainst(failed(check).with(...(of ? [of] : []))).map((reason) => reason.found);

  test('names the investigation, open or concluded', () => {
    expect(found(undefined)).toEqual(['safety failed']);
    const { conclusion, ...open } = investigation();
    expect(conclusion?.cause).toBe('laboratory');
    expect(found(open)).toEqual(['safety failed, investigation INV-1, laboratory phase open']);
    const none = investigation({}, { conclusion: conclusionOf('none') });
    expect(found(none)).toEqual(['safety failed, investigation INV-1, concluded, cause: none']);
    const { concluded, ...half } = conclusionOf('laboratory');
    expect(concluded).toBeDefined();
    expect(found(investigation({}, { conclusion: half }))).toEqual([
      'safety failed, investigation INV-1, laboratory phase open, a signature missing',
    ]);
  });

  test('names it of a result that is missing too', () => {
    const story = honest().judge('calling/1', { concordance: 'missing' });
    const into = investigation({}, { step: 'calling', check: 'concordance' });
    const { conclusion, ...open } = into;
    expect(conclusion).toBeDefined();
    expect(reasonsAgainst(story.with(open))).toMatchObject([
      { code: 'RESULT_MISSING', found: expect.stringContaining('investigation INV-1') },
    ]);
  });

  test('says what leads on from a failed identity', () => {
    expect(reasonsAgainst(failed('identity-by-sequencing'))).toMatchObject([
      {
        code: 'CHECK_FAILED',
        expected: 'identity-by-sequencing passed, or anew from transcription',
      },
    ]);
  });
});

describe('a check of identity that failed', () => {
  test('of data is stood for by a planned retest of the same files', () => {
    const { fastq, ...again } = onFiles();
    const story = honest().judge('calling/1', { concordance: 'fail' });
    expect(against(story.with(again.attempt))).toEqual(['CHECK_FAILED']);
    expect(against(story.with(again.attempt, again.investigation))).toEqual([]);
    const some = done('calling/2', 'lab.designer', {
      inputDatasets: fastq.slice(1),
      at: LATER,
      time: LATER,
    });
    expect(against(story.with(some, again.investigation))).toEqual(['CHECK_FAILED']);
  });

  test('of data is stood for by an original sample that was sequenced again, with no fresh one', () => {
    const story = honest().judge('calling/1', { concordance: 'fail' });
    const again = [
      done('sequencing/2', 'lab.technician', { inputs: [own(THINGS.dna)], datasets: ['fastq-2'] }),
      dataset({ id: 'fastq-2', producedBy: { step: 'sequencing', attempt: 2 } }),
    ];
    const on = { at: LATER, time: LATER, inputDatasets: ['fastq-2'] };
    const of = onFiles({ items: [THINGS.dna], datasets: [] }).investigation;
    const called = done('calling/2', 'lab.designer', on);
    expect(against(story.with(...again, called, of))).toEqual([]);
    const vial = onFiles({ items: [retainedVial], datasets: [] }).investigation;
    expect(against(story.with(...again, called, vial))).toEqual(['CHECK_FAILED']);
  });

  test('of what a step made is stood for by testing that again, and not what it was made of', () => {
    const story = honest().judge('transcription/1', { identity: 'fail' });
    const tested = (id: string) => {
      const at = { step: 'transcription', check: 'identity' };
      const conclusion = {
        ...conclusionOf('laboratory'),
        retests: [{ step: 'transcription', attempt: 2 }],
      };
      const on = { inputs: [own(id)], at: LATER, time: LATER };
      return story.with(
        done('transcription/2', TESTER, on),
        investigation({ items: [id] }, { ...at, conclusion }),
      );
    };
    expect(against(tested(THINGS.drugSubstance))).toEqual([]);
    expect(against(tested(THINGS.template))).toEqual(['CHECK_FAILED']);
  });

  test('reaches what is made anew of what it compared, until one of its steps is done anew', () => {
    const refilled = failed('identity-by-sequencing').with(
      ...secondBatch().map((each) =>
        each.noun === 'step' && each.step === 'fill-finish' && each.report
          ? { ...each, report: { ...each.report, inputs: [own(THINGS.drugSubstance)] } }
          : each,
      ),
    );
    const prepared = (story: typeof refilled) =>
      against(story.change('item', THINGS.dose, { parents: [own(SECOND_VIAL)] }));
    const sterile = failed().with(...secondBatch());
    expect(prepared(failed('identity-by-sequencing').with(...secondBatch()))).toEqual([]);
    expect(prepared(refilled)).toContain('CHECK_FAILED');
    expect(prepared(sterile)).toEqual([]);
  });

  test('stops a step on what it compared, unless an open investigation plans a retest', () => {
    const story = honest().judge('calling/1', { concordance: 'fail' });
    const { conclusion, ...open } = onFiles().investigation;
    expect(conclusion).toBeDefined();
    const starting = (step: string | undefined, of?: Investigation, from = story) => {
      const whole = from.with(...(of ? [of] : [])).whole();
      const on = upstreamOf(whole, [{ kind: 'item', ...own(THINGS.dna) }]);
      return codesOf(reasonsOfEvidence(whole, on, step));
    };
    expect(starting('sequencing')).toEqual(['CHECK_FAILED']);
    expect(starting('sequencing', open)).toEqual([]);
    expect(starting('calling')).toEqual([]);
    expect(starting(undefined, open)).toEqual(['CHECK_FAILED']);
    const both = honest().judge('calling/1', { concordance: 'fail', contamination: 'fail' });
    expect(starting('sequencing', open, both)).toEqual(['CHECK_FAILED']);
    expect(starting('sequencing', { ...open, conclusion: conclusionOf('none') })).toEqual([
      'CHECK_FAILED',
    ]);
    const [phase] = open.phases;
    const { retest: plan, ...without } = phase ?? { ...signed('x'), phase: 'laboratory' as const };
    expect(plan).toBeDefined();
    expect(starting('sequencing', { ...open, phases: [without] })).toEqual(['CHECK_FAILED']);
  });
});

/** Calling again on the same files, with the investigation that planned it. */
function onFiles(plan: Parameters<typeof investigation>[0] = {}) {
  const fastq = ['tumour-fastq', 'normal-fastq', 'genotype'];
  const on = { items: [], datasets: fastq, analyst: 'lab.designer', ...plan };
  const conclusion = { ...conclusionOf('laboratory'), retests: [{ step: 'calling', attempt: 2 }] };
  return {
    fastq,
    attempt: done('calling/2', 'lab.designer', { inputDatasets: fastq, at: LATER, time: LATER }),
    investigation: investigation(on, { step: 'calling', check: 'concordance', conclusion }),
  };
}
