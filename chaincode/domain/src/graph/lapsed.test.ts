import { describe, expect, test } from '@jest/globals';
import { unidentified } from '../annulling/unidentified.js';
import { actor, COI, command, context, dataset, DIGEST, NOW, signed } from '../example.fixture.js';
import { reasonsOfChain } from '../gates/chain.js';
import { failed, investigation, retest } from '../gates/retest.fixture.js';
import { decideDisposition } from '../manufacturing/record-disposition.js';
import { waiting } from '../next/next.fixture.js';
import type { Annulment } from '../nouns/annulment.js';
import type { Deviation } from '../nouns/deviation.js';
import type { Entity } from '../nouns/registry.js';
import type { Signed } from '../nouns/signed.js';
import { addMinutes } from '../values/time.js';
import { done, honest, own, Story, THINGS } from './honest-therapy.fixture.js';
import { upstreamOf } from './upstream.js';

const reviewer = actor('manufacturer.reviewer', 'ManufacturerMSP', 'quality');
const commandOf = (letter: string) => `${letter.repeat(42)}A`;
const [FIRST, MORE, ERROR] = [commandOf('F'), commandOf('M'), commandOf('E')];
const NONE = { blockers: [] };
const at = (minutes: number) => ({ at: addMinutes(NOW, minutes), time: addMinutes(NOW, minutes) });

/** What quality decides on the first subject of a deviation that still waits, as it is written; an hour after all else. */
function permitted(story: Story, name: string, annex: Record<string, string> = {}): Story {
  const whole = story.whole();
  const deviation = whole.deviations.get('D1');
  const [{ ref: subject } = { ref: undefined }] = deviation?.subjects ?? [];
  const thing = whole.attempts.get(name);
  if (!subject) throw new Error('no deviation');
  const decision = decideDisposition(
    { deviation, thing, whole, opened: story.find('deviation', 'D1') },
    {
      ...command(reviewer.id, { coi: COI, deviation: 'D1', subject, decision: 'permit-use' }),
      annex,
    },
    context(reviewer, { transactionTime: addMinutes(NOW, 120) }),
  );
  if (decision.decision === 'refused') throw new Error(JSON.stringify(decision.reasons));
  return replaced(story, decision.changes);
}

function replaced(story: Story, changes: readonly Entity[]): Story {
  return changes.reduce(
    (before, each) =>
      each.noun === 'deviation'
        ? before.change('deviation', 'D1', each)
        : each.noun === 'step'
          ? before.change('step', `${each.step}/${each.attempt}`, each)
          : before,
    story,
  );
}

/** A check that failed in an attempt, as its report's deviation stops it. */
function open(story: Story, name: string, code: Deviation['code'], found: string): Story {
  const [id = '', number] = name.split('/');
  const deviation: Deviation = {
    noun: 'deviation',
    scope: { kind: 'therapy', id: COI },
    ...{ id: 'D1', code, classification: 'major', found },
    subjects: [{ ref: { kind: 'step', coi: COI, id, attempt: Number(number) } }],
    opened: { ...signed('lab.technician'), command: FIRST },
  };
  return story
    .report(name, { command: FIRST })
    .change('step', name, { blockers: [{ kind: 'deviation', id: 'D1', code }] })
    .with(deviation);
}

/** Somebody's report of an attempt was entered in error, three hours later. */
function annulled(story: Story, name: string, reported: string): Story {
  const annulment: Annulment = {
    noun: 'annulment',
    scope: { kind: 'therapy', id: COI },
    ...{ command: reported, type: 'manufacturing:ReportStep', reason: 'wrong-item' },
    ...{ signatures: [], missing: [] },
    annulled: { ...signed('lab.quality'), ...at(180), command: ERROR },
  };
  const blocker = { kind: 'annulled', id: `A.${reported}`, code: 'ENTERED_IN_ERROR' } as const;
  return story.change('step', name, { blockers: [blocker] }).with(annulment);
}

/** What else was an error in between: another step's attempt, and other investigations. */
function amongErrors(story: Story): Story {
  const by = { ...signed('lab.quality'), ...at(130), command: commandOf('N') };
  const others = [
    { id: 'INV-7', step: 'extraction' },
    { id: 'INV-8', attempt: 9 },
    { id: 'INV-9', check: 'potency' },
  ];
  const first = annulled(story, 'extraction/1', commandOf('X'));
  const isEarly = (each: Entity) =>
    each.noun === 'annulment' && each.command === commandOf('X') ? { ...each, annulled: by } : each;
  // the earliest first, as their keys may have it
  const early = first.entities.map(isEarly).reverse();
  return new Story(early, story.definition)
    .with(...others.map((rest) => investigation({}, { ...rest, annulled: by })))
    .with(
      ...['sequencing', 'release-tests'].map((step) =>
        done(`${step}/7`, 'lab.technician', { inputs: [], ...at(130) }),
      ),
    );
}

