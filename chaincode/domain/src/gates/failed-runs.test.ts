import { describe, expect, test } from '@jest/globals';
import { afterTheDose, commandOf, signedLater } from '../alerts/given.fixture.js';
import { alertsDue } from '../alerts/due.js';
import { COI, dataset, din, NOW, signed } from '../example.fixture.js';
import {
  done,
  honest,
  lacking,
  made,
  own,
  type Story,
  THINGS,
  verdictsOf,
} from '../graph/honest-therapy.fixture.js';
import { upstreamOf } from '../graph/upstream.js';
import { mattersOf, waiting } from '../next/next.fixture.js';
import { runsToConfirm } from '../next/unconfirmed.js';
import type { Deviation } from '../nouns/deviation.js';
import type { RunFailure } from '../nouns/run.js';
import type { Step } from '../nouns/process-definition.js';
import { addMinutes } from '../values/time.js';
import type { RunFailureReason } from '../values/words.js';
import { reasonsOfChain } from './chain.js';
import { against, reasonsAgainst } from './dose-gate.fixture.js';
import { BEFORE, retest } from './retest.fixture.js';

const REASONS = ['controls-failed', 'index-hopping', 'sample-sheet-mixed'] as const;
const COMMAND = commandOf('H');
const ID = `R.${COMMAND}`;
const REF = { kind: 'step', coi: COI, id: 'sequencing', attempt: 1 } as const;

/** What the laboratory found of a run, so many minutes from now. */
function finding(
  reason: RunFailureReason,
  rest: Partial<RunFailure> = {},
  minutes = 60,
): RunFailure {
  return { ...signedLater('lab.head', minutes, COMMAND), reason, ...rest };
}

/** The same therapy, of whose run that was found. */
function found(reason: RunFailureReason, rest: Partial<RunFailure> = {}, story = honest()): Story {
  return story.change('run', 'run-1', { failures: [finding(reason, rest)] });
}

/** As quality's disposition leaves the attempt and the deviation. */
function settled(story: Story, decision: 'permit-use' | 'reject'): Story {
  const known = story.whole().deviations.get(ID);
  if (!known) throw new Error('no deviation');
  const disposition = { ...signed('manufacturer.reviewer'), decision };
  const deviation: Deviation = { ...known, subjects: [{ ref: REF, disposition }] };
  const rejected = [{ kind: 'rejected' as const, id: ID, code: known.code }];
  return story
    .with(deviation)
    .change('step', 'sequencing/1', { blockers: decision === 'reject' ? rejected : [] });
}

/** That a second person of the owner says so too, with the controls' results. */
const CONFIRMED: Partial<RunFailure> = {
  confirmed: { ...signedLater('lab.deputy', 90, commandOf('C')), controls: 'A'.repeat(43) },
};

const told = (story: Story) =>
  reasonsAgainst(story)
    .filter(({ subject }) => subject === 'step sequencing/1')
    .map(({ code, found: what }) => `${code} ${what ?? ''}`);

