import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type ProcessDefinition, ROLES, type Step } from '@veinledger/domain';
import { shippedProcesses } from '../development/consortium.js';
import { faultsOfWords } from './patient-words.js';
import { lintProcess } from './lint.js';

const require = createRequire(import.meta.url);
const GRANTABLE = ROLES.filter((role) => role !== 'auditor');
const [MRNA, PEPTIDE, CELLS] = shippedProcesses() as [
  ProcessDefinition,
  ProcessDefinition,
  ProcessDefinition,
];

function wordsOf({ id, version, patientWords = [] }: ProcessDefinition) {
  return new Map(
    patientWords.map(({ language }): [string, unknown] => {
      const name = `@veinledger/chaincode/processes/words/${id}-${version}.${language}.json`;
      return [language, JSON.parse(readFileSync(require.resolve(name), 'utf8'))];
    }),
  );
}

const lint = (raw: unknown, of = MRNA) =>
  lintProcess(raw, { grantable: GRANTABLE, words: wordsOf(of) });

/** A definition with other members of one step; what is undefined is left out. */
function alter(of: ProcessDefinition, id: string, members: object): unknown {
  const steps = of.steps.map((step) =>
    step.id === id
      ? Object.fromEntries(
          Object.entries({ ...step, ...members }).filter(([, value]) => value !== undefined),
        )
      : step,
  );
  return { ...of, steps };
}

function checks(of: ProcessDefinition, id: string, change: (check: object) => object) {
  const found = of.steps.find((step) => step.id === id)?.checks ?? [];
  return alter(of, id, { checks: found.map((each, index) => (index === 0 ? change(each) : each)) });
}

const without = (member: string) => (check: object) =>
  Object.fromEntries(Object.entries(check).filter(([name]) => name !== member));

const needsOf = (of: ProcessDefinition, id: string): Step['needs'] =>
  of.steps.find((step) => step.id === id)?.needs ?? [];

describe('a process that ships', () => {
  test.each([MRNA, PEPTIDE, CELLS].map((each) => [each.id, each] as const))(
    '%s has nothing wrong with it',
    (_id, definition) => {
      expect(lint(definition, definition)).toEqual([]);
    },
  );
});

