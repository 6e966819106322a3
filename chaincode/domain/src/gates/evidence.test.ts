import { describe, expect, test } from '@jest/globals';
import { attempt, dataset, din, item, OTHER_COI, sample, signed } from '../example.fixture.js';
import {
  areSamplesOf,
  evidenceOf,
  isDoneOn,
  isDoneWithin,
  shareSubject,
  upstreamWithTests,
} from '../graph/evidence.js';
import { nameOfAttempt } from '../graph/links.js';
import { upstreamOf } from '../graph/upstream.js';
import {
  codesOf,
  DEVIATION,
  done,
  honest,
  made,
  own,
  SECOND_SUBSTANCE,
  SECOND_VIAL,
  secondBatch,
  type Story,
  THINGS,
  verdictsOf,
} from '../graph/honest-therapy.fixture.js';
import { against } from './dose-gate.fixture.js';
import { reasonsOfEvidence } from './evidence.js';

const { sampleVial, retainedVial, vials } = THINGS;
/** A design that rests on what was called again. */
const AGAIN = { datasets: ['n-2'], ranking: { step: 'ranking', attempt: 2 } };
const FILES = ['tumour-fastq', 'normal-fastq', 'genotype'];

/** The honest release tests as a second attempt, after a first one on another sample of that fill. */
function testedTwice(first: Parameters<typeof verdictsOf>[1]): Story {
  return honest()
    .without('step', 'release-tests/1')
    .with(
      done('release-tests/1', 'manufacturer.tester', {
        inputs: [own(sampleVial)],
        verdicts: verdictsOf('release-tests', first),
      }),
      done('release-tests/2', 'manufacturer.tester', {
        inputs: [own(retainedVial)],
        batch: 'batch-1',
      }),
    );
}

/** The honest calling as a second attempt, after a first one on some files. */
function calledTwice(
  first: Parameters<typeof verdictsOf>[1],
  inputDatasets: readonly string[] = FILES,
): Story {
  return honest().with(
    done('calling/2', 'lab.designer', {
      inputDatasets: [...inputDatasets],
      verdicts: verdictsOf('calling', first),
    }),
  );
}

