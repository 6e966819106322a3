import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { expectationOf } from '../errors/expectation.js';
import type { BasisInLaw } from './disposal-bases.js';
import {
  dataClassesOf,
  lineageOf,
  processDefinition,
  processHash,
  stepOf,
} from './process-definition.js';

const file = new URL('../../../processes/pcv-mrna-1.0.json', import.meta.url);
const shipped: unknown = JSON.parse(readFileSync(file, 'utf8'));
const definition = processDefinition.parse(shipped);

const CONFORMS = { kind: 'conforms', code: 'x' };

function change(step: string, members: object): unknown {
  const steps = definition.steps.map((each) => (each.id === step ? { ...each, ...members } : each));
  return { ...definition, steps };
}

describe('the process pcv-mrna 1.0', () => {
  it('has 23 steps with rising target days', () => {
    const days = definition.steps.map(({ targetDay }) => targetDay);
    expect(days).toHaveLength(23);
    expect(days).toEqual([...days].sort((one, other) => one - other));
  });

  it.each([
    ['sequencing', 'coverage-tumour', 100, undefined],
    ['sequencing', 'coverage-normal', 50, undefined],
    ['sequencing', 'q30', 80, undefined],
    ['calling', 'concordance', 0.95, undefined],
    ['calling', 'contamination', undefined, 3],
    ['calling', 'second-collection-concordance', 0.95, undefined],
    ['ranking', 'neoantigens', 5, undefined],
    ['pathology', 'tumour-content', 20, undefined],
    ['transcription', 'integrity', 80, undefined],
    ['fill-finish', 'pdi', undefined, 0.2],
    ['fill-finish', 'encapsulation', 85, undefined],
  ])('%s: %s lies between %s and %s', (step, check, min, max) => {
    const found = stepOf(definition, step)?.checks.find(({ code }) => code === check);
    expect(found).toMatchObject({ kind: 'range' });
    if (min !== undefined) expect(found).toHaveProperty('min', min);
    if (max !== undefined) expect(found).toHaveProperty('max', max);
  });

  it('accepts RNA by RIN or by DV200', () => {
    const check = stepOf(definition, 'extraction')?.checks.find(
      ({ code }) => code === 'rna-integrity',
    );
    expect(check).toMatchObject({
      kind: 'any-of',
      ranges: [
        { code: 'rin', min: 7 },
        { code: 'dv200', min: 50 },
      ],
    });
  });

  it.each([
    ['design', 'self-similarity', 'conforms'],
    ['template', 'sequence-confirmation', 'design-commitment'],
    ['transcription', 'identity', 'conforms'],
    ['transcription', 'capping', 'range'],
    ['transcription', 'poly-a', 'range'],
    ['transcription', 'dsrna', 'range'],
    ['transcription', 'residual-dna', 'range'],
    ['transcription', 'endotoxin', 'range'],
    ['transcription', 'bioburden', 'range'],
    ['fill-finish', 'size', 'range'],
    ['fill-finish', 'ph', 'range'],
    ['release-tests', 'identity-by-sequencing', 'conforms'],
    ['release-tests', 'potency', 'range'],
    ['release-tests', 'endotoxin', 'range'],
    ['release-tests', 'sterility', 'conforms'],
  ])('%s: %s is checked', (step, check, kind) => {
    const found = stepOf(definition, step)?.checks.find(({ code }) => code === check);
    expect(found?.kind).toBe(kind);
  });

  it('has its steps in the order of the field', () => {
    expect(definition.steps.map(({ id }) => id)).toEqual([
      'enrolment',
      'slot-booking',
      'collection',
      'pathology',
      'courier-to-lab',
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
      'qa-review',
      'certification',
      'courier-to-pharmacy',
      'receipt',
      'preparation',
      'bedside-verification',
      'administration',
      'follow-up',
    ]);
  });

  it('counts a bedside verification for 15 minutes and a prepared dose for 6 hours', () => {
    expect(definition.bedsideMinutes).toBe(15);
    expect(definition.items.find(({ code }) => code === 'dose')?.inUseMinutes).toBe(360);
  });

  it('leads on from a failed identity by steps on nothing that was compared', () => {
    const ways = definition.steps.flatMap(({ checks }) =>
      checks
        .filter((check) => check.class === 'identity')
        .map((check) => [check.code, check.leadsOn]),
    );
    expect(Object.fromEntries(ways)).toEqual({
      concordance: ['collection'],
      contamination: ['collection'],
      'second-collection-concordance': ['collection'],
      'sequence-confirmation': ['template'],
      identity: ['transcription'],
      'identity-by-sequencing': ['transcription'],
    });
  });

  it('tops up yields and coverage, and takes an earlier record for the second sample alone', () => {
    const topped = definition.steps.flatMap(({ checks }) =>
      checks.flatMap((check) => (check.kind === 'range' && check.topUp ? [check.code] : [])),
    );
    expect(topped).toEqual(['dna-mass', 'rna-mass', 'coverage-tumour', 'coverage-normal']);
    const records = definition.steps.filter(({ earlierRecord }) => earlierRecord);
    expect(records.map(({ id }) => id)).toEqual(['genotyping']);
  });

  it('has the gates H1 to H6 where they belong', () => {
    const gates = definition.steps.flatMap(({ id, gate }) => (gate ? [`${gate} ${id}`] : []));
    expect(gates).toEqual([
      'H1 enrolment',
      'H2 design',
      'H3 qa-review',
      'H4 certification',
      'H5 receipt',
      'H6 bedside-verification',
      'H6 administration',
    ]);
  });

  it('says where it may be ordered, when patients are told, and in which words', () => {
    expect(definition.jurisdictions).toContain('DE');
    expect(definition.outOfSpecification).toBeUndefined();
    expect(definition.steps.filter(({ release }) => release === undefined)).toEqual([]);
    expect(definition.patientWords?.map(({ language }) => language)).toEqual(['en', 'ja']);
  });

  it('gives the data of a step to nobody whom it does not name', () => {
    expect(stepOf(definition, 'sequencing')).toMatchObject({
      dataClasses: ['sample', 'genome'],
      recipients: ['designer'],
    });
  });

  it.each([
    ['blood-edta', 2, 8],
    ['tumour-frozen', undefined, -60],
    ['tumour-ffpe', 15, 30],
    ['vial', undefined, -60],
    ['block', 15, 30],
  ])('%s is kept between %s and %s degrees', (kind, min, max) => {
    const item = definition.items.find(({ code }) => code === kind);
    expect([item?.temperatureMinC, item?.temperatureMaxC]).toEqual([min, max]);
  });
});