describe('what was found of a shared run as a whole', () => {
  test.each([
    ['controls-failed', 'REJECTED RUN_CONTROLS_FAILED'],
    ['index-hopping', 'DEVIATION_OPEN INDEX_HOPPING'],
    ['sample-sheet-mixed', 'REJECTED SAMPLE_SHEET_MIXED'],
  ] as const)('stops whatever is made of its data, many steps away: %s', (reason, code) => {
    expect(told(found(reason))).toEqual([code]);
    expect(told(found(reason).change('run', 'run-1', { annulled: signed('a') }))).toEqual([code]);
    expect(told(found(reason, {}, honest().report('sequencing/1', { run: 'run-2' })))).toEqual([]);
  });

  test('leaves attempts of other runs, and of none, as they are on record', () => {
    const other = { ...honest().find('run', 'run-1'), id: 'run-2' };
    const story = found('controls-failed').report('release-tests/1', { run: 'run-2' }).with(other);
    const { attempts } = story.whole();
    for (const name of ['release-tests/1', 'extraction/1'])
      expect(attempts.get(name)).toBe(story.find('step', name));
  });

  test('stops it whichever of several findings was first', () => {
    const two = honest().change('run', 'run-1', {
      failures: [
        finding('index-hopping', { perMille: 12 }),
        finding('sample-sheet-mixed', { command: commandOf('S') }),
      ],
    });
    expect(told(two)).toEqual(['DEVIATION_OPEN INDEX_HOPPING', 'REJECTED SAMPLE_SHEET_MIXED']);
  });

  test('names the run, and the rate of index hopping', () => {
    const deviation = found('index-hopping', { perMille: 12 }).whole().deviations.get(ID);
    expect(deviation).toMatchObject({
      scope: { kind: 'therapy', id: COI },
      classification: 'critical',
      found: 'run run-1, 12 per mille',
      opened: { actor: 'lab.head', command: COMMAND },
      subjects: [{ ref: REF }],
    });
    expect(deviation?.subjects[0]).not.toHaveProperty('disposition');
    expect(found('controls-failed').whole().deviations.get(ID)).toMatchObject({
      classification: 'major',
      found: 'run run-1',
      subjects: [{ disposition: { decision: 'reject' } }],
    });
  });

  test('is led on from by data of another run', () => {
    for (const reason of REASONS) {
      const again = found(reason).with(
        done('sequencing/2', 'lab.technician', {
          ...{ inputs: [own(THINGS.dna), own(THINGS.rna)], datasets: ['again'], run: 'run-2' },
          outputs: [din(40)],
        }),
        made(din(40), 'library', 'sequencing/2', [THINGS.dna, THINGS.rna]),
        dataset({ id: 'again', producedBy: { step: 'sequencing', attempt: 2 } }),
      );
      const whole = again.whole();
      const of = (id: string) =>
        reasonsOfChain(whole, upstreamOf(whole, [{ kind: 'dataset', id }]));
      expect(of('again')).toEqual([]);
      expect(of('tumour-fastq')).not.toEqual([]);
    }
  });
});

describe('index hopping', () => {
  const hopping = found('index-hopping', { perMille: 12 });

  test('within what the analysis tolerates stops nothing, once quality has settled it for the attempt', () => {
    expect(told(settled(hopping, 'permit-use'))).toEqual([]);
    expect(told(settled(hopping, 'reject'))).toEqual(['REJECTED INDEX_HOPPING']);
  });

  test('that was settled for one attempt stops the other in the same run', () => {
    const other = settled(hopping, 'permit-use').with(
      done('sequencing/2', 'lab.technician', { inputs: [own(THINGS.dna)], run: 'run-1' }),
    );
    const attempts = other.whole().attempts;
    expect(attempts.get('sequencing/1')?.blockers).toEqual([]);
    expect(attempts.get('sequencing/2')?.blockers).toMatchObject([{ code: 'INDEX_HOPPING' }]);
    expect(other.whole().deviations.get(ID)?.subjects).toHaveLength(2);
  });

  test('stops again once its disposition was entered in error, and no twice', () => {
    const known = settled(hopping, 'permit-use').whole().deviations.get(ID);
    if (!known) throw new Error('no deviation');
    const open: Deviation = { ...known, subjects: [{ ref: REF }] };
    const reopened = hopping.with(open).change('step', 'sequencing/1', {
      blockers: [{ kind: 'deviation', id: ID, code: 'INDEX_HOPPING' }],
    });
    expect(told(reopened)).toEqual(['DEVIATION_OPEN INDEX_HOPPING']);
    expect(reopened.whole().attempts.get('sequencing/1')?.blockers).toHaveLength(1);
  });

  test('waits for the quality of each therapy', () => {
    expect(waiting(hopping)).toContain(
      'INDEX_HOPPING: RecordDisposition by quality of ManufacturerMSP',
    );
    expect(waiting(settled(hopping, 'permit-use')).join()).not.toContain('INDEX_HOPPING');
  });
});

describe('a finding that was entered in error', () => {
  test.each(REASONS)('needs a look at each attempt, and then stops nothing: %s', (reason) => {
    const mistaken = found(reason, { annulled: signed('lab.quality') });
    expect(told(mistaken)).toEqual(['DEVIATION_OPEN ENTERED_IN_ERROR']);
    expect(waiting(mistaken)).toContain(
      'ENTERED_IN_ERROR: RecordDisposition by quality of ManufacturerMSP',
    );
    expect(against(settled(mistaken, 'permit-use'))).toEqual([]);
  });
});

