import { describe, expect, test } from '@jest/globals';
import { commandOf, signedLater } from '../alerts/given.fixture.js';
import { COI, dataset, NOW, signed } from '../example.fixture.js';
import { done, honest, own, type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import { upstreamOf } from '../graph/upstream.js';
import type { Deviation } from '../nouns/deviation.js';
import type { Step } from '../nouns/process-definition.js';
import type { RunFailure } from '../nouns/run.js';
import { addMinutes } from '../values/time.js';
import { reasonsOfChain } from './chain.js';
import { reasonsAgainst } from './dose-gate.fixture.js';
import { finding, found, REF } from './failed-run.fixture.js';
import { BEFORE } from './retest.fixture.js';

describe('too little in one run that another topped up', () => {
  const LATER = addMinutes(NOW, 30);
  /** Coverage too low in run-1, and enough with what run-2 gave half an hour later; only the latter is upstream. */
  const LITTLE: Deviation = {
    noun: 'deviation',
    scope: { kind: 'therapy', id: COI },
    id: 'D1',
    code: 'RESULT_OUT_OF_LIMITS',
    classification: 'major',
    subjects: [
      { ref: REF, disposition: { ...signed('manufacturer.reviewer'), decision: 'permit-use' } },
    ],
    found: 'coverage-tumour',
    opened: signed('lab.technician'),
  };
  const sumOf = (held: Story, topUp: 'sum' | 'later' = 'sum', little: Partial<Deviation> = {}) => {
    const story = held
      .by((definition) => ({
        ...definition,
        steps: definition.steps.map((step): Step => ({
          ...step,
          checks: step.checks.map((check) =>
            step.id === 'sequencing' && check.kind === 'range' && check.topUp
              ? { ...check, topUp }
              : check,
          ),
        })),
      }))
      .judge('sequencing/1', { 'coverage-tumour': 'fail' })
      .with(
        done('sequencing/2', 'lab.technician', {
          ...{ inputs: [own(THINGS.dna), own(THINGS.rna)], datasets: ['more'], run: 'run-2' },
          ...{ at: LATER, time: LATER },
        }),
        dataset({ id: 'more', producedBy: { step: 'sequencing', attempt: 2 } }),
        { ...LITTLE, ...little },
      );
    const whole = story.whole();
    return reasonsOfChain(whole, upstreamOf(whole, [{ kind: 'dataset', id: 'more' }])).map(
      ({ code, subject }) => `${code} ${subject ?? ''}`,
    );
  };
  const toppedUp = (
    rest: Partial<RunFailure>,
    minutes: number,
    topUp?: 'sum' | 'later',
    little?: Partial<Deviation>,
  ) =>
    sumOf(
      honest().change('run', 'run-1', { failures: [finding('controls-failed', rest, minutes)] }),
      topUp,
      little,
    );

  test('is no sum any more once something is found of either run', () => {
    expect(toppedUp({}, 60)).toEqual(['REJECTED step sequencing/1']);
    expect(toppedUp({ reason: 'index-hopping' }, 60)).toEqual(['DEVIATION_OPEN step sequencing/1']);
    expect(toppedUp({}, 30)).toEqual(['REJECTED step sequencing/1']);
  });

  test('was none where that was found before, and is none by itself', () => {
    expect(toppedUp({}, 29)).toEqual([]);
    expect(toppedUp({}, 60, 'later')).toEqual([]);
    expect(toppedUp({}, 60, 'sum', { found: 'q30' })).toEqual([]);
    expect(toppedUp({}, 60, 'sum', { code: 'RESULT_REPLACED' })).toEqual([]);
    expect(toppedUp({}, 60, 'sum', { subjects: [{ ref: { ...REF, attempt: 9 } }] })).toEqual([]);
  });

  test('stays a sum whatever else was found of the first attempt since', () => {
    const deviation: Deviation = {
      ...{ ...LITTLE, id: 'D2', code: 'PROCEDURE_NOT_FOLLOWED', subjects: [{ ref: REF }] },
      opened: signedLater('lab.quality', 60, commandOf('P')),
    };
    const blockers = [{ kind: 'deviation', id: 'D2', code: 'PROCEDURE_NOT_FOLLOWED' } as const];
    const first = honest().with(deviation).change('step', 'sequencing/1', { blockers });
    expect(sumOf(first)).toEqual([]);
    const both = first.change('run', 'run-1', { failures: [finding('controls-failed')] });
    expect(sumOf(both)).toEqual(['REJECTED step sequencing/1']);
  });

  test('is stopped where both are used, whichever run failed', () => {
    const both = (run: string) => {
      const story = honest().with(
        done('sequencing/2', 'lab.technician', {
          ...{ inputs: [own(THINGS.dna)], datasets: ['more'], run: 'run-2' },
          ...{ at: BEFORE, time: BEFORE },
        }),
        dataset({ id: 'more', producedBy: { step: 'sequencing', attempt: 2 } }),
      );
      const used = story.report('calling/1', {
        inputDatasets: ['tumour-fastq', 'normal-fastq', 'more', 'genotype'],
      });
      const failed = {
        ...story.find('run', 'run-1'),
        id: 'run-2',
        failures: [finding('controls-failed')],
      };
      return rejectedIn(run === 'run-1' ? found('controls-failed', {}, used) : used.with(failed));
    };
    expect(both('run-1')).toEqual(['sequencing/1']);
    expect(both('run-2')).toEqual(['sequencing/2']);
  });

  function rejectedIn(story: Story): readonly string[] {
    return reasonsAgainst(story)
      .filter(({ code }) => code === 'REJECTED')
      .map(({ subject = '' }) => subject.replace('step ', ''));
  }
});