/** Coverage too low in the first run, and enough with what a second one gave an hour later. */
function toppedUp(more: Partial<Signed> = {}): Story {
  const little = honest().judge('sequencing/1', { 'coverage-tumour': 'fail' });
  return open(little, 'sequencing/1', 'RESULT_OUT_OF_LIMITS', 'coverage-tumour').with(
    done('sequencing/2', 'lab.technician', {
      ...{ inputs: [own(THINGS.dna), own(THINGS.rna)], datasets: ['more'], ...at(60) },
      ...{ command: MORE, ...more },
    }),
    dataset({ id: 'more', producedBy: { step: 'sequencing', attempt: 2 } }),
  );
}

function against(story: Story, data: string): readonly string[] {
  const whole = story.whole();
  return reasonsOfChain(whole, upstreamOf(whole, [{ kind: 'dataset', id: data }])).map(
    ({ code, subject = '' }) => `${code} ${subject.replace('step ', '')}`,
  );
}

describe('too little that a further amount topped up, and quality permitted for that', () => {
  const used = permitted(toppedUp(), 'sequencing/1');

  test('is used as long as the further amount is', () => {
    expect(against(toppedUp(), 'tumour-fastq')).toEqual(['DEVIATION_OPEN sequencing/1']);
    expect(against(used, 'tumour-fastq')).toEqual([]);
    expect(used.find('deviation', 'D1').subjects).toMatchObject([
      { disposition: { decision: 'permit-use', restsOn: 'top-up' } },
    ]);
  });

  test('waits for quality again once the further amount was entered in error', () => {
    const alone = annulled(used, 'sequencing/2', MORE);
    expect(against(alone, 'tumour-fastq')).toEqual(['DEVIATION_OPEN sequencing/1']);
    expect(waiting(alone)).toContain(
      'RESULT_OUT_OF_LIMITS: RecordDisposition by quality of ManufacturerMSP',
    );
    const since = (story: Story) => story.whole().deviations.get('D1')?.reopened?.command;
    expect(since(alone)).toBe(ERROR);
    const verdicts = [{ check: 'coverage-tumour', verdict: 'fail' as const }];
    const repeated = [
      { ...signed('lab.technician'), ...at(200), command: commandOf('L'), lots: [], verdicts },
    ];
    const told = alone.change('step', 'sequencing/2', { repeated });
    expect(since(amongErrors(told))).toBe(ERROR);
    const looked = permitted(alone, 'sequencing/1', { investigation: DIGEST });
    expect(against(looked, 'tumour-fastq')).toEqual([]);
    expect(() => permitted(alone, 'sequencing/1')).toThrow('INVESTIGATION_MISSING');
  });

  test('waits again once quality rejects it, or once it is told once more and fails', () => {
    const deviation: Deviation = {
      ...used.find('deviation', 'D1'),
      ...{ id: 'D2', code: 'PROCEDURE_NOT_FOLLOWED' },
      subjects: [
        {
          ref: { kind: 'step', coi: COI, id: 'sequencing', attempt: 2 },
          disposition: { ...signed('a'), ...at(150), command: ERROR, decision: 'reject' },
        },
      ],
    };
    const rejected = used
      .with(deviation)
      .change('step', 'sequencing/2', { blockers: [{ kind: 'rejected', id: 'D2', code: 'X' }] });
    const repeated = [
      {
        ...{ ...signed('lab.technician'), ...at(150), command: ERROR, lots: [] },
        verdicts: [{ check: 'coverage-tumour', verdict: 'fail' as const }],
      },
    ];
    for (const story of [rejected, used.change('step', 'sequencing/2', { repeated })]) {
      expect(against(story, 'tumour-fastq')).toEqual(['DEVIATION_OPEN sequencing/1']);
      expect(story.whole().deviations.get('D1')?.reopened).toMatchObject({ command: ERROR });
    }
  });

  test('stays used where quality looked into it for itself', () => {
    const looked = permitted(toppedUp(), 'sequencing/1', { investigation: DIGEST });
    expect(looked.find('deviation', 'D1').subjects[0]?.disposition).not.toHaveProperty('restsOn');
    expect(against(annulled(looked, 'sequencing/2', MORE), 'tumour-fastq')).toEqual([]);
  });

  test('is no part of the sum any more once it was itself entered in error', () => {
    expect(against(used, 'more')).toEqual([]);
    const without = annulled(used, 'sequencing/1', FIRST);
    expect(against(without, 'more')).toEqual(['ENTERED_IN_ERROR sequencing/1']);
    const later = toppedUp(at(240));
    expect(against(annulled(later, 'sequencing/1', FIRST), 'more')).toEqual([]);
  });
});

