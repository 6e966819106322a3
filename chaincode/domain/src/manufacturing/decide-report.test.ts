import { describe, expect, test } from '@jest/globals';
import type { Results } from '../commands/decision.js';
import {
  actor,
  attempt,
  batch,
  COI,
  command,
  context,
  dataset,
  definition,
  design,
  DIGEST,
  din,
  item,
  NOW,
  report,
  signed,
  step,
  therapy,
  NO_USE,
} from '../example.fixture.js';
import { decideReportStep } from './decide-report.js';
import type { Lot } from '../nouns/lot.js';
import type { Run } from '../nouns/run.js';
import type { Training } from '../nouns/training.js';
import { addMinutes } from '../values/time.js';
import { reportStep } from './report-step.js';
import type { ReportState } from './step-report.js';

const LOT = 'https://id.gs1.org/01/09506000134352/10/LNP-1';
const operator = actor('lab.operator', 'LabMSP', 'operator');
const process = definition([
  step('template', {
    roles: ['operator'],
    inputs: ['tumour'],
    datasets: ['bam'],
    checks: [{ kind: 'design-commitment', code: 'sequence', class: 'identity' }],
  }),
  step('tests', { roles: ['operator'] }),
  step('qa-review', { attestedBy: 'manufacturing:ReviewBatch', needs: ['tests'] }),
  step('certification', { attestedBy: 'manufacturing:CertifyBatch' }),
]);
const lot: Lot = {
  noun: 'lot',
  id: LOT,
  kind: 'lipids',
  expiry: '2027-01-01T00:00:00.000Z',
  registered: signed('a'),
  organisation: 'LabMSP',
};
const permitted = attempt('template', {
  permission: { ...signed('lab.foreman'), inputs: [din(1)], datasets: [] },
});
const input = item({ holder: { organisation: 'LabMSP', actor: operator.id } });
const nothing: ReportState = {
  therapy: therapy(),
  definition: process,
  existing: permitted,
  inputs: [],
  outputs: [],
  inputDatasets: [],
  outputDatasets: [],
  lots: [],
  run: undefined,
  design: design(),
  batch: undefined,
  unidentified: [],
  use: NO_USE,
};
const NO_RESULTS: Results = { from: 'annex', content: { results: [] } };

function tell(
  rest: Partial<ReportState> = {},
  said: object = {},
  annex: Record<string, string> = {},
  by = operator,
  at = NOW,
) {
  const body = reportStep.body.parse({
    coi: COI,
    step: 'template',
    attempt: 1,
    inputs: [],
    outputs: [],
    inputDatasets: [],
    datasets: [],
    lots: [],
    design: 'design-1',
    sequenceCommitment: DIGEST,
    equipment: [],
    sop: { id: 'sop-1', version: '1.0' },
    ...said,
  });
  return decideReportStep(
    { ...nothing, ...rest },
    command(by.id, body, { at, annex }),
    context(by, { results: NO_RESULTS }),
  );
}

const codes = (decision: ReturnType<typeof tell>) => decision.deviations.map(({ code }) => code);

describe('the report of a step in a shared run', () => {
  const run = (rest: Partial<Run> = {}): Run => ({
    noun: 'run',
    id: 'run-1',
    flowCell: 'FC-1',
    instrument: 'SEQ-1',
    registered: signed('a'),
    organisation: 'LabMSP',
    ...rest,
  });
  const failing = (rest: Partial<Run>) =>
    codes(tell({ run: run(rest) }, { run: 'run-1', sequenceCommitment: `${'B'.repeat(42)}A` }));
  const failed = { ...signed('lab.head'), reason: 'controls-failed' } as const;

  test('tells of a failed check whatever was found of the run before: who names the run may not set it aside', () => {
    expect(failing({})).toContain('IDENTITY_CHECK_FAILED');
    const confirmed = { ...signed('lab.deputy'), controls: `${'B'.repeat(42)}A` };
    for (const other of [
      { ...failed, confirmed },
      failed,
      { ...failed, confirmed, annulled: signed('a') },
      { ...failed, reason: 'sample-sheet-mixed' as const },
    ])
      expect(failing({ failures: [other] })).toContain('IDENTITY_CHECK_FAILED');
  });
});