describe('testing into compliance', () => {
  test.each(['sterility', 'endotoxin', 'identity-by-sequencing'])(
    'does not lead on after %s failed, in an attempt that names no batch',
    (check) => {
      expect(against(testedTwice({ [check]: 'fail' }))).toEqual(['CHECK_FAILED']);
    },
  );

  test('does not lead on after a concordance of 0.52 on the same files', () => {
    expect(against(calledTwice({ concordance: 'fail' }))).toEqual(['CHECK_FAILED']);
  });

  test('does not lead on after some of the same files failed, or more of them', () => {
    const some = calledTwice({ contamination: 'fail' }, ['tumour-fastq', 'normal-fastq']);
    expect(against(some)).toEqual(['CHECK_FAILED']);
    const third = calledTwice({ concordance: 'fail' }, [...FILES, 'g-3']).with(...thirdSample());
    expect(against(third)).toEqual(['CHECK_FAILED']);
  });

  test('does not lead on by one fresh sample beside those that were compared', () => {
    const story = honest()
      .with(...thirdSample())
      .judge('calling/1', { concordance: 'fail' })
      .with(...calledAgain('tumour-fastq', 'normal-fastq', 'g-3'))
      .change('design', 'design-1', AGAIN);
    expect(against(story)).toEqual(['CHECK_FAILED']);
  });

  test('does not lead on by sequencing the same samples again, beside a fresh one', () => {
    const story = honest()
      .with(...thirdSample())
      .judge('calling/1', { concordance: 'fail' })
      .with(
        done('sequencing/2', 'lab.technician', {
          inputs: [own(THINGS.dna)],
          datasets: ['fastq-2'],
        }),
        dataset({ id: 'fastq-2', producedBy: { step: 'sequencing', attempt: 2 } }),
        ...calledAgain('fastq-2', 'g-3'),
      )
      .change('design', 'design-1', AGAIN);
    expect(against(story)).toEqual(['CHECK_FAILED']);
  });

  test('does not lead on after calling failed on other files of the same samples', () => {
    const again = honest().with(
      done('sequencing/2', 'lab.technician', {
        inputs: [own(THINGS.dna)],
        datasets: ['fastq-2'],
      }),
      dataset({ id: 'fastq-2', producedBy: { step: 'sequencing', attempt: 2 } }),
      done('calling/2', 'lab.designer', { inputDatasets: ['fastq-2'] }),
    );
    expect(against(again)).toEqual([]);
    expect(against(again.change('step', 'calling/2', DEVIATION))).toEqual(['DEVIATION_OPEN']);
  });

  test('does not lead on after an attempt that made nothing failed on the same template', () => {
    const attempt = (outputs: readonly string[]) =>
      honest().with(
        done('transcription/2', 'manufacturer.operator', {
          inputs: [own(THINGS.template)],
          outputs: [...outputs],
          verdicts: verdictsOf('transcription', { endotoxin: 'fail' }),
        }),
      );
    expect(against(attempt([]))).toEqual(['CHECK_FAILED']);
    expect(against(attempt([din(50)]))).toEqual([]);
  });

  test('does not lead on by a failed test whose result quality disposed of', () => {
    expect(against(honest().judge('transcription/1', { identity: 'fail' }))).toEqual([
      'CHECK_FAILED',
    ]);
    expect(against(honest().judge('calling/1', { concordance: 'fail' }))).toEqual(['CHECK_FAILED']);
  });

  test('does not lead on by a passing report before the failing one of the same attempt', () => {
    const story = honest().change('step', 'release-tests/1', {
      repeated: [
        {
          ...signed('manufacturer.tester'),
          verdicts: verdictsOf('release-tests', { sterility: 'fail' }),
          lots: [],
        },
      ],
    });
    expect(against(story)).toEqual(['CHECK_FAILED']);
  });

  test('does not lead on by leaving the result out', () => {
    expect(against(honest().judge('calling/1', { concordance: 'missing' }))).toEqual([
      'RESULT_MISSING',
    ]);
    expect(against(honest().judge('transcription/1', { identity: 'missing' }))).toEqual([
      'RESULT_MISSING',
    ]);
  });

  test('does not lead on by pooling what nobody asked about with another that passed', () => {
    const story = honest()
      .with(...secondBatch())
      .judge('transcription/1', { identity: 'missing' })
      .report('fill-finish/1', { inputs: [THINGS.drugSubstance, SECOND_SUBSTANCE].map(own) });
    expect(against(story)).toEqual(['RESULT_MISSING']);
    const asked = story.judge('transcription/1', {});
    expect(against(asked)).toEqual([]);
  });

  test('does not lead on by an answer of other samples beside those that it was not given of', () => {
    const story = honest()
      .judge('calling/1', { concordance: 'missing' })
      .with(...collectedAgain())
      .report('ranking/1', { inputDatasets: ['variants', 'hla', 'variants-2'] });
    expect(against(story)).toEqual(['RESULT_MISSING']);
  });

  test('does not lead on for a design by a check of that name which another step has', () => {
    const check = { kind: 'conforms', code: 'self-similarity', class: 'information' } as const;
    const story = honest()
      .by((definition) => ({
        ...definition,
        steps: definition.steps.map((step) =>
          step.id === 'slot-booking' ? { ...step, checks: [check] } : step,
        ),
      }))
      .change('design', 'design-1', {
        verdicts: verdictsOf('design', { 'self-similarity': 'fail' }),
      });
    expect(against(story)).toEqual(['CHECK_FAILED']);
  });

  test('does not lead on for a design that is like the patient’s own proteins', () => {
    const judged = (verdict: 'fail' | 'missing') =>
      against(
        honest().change('design', 'design-1', {
          verdicts: verdictsOf('design', { 'self-similarity': verdict }),
        }),
      );
    expect(judged('fail')).toEqual(['CHECK_FAILED']);
    expect(judged('missing')).toEqual(['RESULT_MISSING']);
  });

  test('does not lead on by a batch that another attempt’s report names', () => {
    const story = honest().with(
      done('release-tests/2', 'manufacturer.tester', {
        inputs: [],
        batch: 'batch-1',
        verdicts: verdictsOf('release-tests', { sterility: 'fail' }),
      }),
    );
    expect(against(story)).toEqual(['CHECK_FAILED']);
  });

  test('does not lead on after a part of what the sample was taken from failed', () => {
    const part = item({ id: din(50), kind: 'vial', parents: [own(vials[1])] });
    const story = honest()
      .with(part)
      .with(
        done('release-tests/2', 'manufacturer.tester', {
          inputs: [own(part.id)],
          verdicts: verdictsOf('release-tests', { sterility: 'fail' }),
        }),
      );
    expect(against(story)).toEqual(['CHECK_FAILED']);
  });
});