describe('a run whose own controls failed, or whose samples were mixed up', () => {
  test.each(['controls-failed', 'sample-sheet-mixed'] as const)(
    'waits for nobody’s disposition: its step is next, on what is left: %s',
    (reason) => {
      const left = found(reason)
        .change('item', THINGS.dna, {
          custody: 'in-custody',
          holder: { organisation: 'LabMSP', actor: 'lab.technician' },
        })
        .change('item', THINGS.rna, {
          custody: 'in-custody',
          holder: { organisation: 'LabMSP', actor: 'lab.technician' },
        });
      const waits = waiting(left);
      expect(waits).toContain('sequencing: StartStep by lab of LabMSP');
      expect(waits.join()).not.toContain('RecordDisposition');
    },
  );

  /** Release tests in a run. */
  const tested = (
    reason: RunFailureReason | undefined,
    others: Parameters<typeof verdictsOf>[1],
    rest: Partial<RunFailure> = CONFIRMED,
  ) => {
    const story = honest().report('release-tests/1', {
      run: 'run-9',
      verdicts: verdictsOf('release-tests', others),
    });
    const failures = reason ? { failures: [finding(reason, rest)] } : {};
    return story.with({ ...story.find('run', 'run-1'), id: 'run-9', ...failures });
  };

  test.each([
    ['controls-failed', ['missing', 'missing', 'missing']],
    ['sample-sheet-mixed', ['fail', 'missing', 'missing']],
    ['index-hopping', ['fail', 'missing', 'pass']],
  ] as const)('leaves of what failed, was not done and passed: %s', (reason, left) => {
    const results = { sterility: 'fail', endotoxin: 'missing' } as const;
    const { report } = tested(reason, results).whole().attempts.get('release-tests/1') ?? {};
    const of = ['sterility', 'endotoxin', 'identity-by-sequencing'].map(
      (code) => report?.verdicts.find(({ check }) => check === code)?.verdict,
    );
    expect(of).toEqual(left);
  });

  test('passes nothing, and is repeated', () => {
    expect(against(tested(undefined, {}))).toEqual([]);
    for (const reason of ['controls-failed', 'sample-sheet-mixed'] as const) {
      for (const rest of [{}, CONFIRMED]) {
        expect(against(tested(reason, {}, rest))).toEqual(['NOT_TESTED']);
        expect(against(tested(reason, {}, rest).with(retest()))).toEqual([]);
      }
    }
  });

  test('has failed what failed in it as long as one person alone says that its controls did', () => {
    const failing = { sterility: 'fail' as const };
    const again = (rest: Partial<RunFailure>) =>
      tested('controls-failed', failing, rest).with(retest());
    expect(against(again({}))).toEqual(['CHECK_FAILED', 'REJECTED']);
    expect(waiting(again({}))).toContain('RUN_CONTROLS_FAILED: ConfirmRunFailure by lab of LabMSP');
    const [wait] = runsToConfirm(mattersOf(again({})));
    expect(wait).toMatchObject({ subject: 'run run-9', except: ['lab.head'] });
    expect(against(again(CONFIRMED))).toEqual([]);
    const repeated = (run: string) =>
      tested('controls-failed', {}, {}).change('step', 'release-tests/1', {
        repeated: [
          {
            ...signed('manufacturer.tester'),
            ...{ lots: [], run, verdicts: verdictsOf('release-tests', failing) },
          },
        ],
      });
    expect(runsToConfirm(mattersOf(repeated('run-9')))).toHaveLength(1);
    // what nothing failed in waits for nobody, nor what is confirmed or was an error
    for (const story of [
      repeated('run-8'),
      tested('controls-failed', {}, {}),
      again(CONFIRMED),
      again({ annulled: signed('a') }),
      tested('sample-sheet-mixed', failing, {}),
    ])
      expect(runsToConfirm(mattersOf(story))).toEqual([]);
  });

  test('fails nothing where its controls failed, as two say, whatever was reported of it and when', () => {
    const failing = { sterility: 'fail' as const };
    expect(against(tested('controls-failed', failing).with(retest()))).toEqual([]);
    expect(against(tested('sample-sheet-mixed', failing).with(retest()))).toContain('CHECK_FAILED');
    const repeated = [
      {
        ...signed('manufacturer.tester'),
        lots: [],
        verdicts: verdictsOf('release-tests', failing),
      },
    ];
    const again = tested('controls-failed', {}).change('step', 'release-tests/1', { repeated });
    expect(against(again.with(retest()))).toEqual([]);
  });

  test('is told of whichever report names it, and sets aside the results of its own alone', () => {
    const run = { ...honest().find('run', 'run-1'), id: 'run-8' };
    const later = (sterility: 'pass' | 'fail') => [
      {
        ...signed('manufacturer.tester'),
        ...{ lots: [], run: 'run-8', verdicts: verdictsOf('release-tests', { sterility }) },
      },
    ];
    const failed = (reason: RunFailureReason) => ({
      ...run,
      failures: [finding(reason, CONFIRMED)],
    });
    const again = tested(undefined, {}).change('step', 'release-tests/1', {
      repeated: later('pass'),
    });
    expect(against(again.with(run))).toEqual([]);
    for (const reason of REASONS) expect(against(again.with(failed(reason)))).not.toEqual([]);
    const failing = { repeated: later('fail') };
    for (const [first, own] of [
      ['controls-failed', run],
      ['controls-failed', failed('index-hopping')],
      [undefined, failed('sample-sheet-mixed')],
    ] as const) {
      const story = tested(first, {}).change('step', 'release-tests/1', failing);
      expect(against(story.with(own, retest()))).toContain('CHECK_FAILED');
    }
    const none = tested(undefined, {}).change('step', 'release-tests/1', failing);
    expect(against(none.with(failed('controls-failed'), retest()))).toEqual([]);
  });

  test('keeps what nobody asked for as it is', () => {
    const unasked = { check: 'colour', verdict: 'unexpected' as const };
    const whole = found('controls-failed')
      .report('sequencing/1', { verdicts: [unasked] })
      .whole();
    expect(whole.attempts.get('sequencing/1')?.report?.verdicts).toEqual([unasked]);
  });

  test('has a failure again once that its controls failed was entered in error', () => {
    const story = tested(undefined, { sterility: 'fail' }).change('run', 'run-9', {
      failures: [finding('controls-failed', { ...CONFIRMED, annulled: signed('a') })],
    });
    expect(against(story.with(retest()))).toEqual(['CHECK_FAILED', 'DEVIATION_OPEN']);
  });
});

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
      return told2(run === 'run-1' ? found('controls-failed', {}, used) : used.with(failed));
    };
    expect(both('run-1')).toEqual(['sequencing/1']);
    expect(both('run-2')).toEqual(['sequencing/2']);
  });

  function told2(story: Story): readonly string[] {
    return reasonsAgainst(story)
      .filter(({ code }) => code === 'REJECTED')
      .map(({ subject = '' }) => subject.replace('step ', ''));
  }
});