const NEWER = ['counts', 'leadDays', 'dataClasses', 'recipients', 'release'];

function without(thing: object, members: readonly string[]): object {
  return Object.fromEntries(Object.entries(thing).filter(([name]) => !members.includes(name)));
}

/** The definition with other bases of a disposal in the group of a country. */
function basesOf(
  country: string,
  change: (bases: readonly BasisInLaw[]) => readonly (object | undefined)[],
  jurisdictions: readonly string[] = [country],
): object {
  const disposalBases = definition.disposalBases?.map((group) =>
    group.jurisdictions.includes(country) ? { jurisdictions, bases: change(group.bases) } : group,
  );
  return { ...definition, disposalBases };
}

describe('a definition of old', () => {
  it('is read as it was written, and has the hash of that', () => {
    const written = {
      ...without(definition, [
        'lineage',
        'jurisdictions',
        'disposalBases',
        'patientWords',
        'reserveSamples',
      ]),
      steps: definition.steps.map((step) => without(step, NEWER)),
    };
    const old = processDefinition.parse(written);
    expect(old).toEqual(written);
    expect(processHash(old)).toBe('wJ9yqxfzyiKX2I2Y6LoMh6B9lXTBSdnHud1ageqqO8Q');
    expect(lineageOf(old)).toBe('data');
    const sequencing = stepOf(old, 'sequencing');
    expect(sequencing && dataClassesOf(sequencing)).toEqual(['sample', 'genome']);
  });
});