describe('a test of what a dose was made of', () => {
  test('counts where no step after it asks for it', () => {
    const story = honest().with(
      done('genotyping/2', 'lab.technician', { inputs: [own(THINGS.blood)] }),
    );
    expect(against(story)).toEqual([]);
    expect(against(story.change('step', 'genotyping/2', DEVIATION))).toEqual(['DEVIATION_OPEN']);
  });

  test('counts nothing where it was done on something else', () => {
    const other = sample({ id: din(50), kind: 'blood-edta' });
    const story = honest()
      .with(other)
      .with(done('genotyping/2', 'lab.technician', { inputs: [own(other.id)] }))
      .change('step', 'genotyping/2', DEVIATION);
    expect(against(story)).toEqual([]);
  });

  test('of quality that failed stands until it is disposed of', () => {
    const failed = testedTwice({ potency: 'fail' });
    expect(against(failed.change('step', 'release-tests/1', DEVIATION))).toEqual([
      'DEVIATION_OPEN',
    ]);
    expect(against(failed)).toEqual([]);
  });

  test('that quality set aside stands for nothing, but that a check failed in it', () => {
    const blockers = [{ kind: 'rejected', id: 'D1', code: 'STEP_OUT_OF_ORDER' } as const];
    const aside = (first: Parameters<typeof verdictsOf>[1]) =>
      against(testedTwice(first).change('step', 'release-tests/1', { blockers }));
    expect(aside({})).toEqual([]);
    expect(aside({ potency: 'fail' })).toEqual(['REJECTED']);
  });

  test('is no reason against doing it again', () => {
    const story = honest().judge('release-tests/1', { sterility: 'fail' });
    const whole = story.whole();
    const on = upstreamOf(whole, [
      { kind: 'item', ...own(retainedVial) },
      { kind: 'batch', id: 'batch-1' },
    ]);
    expect(codesOf(reasonsOfEvidence(whole, on))).toEqual(['CHECK_FAILED']);
    expect(reasonsOfEvidence(whole, on, 'release-tests')).toEqual([]);
  });
});

describe('what leads on', () => {
  test('is an answer that another attempt on the same samples gives', () => {
    const pending = honest().judge('release-tests/1', { sterility: 'missing' });
    expect(against(pending)).toEqual(['NOT_TESTED']);
    const answered = pending.with(
      done('release-tests/2', 'manufacturer.tester', { inputs: [own(retainedVial)] }),
    );
    expect(against(answered)).toEqual([]);
    expect(against(calledTwice({}).judge('calling/1', { concordance: 'missing' }))).toEqual([]);
  });

  test('is a batch of its own after one that failed', () => {
    const story = honest()
      .with(...secondBatch())
      .judge('release-tests/1', { sterility: 'fail' });
    const prepared = (...of: readonly string[]) =>
      against(story.change('item', THINGS.dose, { parents: of.map(own) }));
    expect(prepared(SECOND_VIAL)).toEqual([]);
    expect(prepared(vials[0])).toEqual(['CHECK_FAILED']);
    expect(prepared(SECOND_VIAL, vials[0])).toEqual(['CHECK_FAILED']);
  });

  test('is a drug substance of its own after one that was another’s', () => {
    const story = honest()
      .with(...secondBatch())
      .judge('transcription/1', { identity: 'fail' })
      .change('item', THINGS.dose, { parents: [own(SECOND_VIAL)] });
    expect(against(story)).toEqual([]);
  });

  test('is more of what was too little, once quality has looked at it', () => {
    const topped = honest()
      .judge('sequencing/1', { 'coverage-tumour': 'fail' })
      .with(
        done('sequencing/2', 'lab.technician', {
          inputs: [own(THINGS.dna)],
          datasets: ['more-fastq'],
        }),
        dataset({ id: 'more-fastq', producedBy: { step: 'sequencing', attempt: 2 } }),
      )
      .report('calling/1', { inputDatasets: [...FILES, 'more-fastq'] });
    expect(against(topped)).toEqual([]);
    expect(against(topped.change('step', 'sequencing/1', DEVIATION))).toEqual(['DEVIATION_OPEN']);
  });

  test('is a new collection of everything after samples that were not the patient’s', () => {
    expect(against(recollected())).toEqual([]);
  });
});

function thirdSample() {
  const third = { by: 'hospital.third-collector', occasion: 'visit-3', confirmedBy: 'y' };
  return [
    sample({ id: din(60), kind: 'blood-edta', collected: third }),
    done('genotyping/3', 'lab.technician', { inputs: [own(din(60))], datasets: ['g-3'] }),
    dataset({ id: 'g-3', kind: 'genotype', producedBy: { step: 'genotyping', attempt: 3 } }),
  ];
}