describe('the report of a step', () => {
  test('stands in its attempt, beside the permission', () => {
    const decision = tell();
    expect(codes(decision)).toEqual([]);
    expect(decision.verdicts).toEqual([{ check: 'sequence', verdict: 'pass' }]);
    expect(decision.changes).toMatchObject([
      { noun: 'step', permission: { actor: 'lab.foreman' }, report: { actor: operator.id } },
    ]);
  });

  test('of fewer or more of a kind than the process has deviates, kind by kind (C4)', () => {
    const counts = [
      { of: 'inputs', kind: 'tumour', min: 1 },
      { of: 'outputs', kind: 'vial', min: 1, max: 2 },
      { of: 'datasets', kind: 'fastq', min: 1, max: 1 },
    ] as const;
    const [first, ...others] = process.steps;
    if (!first) throw new Error('no step');
    const counting = { definition: definition([{ ...first, counts }, ...others]) };
    const found = (...outputs: readonly string[]) =>
      tell(
        { ...counting, outputs: outputs.map((id) => ({ id, known: 'never' })) },
        { outputs: outputs.map((id) => ({ item: id, kind: 'vial' })) },
      ).deviations.flatMap(({ code, expected, found: counted }) =>
        code === 'UNITS_DIFFER' ? [`${expected ?? ''}: ${counted ?? ''}`] : [],
      );
    expect(found(din(21), din(22), din(23))).toEqual([
      'at least 1 tumour: 0 tumour',
      '1 to 2 vial: 3 vial',
      '1 fastq: 0 fastq',
    ]);
    expect(found(din(21))).toEqual(['at least 1 tumour: 0 tumour', '1 fastq: 0 fastq']);
  });

  test.each<[string, Partial<ReportState>]>([
    ['a dataset that went in', { inputDatasets: [dataset()] }],
    ['the design that it names', { design: design() }],
  ])('dated before %s was there deviates (F1)', (_name, drawnFrom) => {
    const asked = { ...signed('lab.foreman'), at: addMinutes(NOW, -60) };
    const existing = attempt('template', { permission: { ...asked, inputs: [], datasets: [] } });
    const told = (minutes: number, rest: Partial<ReportState>) =>
      tell({ existing, design: undefined, ...rest }, {}, {}, operator, addMinutes(NOW, minutes));
    expect(codes(told(-5, drawnFrom))).toContain('BEFORE_ITS_SUBJECT');
    expect(codes(told(-1, drawnFrom))).not.toContain('BEFORE_ITS_SUBJECT');
    expect(codes(told(-5, {}))).not.toContain('BEFORE_ITS_SUBJECT');
  });

  test('before its design is approved compares the sequence all the same, and quality looks at the order', () => {
    const unapproved = design();
    Reflect.deleteProperty(unapproved, 'approved');
    const decision = tell({ design: unapproved });
    expect(decision.verdicts).toEqual([{ check: 'sequence', verdict: 'pass' }]);
    expect(codes(decision)).toEqual(['DESIGN_NOT_APPROVED']);
  });

  test('confirms no sequence but the design’s', () => {
    const OTHER = `${'B'.repeat(42)}A`;
    for (const decision of [tell({ design: undefined }), tell({}, { sequenceCommitment: OTHER })]) {
      expect(codes(decision)[0]).toBe('IDENTITY_CHECK_FAILED');
      expect(decision.verdicts).toEqual([{ check: 'sequence', verdict: 'fail' }]);
    }
  });

  test('uses up what it consumed; what is not here deviates, and others’ things stay what they are', () => {
    const consumed = { inputs: [{ item: din(1), consumed: true }] };
    const named = { id: din(1), known: 'own' } as const;
    const whole = tell({ inputs: [{ ...named, item: input }] }, consumed);
    expect(codes(whole)).toEqual([]);
    expect(whole.changes).toContainEqual({ ...input, custody: 'consumed' });
    const gone = tell(
      { inputs: [{ ...named, item: { ...input, custody: 'disposed' } }] },
      consumed,
    );
    expect(codes(gone)).toEqual(['NOT_IN_CUSTODY']);
    const elsewhere = item();
    const taken = tell({ inputs: [{ ...named, item: elsewhere }] }, consumed);
    expect(codes(taken)).toEqual(['NOT_HOLDER']);
    expect(taken.changes).toContainEqual(expect.objectContaining({ custody: 'in-custody' }));
  });

  test('on an input that the permission does not name deviates', () => {
    const other = { ...input, id: din(2) };
    const decision = tell(
      { inputs: [{ id: din(2), known: 'own', item: other }] },
      { inputs: [{ item: din(2), consumed: false }] },
    );
    expect(codes(decision)).toEqual(['INPUT_NOT_PERMITTED']);
  });

  test.each<[string, Partial<ReportState>, object, string]>([
    ['without a permission', { existing: undefined }, {}, 'STEP_OUT_OF_ORDER'],
    ['of a step that nobody reports', {}, { step: 'certification' }, 'UNKNOWN_STEP'],
    [
      'on data that the ledger does not know',
      { inputDatasets: [undefined] },
      { inputDatasets: ['fastq'] },
      'UNKNOWN_DATASET',
    ],
    [
      'with data that it does not commit to',
      { outputDatasets: [undefined] },
      { datasets: [{ id: 'bam', kind: 'bam', region: 'DE' }] },
      'DATASET_NOT_COMMITTED',
    ],
    [
      'with data of a name that is taken',
      { outputDatasets: [dataset()] },
      { datasets: [{ id: 'fastq', kind: 'bam', region: 'DE' }] },
      'IDENTIFIER_TAKEN',
    ],
    ['with a lot that nobody registered', { lots: [undefined] }, { lots: [LOT] }, 'UNKNOWN_LOT'],
    [
      'with a lot that expired this moment',
      { lots: [{ ...lot, expiry: NOW }] },
      { lots: [LOT] },
      'LOT_EXPIRED',
    ],
    ['in a run that nobody registered', {}, { run: 'run-1' }, 'UNKNOWN_RUN'],
    [
      'of a design that nobody submitted',
      { design: undefined },
      { design: 'design-9' },
      'UNKNOWN_DESIGN',
    ],
    ['on a batch that the ledger does not know', {}, { batch: 'batch-1' }, 'UNKNOWN_BATCH'],
  ])('%s deviates', (_name, rest, said, code) => {
    expect(codes(tell(rest, said))).toContain(code);
  });

  test('of what the step does not make deviates, whatever went into it, item or data (C4)', () => {
    const named = { id: din(1), known: 'own', item: input } as const;
    const inputs = [{ item: din(1), consumed: false }];
    const output = (kind: string) =>
      tell(
        { inputs: [named], outputs: [{ id: din(5), known: 'never' }] },
        { inputs, outputs: [{ item: din(5), kind }] },
      );
    const ofAttempt = { ref: { kind: 'step', coi: COI, id: 'template', attempt: 1 } };
    for (const kind of ['dose', 'tumour']) {
      expect(output(kind).deviations).toContainEqual(
        expect.objectContaining({ code: 'KIND_NOT_MADE', found: kind, subjects: [ofAttempt] }),
      );
    }
    const data = { id: 'calls', kind: 'vcf', region: 'DE' };
    const decision = tell(
      { outputDatasets: [undefined] },
      { datasets: [data] },
      {
        'dataset.calls': DIGEST,
      },
    );
    expect(decision.deviations).toMatchObject([{ code: 'KIND_NOT_MADE', found: 'vcf' }]);
  });

  test('by another role than the process names deviates', () => {
    const designer = actor('lab.designer', 'LabMSP', 'designer');
    expect(codes(tell({}, {}, {}, designer))).toEqual(['STEP_BY_WRONG_ROLE']);
  });

  test('by somebody without the training that it asks for is recorded, and deviates', () => {
    const [template] = process.steps;
    if (!template) throw new Error('the process has no step');
    const asking = definition([{ ...template, trained: true }]);
    const training: Training = {
      noun: 'training',
      ...{ actor: operator.id, process: 'example', version: '1.0' },
      ...{ step: 'template', from: addMinutes(NOW, -60), until: addMinutes(NOW, 60) },
      evidence: DIGEST,
      recorded: signed('lab.quality'),
    };
    const told = tell({ definition: asking });
    expect(codes(told)).toEqual(['NOT_TRAINED']);
    expect(told.changes).toContainEqual(
      expect.objectContaining({ noun: 'step', report: expect.anything() }),
    );
    expect(codes(tell({ definition: asking, training }))).toEqual([]);
    const [expired] = tell({
      definition: asking,
      training: { ...training, until: NOW },
    }).deviations;
    expect(expired).toMatchObject({ code: 'NOT_TRAINED', found: `ended ${NOW}` });
  });

  test('a second time deviates, and the first report stays', () => {
    const existing = { ...permitted, report: report('lab.first') };
    const decision = tell({ existing });
    expect(codes(decision)).toEqual(['RESULT_REPLACED']);
    expect(decision.changes[0]).toMatchObject({
      report: { actor: 'lab.first' },
      repeated: [{ actor: operator.id, verdicts: [{ check: 'sequence', verdict: 'pass' }] }],
    });
    expect(tell({ existing }, { run: 'run-2' }).changes[0]).toMatchObject({
      repeated: [{ run: 'run-2' }],
    });
  });

  test.each([
    [{ lots: true }, {}, ['LOTS_MISSING']],
    [{ lots: true }, { lots: [LOT] }, []],
    [{}, { lots: [LOT] }, ['LOTS_NOT_ASKED_FOR']],
    [{ sharedRun: true }, {}, ['RUN_MISSING']],
    [{ sharedRun: true }, { run: 'run-1' }, []],
    [{}, { run: 'run-1' }, ['RUN_NOT_ASKED_FOR']],
  ])('of a step that wants %j and names %j deviates by %j', (wanted, said, expected) => {
    const wanting = step('template', { roles: ['operator'], ...wanted });
    const run: Run = {
      ...{ noun: 'run', id: 'run-1', flowCell: 'FC-1', instrument: 'SEQ-1' },
      ...{ registered: signed('a'), organisation: 'LabMSP' },
    };
    const state = { definition: definition([wanting]), lots: [lot], run };
    expect(codes(tell(state, said))).toEqual(expected);
  });

  test('that was done twice on one thing, by its words, deviates: another was meant', () => {
    const inputs = [input.id, input.id].map((id) => ({ item: id, consumed: false }));
    const twice = { inputs, inputDatasets: ['bam', 'bam', 'bam'] };
    const named = { id: input.id, known: 'own' as const, item: input };
    const listed = tell({ inputs: [named, named] }, twice).deviations.filter(
      ({ code }) => code === 'LISTED_TWICE',
    );
    expect(listed.map(({ found }) => found)).toEqual([input.id, 'bam']);
  });

  test('that was done on one thing by two numbers on its label was done twice on it', () => {
    const numbers = [input.id, din(77)];
    const inputs = numbers.map((id) => ({ id, known: 'own' as const, item: input }));
    const said = { inputs: numbers.map((id) => ({ item: id, consumed: false })) };
    expect(codes(tell({ inputs }, said))).toContain('LISTED_TWICE');
  });

  test('keeps its data’s commitment, and leads from lot and run to the therapy', () => {
    const decision = tell(
      { lots: [lot], outputDatasets: [undefined] },
      { lots: [LOT], run: 'run-1', datasets: [{ id: 'bam', kind: 'bam', region: 'DE' }] },
      { 'dataset.bam': DIGEST },
    );
    const others = ['LOTS_NOT_ASKED_FOR', 'RUN_NOT_ASKED_FOR'];
    expect(codes(decision)).toEqual([...others, 'UNKNOWN_RUN']);
    const where = { coi: COI, step: 'template', attempt: 1 };
    expect(decision.changes).toContainEqual({ noun: 'lot-use', of: LOT, ...where });
    expect(decision.changes).toContainEqual({ noun: 'run-use', of: 'run-1', ...where });
    expect(decision.changes).toContainEqual(
      expect.objectContaining({ noun: 'dataset', id: 'bam', commitment: DIGEST }),
    );
  });

  describe('on a batch', () => {
    const permission = { ...signed(operator.id), inputs: [], datasets: [] };
    const tests = attempt('tests', { permission });
    const tested = { step: 'tests', batch: 'batch-1' };

    test('names the batch in its attempt, and writes nothing into the batch’s record', () => {
      const decision = tell({ existing: tests, batch: batch() }, tested);
      expect(codes(decision)).toEqual([]);
      expect(decision.changes).toMatchObject([{ noun: 'step', report: { batch: 'batch-1' } }]);
    });

    const unlike = { sequenceCommitment: `${'B'.repeat(42)}A`, batch: 'batch-1' };
    const checked = definition(
      process.steps.map((each) =>
        each.id === 'tests' ? { ...each, checks: process.steps[0]?.checks ?? [] } : each,
      ),
    );

    test('stops it when a release test fails', () => {
      const state = { definition: checked, existing: tests, batch: batch() };
      const decision = tell(state, { ...unlike, step: 'tests' });
      expect(decision.deviations).toMatchObject([
        {
          code: 'IDENTITY_CHECK_FAILED',
          subjects: [{ ref: { kind: 'step' } }, { ref: { kind: 'batch' } }],
        },
      ]);
    });

    test('does not stop it when another step fails, and deviates when nobody recorded it', () => {
      const failed = tell({ batch: batch() }, unlike);
      expect(failed.deviations).toMatchObject([
        { code: 'IDENTITY_CHECK_FAILED', subjects: [{ ref: { kind: 'step' } }] },
      ]);
      expect(codes(tell({ existing: tests }, tested))).toEqual(['UNKNOWN_BATCH']);
    });
  });
});

