import { describe, expect, test } from '@jest/globals';
import { din } from '../example.fixture.js';
import { comparedBefore } from '../graph/compared.js';
import { honest, own, type Story, THINGS, verdictsOf } from '../graph/honest-therapy.fixture.js';
import { nameOfAttempt } from '../graph/links.js';
import { type Entity, NOUNS } from '../nouns/registry.js';
import { against } from './dose-gate.fixture.js';

/** The steps that make something, in the order of the process. */
const STEPS = [
  'collection',
  'pathology',
  'extraction',
  'sequencing',
  'genotyping',
  'calling',
  'ranking',
  'design',
  'template',
  'transcription',
  'fill-finish',
  'release-tests',
];

function stepOf(entity: Entity): string | undefined {
  switch (entity.noun) {
    case 'step':
      return entity.step;
    case 'item':
      return entity.producedBy?.step ?? (entity.collected ? 'collection' : undefined);
    case 'dataset':
      return entity.producedBy.step;
    case 'design':
      return 'design';
    case 'batch':
      return entity.fill.step;
    default:
      return undefined;
  }
}

/** The name that something made anew has. */
function renewed(name: string): string {
  const [, serial] = /^H123426(\d{6})/.exec(name) ?? [];
  return serial === undefined ? `${name}-2` : din(Number(serial) + 500);
}

/** A dose of which everything from a step on was made a second time, beside what was made first. */
function anewFrom(story: Story, step: string): Story {
  const steps = new Set(STEPS.slice(STEPS.indexOf(step)));
  const later = story.entities.filter((each) => steps.has(stepOf(each) ?? ''));
  const names = new Map(
    later.flatMap((each) => ('id' in each ? [[each.id, renewed(each.id)] as const] : [])),
  );
  const second = (value: unknown): unknown => {
    if (typeof value === 'string') return names.get(value) ?? value;
    if (Array.isArray(value)) return value.map(second);
    if (typeof value !== 'object' || value === null) return value;
    const members = Object.entries(value).map(
      ([key, each]) => [key, key === 'kind' ? each : second(each)] as const,
    );
    const copy = Object.fromEntries(members);
    return steps.has(String(copy['step'])) ? { ...copy, attempt: 2 } : copy;
  };
  const [vial] = THINGS.vials;
  return story
    .with(...later.map((each) => NOUNS[each.noun].schema.parse(second(each))))
    .change('item', THINGS.dose, { parents: [own(names.get(vial) ?? vial)] });
}

/** The failed check, and what the gates say of the dose that was made anew from that step. */
function after(name: string, check: string, from: string): readonly string[] {
  return against(anewFrom(honest(), from).judge(name, { [check]: 'fail' }));
}

describe('what leads on from a failed check of identity is what the process says of the check', () => {
  test('a dose whose every part was made anew is one like the first', () => {
    for (const step of STEPS) expect([step, against(anewFrom(honest(), step))]).toEqual([step, []]);
  });

  test.each(['concordance', 'contamination', 'second-collection-concordance'])(
    'of %s new collections, and nothing less',
    (check) => {
      expect(after('calling/1', check, 'collection')).toEqual([]);
      for (const step of ['pathology', 'sequencing', 'calling', 'template'])
        expect(after('calling/1', check, step)).toContain('CHECK_FAILED');
    },
  );

  test('of the confirmation of a sequence a new template', () => {
    const of = (from: string) => after('template/1', 'sequence-confirmation', from);
    expect(of('template')).toEqual([]);
    expect(of('design')).toEqual([]);
    expect(of('transcription')).toContain('CHECK_FAILED');
  });

  test('of the identity of a drug substance or of its vials a new transcription', () => {
    for (const [name, check] of [
      ['transcription/1', 'identity'],
      ['release-tests/1', 'identity-by-sequencing'],
    ] as const) {
      expect(after(name, check, 'transcription')).toEqual([]);
      expect(after(name, check, 'template')).toEqual([]);
      expect(after(name, check, 'fill-finish')).toContain('CHECK_FAILED');
    }
  });

  test('of a check that names none nothing is asked', () => {
    expect(after('release-tests/1', 'sterility', 'transcription')).toEqual([]);
  });

  test('are the attempts whose very samples, or whose very steps, are behind the dose, whatever order the steps are in', () => {
    const backwards = honest().by((each) => ({ ...each, steps: [...each.steps].reverse() }));
    const before = (from: string, concordance: 'pass' | 'fail') => {
      const anew = anewFrom(backwards, from).judge('calling/1', { concordance });
      return comparedBefore(anew.whole(), anew.upstream()).map(nameOfAttempt);
    };
    expect(before('pathology', 'pass')).toEqual([]);
    expect(before('pathology', 'fail')).toEqual(['calling/1']);
    expect(before('collection', 'fail')).toEqual([]);
  });

  test('of several checks those that failed, each', () => {
    const other = { kind: 'conforms', code: 'origin', class: 'identity' } as const;
    const both = honest().by((definition) => ({
      ...definition,
      steps: definition.steps.map((step) =>
        step.id === 'release-tests'
          ? { ...step, checks: [...step.checks, { ...other, leadsOn: ['collection'] }] }
          : step,
      ),
    }));
    const told = (origin: 'pass' | 'fail') => {
      const verdicts = verdictsOf('release-tests', { 'identity-by-sequencing': 'fail' });
      const anew = anewFrom(both, 'transcription');
      const story = anew.report('release-tests/1', {
        verdicts: [...verdicts, { check: 'origin', verdict: origin }],
      });
      return comparedBefore(story.whole(), story.upstream()).map(nameOfAttempt);
    };
    expect(told('pass')).toEqual([]);
    expect(told('fail')).toEqual(['release-tests/1']);
  });

  test('of several steps any one of them', () => {
    const several = honest().by((definition) => ({
      ...definition,
      steps: definition.steps.map((step) => ({
        ...step,
        checks: step.checks.map((check) =>
          check.code === 'identity-by-sequencing'
            ? { ...check, leadsOn: ['template', 'transcription'] }
            : check,
        ),
      })),
    }));
    const from = (step: string) =>
      against(
        anewFrom(several, step).judge('release-tests/1', { 'identity-by-sequencing': 'fail' }),
      );
    expect(from('transcription')).toEqual([]);
    expect(from('template')).toEqual([]);
    expect(from('fill-finish')).toContain('CHECK_FAILED');
  });
});