it('may have a basis of one name twice, of different kinds', () => {
  const twice = basesOf('GB', ([first]) => [
    ...(first ? [first] : []),
    ...['vial', 'block'].map((kind) => ({
      ...{ basis: 'recall', law: 'one', allows: ['retain'], kinds: [kind] },
    })),
  ]);
  expect(processDefinition.safeParse(twice).error).toBeUndefined();
});

describe('a process definition is refused when', () => {
  it.each([
    [
      'a step needs one that comes later',
      change('pathology', { needs: ['design'] }),
      'steps.3.needs: only earlier steps: enrolment, slot-booking, collection',
    ],
    [
      'a step takes an item that is no kind',
      change('pathology', { inputs: ['bone'] }),
      'steps.3.inputs: only kinds of items: ',
    ],
    [
      'a step asks for training that nobody is asked for at its start',
      change('qa-review', { trained: true }),
      'steps.15.trained: training for steps that are started and reported only',
    ],
    ['steps are not numbered in order', change('pathology', { number: 9 }), 'steps.3.number: 4'],
    [
      'a range has no limit',
      change('pathology', {
        checks: [{ kind: 'range', code: 'x', class: 'quality', unit: 'percent' }],
      }),
      'steps.3.checks.0: a min or a max of x',
    ],
    [
      'one of several ranges has no limit, so that anything passes',
      change('extraction', {
        checks: [
          {
            kind: 'any-of',
            code: 'rna-integrity',
            class: 'quality',
            ranges: [
              { code: 'rin', unit: 'index', min: 7 },
              { code: 'dv200', unit: 'percent' },
            ],
          },
        ],
      }),
      'steps.5.checks.0: a min or a max of dv200',
    ],
    [
      'a check leads on with a step that comes after it',
      change('calling', { checks: [{ ...CONFORMS, class: 'identity', leadsOn: ['template'] }] }),
      'steps.8.checks.0: leadsOn to this step or an earlier one: enrolment, ',
    ],
    [
      'a check leads on that is none of identity',
      change('calling', { checks: [{ ...CONFORMS, class: 'safety', leadsOn: ['collection'] }] }),
      'steps.8.checks.0: leadsOn of checks of identity only',
    ],
    [
      'a check of identity or safety is a control, which may fail without saying anything',
      change('calling', { checks: [{ ...CONFORMS, class: 'safety', control: true }] }),
      'steps.8.checks.0: a control of the class quality or information',
    ],
    [
      'more of what harms tops anything up',
      change('calling', {
        checks: [
          { kind: 'range', code: 'x', class: 'quality', unit: 'count', max: 1, topUp: 'sum' },
        ],
      }),
      'steps.8.checks.0: topUp of checks of quality with a min only',
    ],
    [
      'a step counts what it does not make',
      change('collection', { counts: [{ of: 'outputs', kind: 'vial', min: 2 }] }),
      'steps.2.counts.0.kind: one of its outputs',
    ],
    [
      'a count has no number between its ends',
      change('collection', { counts: [{ of: 'outputs', kind: 'blood-edta', min: 3, max: 2 }] }),
      'steps.2.counts.0.max: 3 or more',
    ],
    [
      'a check that is none of identity compares what was made with its origin',
      change('calling', { checks: [{ ...CONFORMS, class: 'quality', comparesOrigin: true }] }),
      'steps.8.checks.0: comparesOrigin of checks of identity only',
    ],
    [
      'it has a design, and comes from material alone',
      { ...definition, lineage: 'material' },
      'lineage: data or both: it has a design',
    ],
    [
      'its exception holds where it may not be ordered',
      {
        ...definition,
        jurisdictions: ['DE'],
        outOfSpecification: { jurisdictions: ['DE', 'GB'], notificationHours: 48 },
      },
      'outOfSpecification.jurisdictions: only jurisdictions of the process: DE',
    ],
    [
      'it has bases of a disposal, and may be ordered anywhere',
      { ...without(definition, ['jurisdictions']) },
      'disposalBases: with jurisdictions only: nothing could be disposed of anywhere else',
    ],
    [
      'nothing could be disposed of in one of its jurisdictions',
      { ...definition, disposalBases: definition.disposalBases?.slice(1) },
      'disposalBases: bases in every jurisdiction of the process: AT, BE, ',
    ],
    [
      'a jurisdiction has its bases twice',
      basesOf('GB', (bases) => bases, ['GB', 'US']),
      'disposalBases.4.jurisdictions: jurisdictions that stand once',
    ],
    [
      'a jurisdiction stands twice among others',
      basesOf('GB', (bases) => bases, ['GB', 'GB']),
      'disposalBases.2.jurisdictions: jurisdictions that stand once',
    ],
    [
      'bases are those of a country where it may not be ordered',
      basesOf('GB', (bases) => bases, ['GB', 'BR']),
      'disposalBases.2.jurisdictions: only jurisdictions of the process: AT, ',
    ],
    [
      'a basis carries what becomes of no kind that there is',
      basesOf('GB', ([first, ...rest]) => [first, { ...rest[0], kinds: ['bone'] }]),
      'disposalBases.2.bases.1.kinds: only kinds of items: tumour-ffpe, ',
    ],
    [
      'two bases of one name carry the same, with the patient’s word and without',
      basesOf('GB', ([first]) => [
        { ...first, kinds: ['vial', 'block'] },
        { ...first, kinds: ['dna'], patientsWord: 'RESEARCH' },
        { ...first, allows: ['retain'] },
        { ...first, kinds: ['block'], patientsWord: 'RESEARCH' },
      ]),
      'disposalBases.2.bases.3: one basis of a name for a disposal',
    ],
    [
      'what is kept or returned waits for the patient’s wish to have it destroyed',
      basesOf('GB', ([first]) => [
        first,
        { ...first, allows: ['destroy', 'retain'], patientsWord: 'destruction' },
      ]),
      'disposalBases.2.bases.1.patientsWord: destruction of what may be destroyed only',
    ],
    [
      'of the things of a patient who says nothing any more nothing could become',
      basesOf('GB', (bases) =>
        bases.flatMap((each) => [
          { ...each, kinds: ['vial'] },
          { ...each, patientsWord: 'RESEARCH' as const },
          ...(each.allows.includes('return') ? [each] : []),
        ]),
      ),
      'disposalBases.2.bases: a basis to destroy or retain every kind without a word of the patient’s',
    ],
    [
      'a basis is cited by no law',
      basesOf('GB', ([first]) => [{ ...first, law: '' }]),
      'disposalBases.2.bases.0.law: a statute or guideline with its article',
    ],
    [
      'two steps have one name',
      change('pathology', { id: 'collection' }),
      'steps.3.id: an id that stands once',
    ],
    [
      'a kind of item stands twice, with other limits',
      { ...definition, items: [...definition.items, { code: 'vial', collected: false }] },
      `items.${definition.items.length}.code: a code that stands once`,
    ],
    [
      'the safety officer is asked before the deputy',
      { ...definition, alertDeputyMinutes: 90 },
      'alertSafetyOfficerMinutes: 90 or more: the deputy is asked before',
    ],
    [
      'it says more than the schema knows',
      { ...definition, remark: 'text' },
      ': no members but id, ',
    ],
  ])('%s', (_name, changed, told) => {
    const { error } = processDefinition.safeParse(changed, { error: expectationOf });
    const all = error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    expect(all?.join('\n')).toContain(told);
  });
});