describe('the report of an earlier record', () => {
  const earlierRecord = { source: '4012345000016', issued: '2024-03-01T09:00:00.000Z' };
  const accepting = definition(
    process.steps.map((each) => (each.id === 'template' ? { ...each, earlierRecord: true } : each)),
  );

  test('is asked for no result, and stands with its source', () => {
    const decision = tell({ definition: accepting }, { earlierRecord });
    expect(codes(decision)).toEqual([]);
    expect(decision.verdicts).toEqual([]);
    expect(decision.changes).toMatchObject([{ noun: 'step', report: { earlierRecord } }]);
  });

  test('deviates beside a sample, whose checks are asked for', () => {
    const decision = tell(
      { definition: accepting },
      { earlierRecord, inputDatasets: ['variants'] },
    );
    expect(codes(decision)).toContain('EARLIER_RECORD_NOT_ACCEPTED');
    expect(decision.verdicts).toEqual([{ check: 'sequence', verdict: 'pass' }]);
  });

  test('deviates where the process takes none, and its checks are asked for', () => {
    const decision = tell({}, { earlierRecord });
    expect(codes(decision)).toEqual(['EARLIER_RECORD_NOT_ACCEPTED']);
    expect(decision.verdicts).toEqual([{ check: 'sequence', verdict: 'pass' }]);
  });
});