describe('what is found of a run after a dose was given', () => {
  test.each([
    ['controls-failed', 'RUN_CONTROLS_FAILED'],
    ['index-hopping', 'INDEX_HOPPING'],
    ['sample-sheet-mixed', 'SAMPLE_SHEET_MIXED'],
  ] as const)('is told to its physician: %s', (reason, code) => {
    const story = found(reason, {}, afterTheDose());
    expect(alertsDue(story.whole(), addMinutes(NOW, 70))).toMatchObject([
      { kind: 'acknowledgement', dose: 'dose-1', cause: { codes: [code], command: COMMAND } },
    ]);
    const early = { ...signed('lab.head'), time: addMinutes(NOW, -60), command: COMMAND };
    const told = (rest: Partial<RunFailure>) =>
      alertsDue(found(reason, { ...early, ...rest }, afterTheDose()).whole(), addMinutes(NOW, 70));
    expect(told({})).toEqual([]);
    // found before the run was registered, and so of nothing that the authorisation could know
    const counted = signedLater('lab.head', 60, commandOf('C'));
    expect(told({ counted })).toMatchObject([{ cause: { command: counted.command } }]);
    const elsewhere = afterTheDose().report('sequencing/1', { run: 'run-2' });
    expect(alertsDue(found(reason, {}, elsewhere).whole(), NOW)).toEqual([]);
  });

  test('is told no more once quality found it within what the analysis tolerates', () => {
    const story = settled(found('index-hopping', { perMille: 3 }, afterTheDose()), 'permit-use');
    expect(alertsDue(story.whole(), addMinutes(NOW, 70))).toEqual([]);
  });

  test('stands of attempts alone that were reported', () => {
    const begun = honest().with(lacking(done('sequencing/3', 'lab.technician'), 'report'));
    expect(
      found('controls-failed', {}, begun).whole().attempts.get('sequencing/3')?.blockers,
    ).toEqual([]);
  });
});