describe('a failed check for which a planned retest stands, and quality permitted for that', () => {
  const check = 'sterility';
  const tested = () =>
    open(failed(check), 'release-tests/1', 'SAFETY_CHECK_FAILED', check).with(
      retest('release-tests/2', { command: MORE }),
      investigation({}, { check }),
    );
  const openIn = (story: Story) =>
    story
      .whole()
      .deviations.get('D1')
      ?.subjects.every(({ disposition }) => !disposition);

  test('is open again once the retest, or the investigation, was entered in error', () => {
    const used = permitted(tested(), 'release-tests/1');
    expect(openIn(used)).toBe(false);
    expect(openIn(annulled(used, 'release-tests/2', MORE))).toBe(true);
    const error = { ...signed('lab.quality'), ...at(180), command: ERROR };
    const mistaken = amongErrors(used.change('investigation', 'INV-1', { annulled: error }));
    expect(openIn(mistaken)).toBe(true);
    expect(mistaken.whole().deviations.get('D1')?.reopened).toMatchObject({ command: ERROR });
    expect(mistaken.whole().attempts.get('release-tests/1')?.blockers).toMatchObject([
      { kind: 'deviation', id: 'D1' },
    ]);
  });

  test('is open again once nobody knows any more what was tested again, since when that was said', () => {
    const used = permitted(tested(), 'release-tests/1');
    const said = (
      code: Deviation['code'],
      by: string,
      minutes: number,
      ...of: readonly string[]
    ): Deviation => ({
      noun: 'deviation',
      scope: { kind: 'therapy', id: COI },
      ...{ id: `D.${by}`, code, classification: 'major' },
      subjects: of.map((id) => ({ ref: { kind: 'item', coi: COI, id } })),
      opened: { ...signed('lab.quality'), ...at(minutes), command: commandOf(by) },
    });
    const { dose, retainedVial } = THINGS;
    const nameless = used
      .change('item', retainedVial, unidentified)
      .with(
        said('UNIDENTIFIED_ITEM', 'R', 180, dose, retainedVial),
        said('UNIDENTIFIED_ITEM', 'S', 130, dose),
        said('TEMPERATURE_EXCURSION', 'T', 130, retainedVial),
      );
    expect(openIn(nameless)).toBe(true);
    expect(nameless.whole().deviations.get('D1')?.reopened?.command).toBe(commandOf('R'));
  });

  test('is open again for each thing that rested on it, and for no other', () => {
    const disposition = { ...signed('manufacturer.reviewer'), ...at(120), decision: 'permit-use' };
    const used = permitted(tested(), 'release-tests/1').change('deviation', 'D1', (each) => ({
      ...each,
      subjects: [
        ...each.subjects,
        {
          ref: { kind: 'batch', coi: COI, id: 'batch-1' },
          disposition: { ...disposition, decision: 'permit-use', restsOn: 'retest' },
        },
        {
          ref: { kind: 'step', coi: COI, id: 'calling', attempt: 1 },
          disposition: { ...disposition, decision: 'permit-use' },
        },
      ],
    }));
    const { attempts, batches, deviations } = annulled(used, 'release-tests/2', MORE).whole();
    const isStopped = (thing: { readonly blockers: readonly { readonly id: string }[] } = NONE) =>
      thing.blockers.some(({ id }) => id === 'D1');
    expect(isStopped(attempts.get('release-tests/1'))).toBe(true);
    expect(isStopped(batches.get('batch-1'))).toBe(true);
    expect(isStopped(attempts.get('calling/1'))).toBe(false);
    expect(deviations.get('D1')?.subjects.map((each) => 'disposition' in each)).toEqual([
      false,
      false,
      true,
    ]);
  });
});