describe('what is wrong with a process is told by the step that it is wrong in', () => {
  const loop = alter(MRNA, 'extraction', { inputs: ['vial'] }) as ProcessDefinition;
  test.each<[string, unknown, string, string, string]>([
    [
      'steps that wait for each other',
      alter(MRNA, 'pathology', { needs: ['sequencing'] }),
      ...(['pathology', 'cycle', 'needs itself, by extraction'] as const),
    ],
    [
      'a step that needs one that is not there',
      alter(MRNA, 'template', { needs: ['designing'] }),
      ...(['template', 'shape', 'needs: only earlier steps'] as const),
    ],
    [
      'a step that is never reached, since what it takes comes after it',
      loop,
      ...(['extraction', 'unreachable', 'waits for fill-finish'] as const),
    ],
    [
      'a step that takes what nobody makes',
      alter(CELLS, 'harvest-freeze', { outputs: ['qc-vial'], counts: undefined }),
      ...(['courier-to-hospital', 'nothing-feeds', 'takes infusion-bag'] as const),
    ],
    [
      'a step that makes something of nothing',
      alter(CELLS, 'selection', { inputs: [] }),
      ...(['selection', 'nothing-feeds', 'makes something of nothing'] as const),
    ],
    [
      'a step whose results nobody asks for',
      alter(CELLS, 'qa-review', {
        needs: needsOf(CELLS, 'qa-review').filter((need) => need !== 'mycoplasma-test'),
      }),
      ...(['mycoplasma-test', 'nothing-uses', 'no step needs it'] as const),
    ],
    [
      'a measured check without a unit',
      checks(MRNA, 'pathology', without('unit')),
      ...(['pathology', 'shape', 'checks.1.unit'] as const),
    ],
    [
      'a check without a class',
      checks(MRNA, 'release-tests', without('class')),
      ...(['release-tests', 'shape', 'checks.1.class'] as const),
    ],
    [
      'a check without limits',
      checks(MRNA, 'ranking', without('min')),
      ...(['ranking', 'shape', 'a min or a max of neoantigens'] as const),
    ],
    [
      'a gate that nobody can open',
      alter(MRNA, 'certification', { roles: ['operator'] }),
      ...(['certification', 'gate', 'gate H4: none of operator may sign'] as const),
    ],
    [
      'a gate at a command that does not open it',
      alter(MRNA, 'qa-review', { gate: 'H4' }),
      ...(['qa-review', 'gate', 'manufacturing:CertifyBatch does'] as const),
    ],
    [
      'a step that is attested by no command there is',
      alter(MRNA, 'receipt', { attestedBy: 'custody:TakeItem' }),
      ...(['receipt', 'gate', 'no command custody:TakeItem'] as const),
    ],
    [
      'a role that no member may grant',
      alter(MRNA, 'ranking', { roles: ['auditor'] }),
      ...(['ranking', 'role', 'no member may grant auditor'] as const),
    ],
    [
      'a role that there is not',
      alter(MRNA, 'ranking', { roles: ['wizard'] }),
      ...(['ranking', 'shape', ', found wizard'] as const),
    ],
    [
      'a member that there is not',
      alter(MRNA, 'ranking', { wizard: true }),
      ...(['ranking', 'shape', 'wizard: no members but '] as const),
    ],
    [
      'data that go to somebody, and nobody knows which',
      alter(MRNA, 'calling', { dataClasses: undefined }),
      ...(['calling', 'role', 'does not say which data'] as const),
    ],
    [
      'an identity that failed, with no way on',
      checks(MRNA, 'calling', without('leadsOn')),
      ...(['calling', 'way-on', 'leadsOn names no step'] as const),
    ],
    [
      'an identity that failed, with a way on that makes nothing',
      checks(CELLS, 'identity-test', (each) => ({ ...each, leadsOn: ['incoming-test'] })),
      ...(['identity-test', 'way-on', 'incoming-test, which makes nothing'] as const),
    ],
    [
      'a safety that failed, of what cannot be made anew',
      alter(MRNA, 'slot-booking', {
        checks: [{ kind: 'conforms', code: 'lead-times', class: 'safety' }],
      }),
      ...(['slot-booking', 'way-on', 'nothing before it'] as const),
    ],
    [
      'a batch that is reviewed without a test',
      alter(PEPTIDE, 'qa-review', { needs: ['fill-finish'] }),
      ...(['qa-review', 'release-tests', 'no step has tested'] as const),
    ],
    [
      'a batch that is certified without a review',
      alter(PEPTIDE, 'certification', { needs: ['release-tests'] }),
      ...(['certification', 'release-tests', 'nobody has reviewed'] as const),
    ],
    [
      'two collections that are compared, of which one is taken',
      {
        ...(alter(MRNA, 'collection', { counts: undefined }) as ProcessDefinition),
        steps: MRNA.steps.map((step) => {
          if (step.id === 'collection') return { ...step, counts: [] };
          return step.id === 'genotyping' ? { ...step, earlierRecord: false } : step;
        }),
      },
      ...(['calling', 'second-collection', 'second-collection-concordance'] as const),
    ],
    [
      'a product that is compared with no design',
      {
        ...MRNA,
        steps: MRNA.steps.map((step) => (step.id === 'template' ? { ...step, checks: [] } : step)),
      },
      ...(['administration', 'lineage', "design's commitment"] as const),
    ],
    [
      'cells that travel at any temperature',
      { ...CELLS, items: CELLS.items.map(({ code, collected }) => ({ code, collected })) },
      ...(['courier-to-hospital', 'temperature', 'infusion-bag travels'] as const),
    ],
    [
      'a step that is due before it can be done',
      alter(MRNA, 'sequencing', { targetDay: 6 }),
      ...(['sequencing', 'late', 'due on day 6'] as const),
    ],
    [
      'a test that may follow what does not wait for it',
      alter(CELLS, 'incoming-test', { mayFollow: { dueHours: 336 } }),
      ...(['incoming-test', 'shape', 'only on a release test'] as const),
    ],
    [
      'what asks the gate of the dose of something that nobody is given',
      alter(CELLS, 'selection', { irreversible: true }),
      ...(['selection', 'marks', 'takes leukapheresis'] as const),
    ],
    [
      'what cannot be undone and takes nothing',
      alter(CELLS, 'slot-booking', { irreversible: true }),
      ...(['slot-booking', 'shape', 'takes something'] as const),
    ],
    [
      'a count of what the step does not take',
      alter(PEPTIDE, 'pooling', { counts: [{ of: 'inputs', kind: 'vial', min: 1 }] }),
      ...(['pooling', 'shape', 'one of its inputs'] as const),
    ],
    [
      'a step that the patient is never told of',
      alter(MRNA, 'receipt', { release: undefined }),
      ...(['receipt', 'words', 'no release rule'] as const),
    ],
  ])('%s', (_name, raw, step, rule, says) => {
    const faults = lint(raw, raw === undefined ? MRNA : (raw as ProcessDefinition));
    expect(faults).toContainEqual({ step, rule, says: expect.stringContaining(says) });
  });

  test('words that are others than the definition names, or lack a step', () => {
    const words = wordsOf(MRNA);
    const others = { ...(words.get('ja') as object), steps: [] };
    const faults = faultsOfWords(MRNA, new Map([...words, ['ja', others]]));
    expect(faults).toContainEqual({
      rule: 'words',
      says: expect.stringContaining('patientWords in ja: expected digest'),
    });
    expect(faults).toContainEqual({ step: 'design', rule: 'words', says: 'no words in ja' });
    expect(faultsOfWords({ ...MRNA, patientWords: [] }, new Map())).toHaveLength(2);
  });

  test('reserve samples that nothing retains where they are kept', () => {
    const { disposalBases = [] } = MRNA;
    const bare = disposalBases.map(({ jurisdictions, bases }) => ({
      jurisdictions,
      bases: jurisdictions.includes('JP')
        ? bases.filter(({ basis }) => basis !== 'reserve-sample')
        : bases,
    }));
    const says =
      'reserve samples are kept of each batch, and no basis reserve-sample retains them in JP';
    expect(lint({ ...MRNA, disposalBases: bare })).toEqual([{ rule: 'disposal', says }]);
    expect(lint({ ...MRNA, disposalBases: bare, reserveSamples: 0 })).toEqual([]);
  });

  test('a basis of a disposal that the process or the law does not know', () => {
    const of = (members: object) => {
      const [first, ...rest] = MRNA.disposalBases ?? [];
      const bases = first?.bases.map((each, index) =>
        index === 1 ? { ...each, ...members } : each,
      );
      return lint({ ...MRNA, disposalBases: [{ ...first, bases }, ...rest] });
    };
    expect(of({ kinds: ['bone'] })).toEqual([
      { rule: 'shape', says: expect.stringContaining('disposalBases.0.bases.1.kinds: only kinds') },
    ]);
    expect(of({ basis: 'convenience' })).toEqual([
      { rule: 'shape', says: expect.stringContaining('disposalBases.0.bases.1.basis: ') },
    ]);
    expect(of({ statute: 'none' })).toEqual([
      { rule: 'shape', says: expect.stringContaining('no members but basis, law, allows') },
    ]);
  });

  test('a file that is no process at all', () => {
    expect(lint('vaccine')).toEqual([{ rule: 'shape', says: expect.stringContaining('the file') }]);
    expect(lint({ ...MRNA, lineage: 'material' })).toEqual([
      { rule: 'shape', says: 'lineage: data or both: it has a design, found material' },
    ]);
  });
});