/** New samples, with what was called on them beside the first. */
function collectedAgain() {
  const [tumour, blood, block, dna] = [din(61), din(62), din(63), din(64)];
  const visit = { by: 'hospital.collector', occasion: 'visit-4', confirmedBy: 'y' };
  return [
    ...thirdSample(),
    sample({ id: tumour, kind: 'tumour-ffpe', collected: visit }),
    sample({ id: blood, kind: 'blood-edta', collected: visit }),
    done('pathology/2', 'hospital.pathologist', { inputs: [own(tumour)], outputs: [block] }),
    made(block, 'block', 'pathology/2', [tumour]),
    done('extraction/2', 'lab.technician', {
      inputs: [block, blood].map(own),
      outputs: [dna],
    }),
    made(dna, 'dna', 'extraction/2', [block, blood]),
    done('sequencing/2', 'lab.technician', { inputs: [own(dna)], datasets: ['fastq-2'] }),
    dataset({ id: 'fastq-2', producedBy: { step: 'sequencing', attempt: 2 } }),
    ...calledAgain('fastq-2', 'g-3'),
  ];
}

/** The same therapy from new samples, after calling found that the first ones were two people's. */
function recollected(): Story {
  return honest()
    .judge('calling/1', { concordance: 'fail' })
    .with(...collectedAgain())
    .change('design', 'design-1', AGAIN);
}

/** Calling and ranking a second time, on these files. */
function calledAgain(...inputDatasets: readonly string[]) {
  return [
    done('calling/2', 'lab.designer', { inputDatasets, datasets: ['variants-2'] }),
    dataset({ id: 'variants-2', kind: 'vcf', producedBy: { step: 'calling', attempt: 2 } }),
    done('ranking/2', 'lab.designer', { inputDatasets: ['variants-2'], datasets: ['n-2'] }),
    dataset({ id: 'n-2', kind: 'neoantigens', producedBy: { step: 'ranking', attempt: 2 } }),
  ];
}

describe('evidence', () => {
  const names = (story: Story) => evidenceOf(story.whole(), story.upstream()).map(nameOfAttempt);
  const { block, dna, template } = THINGS;

  test('is what somebody reported of a step of the process, and nothing that was only begun', () => {
    const begun = attempt('release-tests', { attempt: 2 });
    const unheard = done('unheard/1', 'x', { inputs: [own(sampleVial)] });
    expect(names(honest().with(begun, unheard))).toEqual(['release-tests/1']);
  });

  test('is no attempt that made something, be it a thing and data', () => {
    const both = { inputs: [own(dna)], outputs: [din(91)], datasets: ['fastq-2'] };
    const story = honest().with(done('sequencing/2', 'lab.technician', both));
    expect(names(story)).toEqual(['release-tests/1']);
    const neither = honest().with(done('sequencing/2', 'lab.technician', { inputs: [own(dna)] }));
    expect(names(neither)).toEqual(['sequencing/2', 'release-tests/1'].sort());
  });

  test('is of this patient’s things, and of none with the same label in another therapy', () => {
    const inputs = [{ coi: OTHER_COI, id: block }];
    const story = honest().with(done('extraction/2', 'lab.technician', { inputs }));
    expect(names(story)).toEqual(['release-tests/1']);
  });

  test('is of one step where it shares no more than samples with another', () => {
    const whole = honest().whole();
    const [calling, ranking] = ['calling/1', 'ranking/1'].map((name) => whole.attempts.get(name));
    if (!calling || !ranking) throw new Error('not done');
    expect(shareSubject(whole, calling, calling)).toBe(true);
    expect(shareSubject(whole, calling, ranking)).toBe(false);
    expect(isDoneOn(whole, calling, { step: 'sequencing', attempt: 1 })).toBe(true);
    expect(isDoneOn(whole, calling, { step: 'pathology', attempt: 1 })).toBe(false);
    const within = (id: string) => isDoneWithin(whole, calling, honest().upstream(id));
    expect([within(THINGS.library), within(block)]).toEqual([true, false]);
  });

  test('is judged with everything upstream of it', () => {
    const whole = honest().whole();
    const links = [{ kind: 'item', ...own(THINGS.dose) }] as const;
    const { items, attempts } = upstreamWithTests(whole, links);
    expect(attempts.map(nameOfAttempt)).toContain('release-tests/1');
    expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining([THINGS.dose, sampleVial]));
  });

  test('is done anew on samples whose origin is known, and not on what goes round in a circle', () => {
    const circle = item({ id: din(92), parents: [own(din(92))] });
    const story = honest().with(circle);
    const attempt1 = story.find('step', 'release-tests/1');
    const are = (id: string) =>
      areSamplesOf(story.whole(), attempt1, { items: [id], datasets: [] });
    expect([retainedVial, template, circle.id, din(93)].map(are)).toEqual([
      ...[true, false, false, false],
    ]);
  });
});
