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
} from '../example.fixture.js';
import { decideReportStep } from './decide-report.js';
import type { Lot } from '../nouns/lot.js';
import { reportStep } from './report-step.js';
import type { ReportState } from './step-report.js';

const LOT = 'https://id.gs1.org/01/09506000134352/10/LNP-1';
const operator = actor('lab.operator', 'LabMSP', 'operator');
const process = definition([
  step('template', {
    roles: ['operator'],
    inputs: ['tumour'],
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
  permission: { ...signed('lab.foreman'), inputs: [din(1)] },
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
};
const NO_RESULTS: Results = { from: 'annex', content: { results: [] } };

function tell(
  rest: Partial<ReportState> = {},
  said: object = {},
  annex: Record<string, string> = {},
  by = operator,
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
    command(by.id, body, { annex }),
    context(by, { results: NO_RESULTS }),
  );
}

const codes = (decision: ReturnType<typeof tell>) => decision.deviations.map(({ code }) => code);

describe('the report of a step', () => {
  test('stands in its attempt, beside the permission', () => {
    const decision = tell();
    expect(codes(decision)).toEqual([]);
    expect(decision.verdicts).toEqual([{ check: 'sequence', verdict: 'pass' }]);
    expect(decision.changes).toMatchObject([
      { noun: 'step', permission: { actor: 'lab.foreman' }, report: { actor: operator.id } },
    ]);
  });

  test('confirms the sequence of an approved design only', () => {
    const unapproved = design();
    Reflect.deleteProperty(unapproved, 'approved');
    const OTHER = `${'B'.repeat(42)}A`;
    for (const decision of [
      tell({ design: unapproved }),
      tell({ design: undefined }),
      tell({}, { sequenceCommitment: OTHER }),
    ]) {
      expect(codes(decision)).toEqual(['RESULT_OUT_OF_LIMITS']);
      expect(decision.verdicts).toEqual([{ check: 'sequence', verdict: 'fail' }]);
    }
  });

  test('uses up what it consumed, and what is not here deviates', () => {
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
    expect(codes(tell({ inputs: [{ ...named, item: elsewhere }] }, consumed))).toEqual([
      'NOT_HOLDER',
    ]);
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
      { datasets: [{ id: 'bam', region: 'DE' }] },
      'DATASET_NOT_COMMITTED',
    ],
    [
      'with data of a name that is taken',
      { outputDatasets: [dataset()] },
      { datasets: [{ id: 'fastq', region: 'DE' }] },
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
    ['on a batch that the ledger does not know', {}, { batch: 'batch-1' }, 'UNKNOWN_BATCH'],
  ])('%s deviates', (_name, rest, said, code) => {
    expect(codes(tell(rest, said))).toContain(code);
  });

  test('by another role than the process names deviates', () => {
    const designer = actor('lab.designer', 'LabMSP', 'designer');
    expect(codes(tell({}, {}, {}, designer))).toEqual(['STEP_BY_WRONG_ROLE']);
  });

  test('a second time deviates, and the first report stays', () => {
    const existing = { ...permitted, report: report('lab.first') };
    const decision = tell({ existing });
    expect(codes(decision)).toEqual(['RESULT_REPLACED']);
    expect(decision.changes[0]).toMatchObject({ report: { actor: 'lab.first' } });
  });

  test('keeps its data’s commitment, and leads from lot and run to the therapy', () => {
    const decision = tell(
      { lots: [lot], outputDatasets: [undefined] },
      { lots: [LOT], run: 'run-1', datasets: [{ id: 'bam', region: 'DE' }] },
      { 'dataset.bam': DIGEST },
    );
    expect(codes(decision)).toEqual(['UNKNOWN_RUN']);
    const where = { coi: COI, step: 'template', attempt: 1 };
    expect(decision.changes).toContainEqual({ noun: 'lot-use', of: LOT, ...where });
    expect(decision.changes).toContainEqual({ noun: 'run-use', of: 'run-1', ...where });
    expect(decision.changes).toContainEqual(
      expect.objectContaining({ noun: 'dataset', id: 'bam', commitment: DIGEST }),
    );
  });

  describe('on a batch', () => {
    const untested = batch();
    Reflect.deleteProperty(untested, 'tests');
    const tests = attempt('tests', { permission: { ...signed(operator.id), inputs: [] } });
    const test1 = { step: 'tests', batch: 'batch-1' };
    const written = (decision: ReturnType<typeof tell>) =>
      decision.changes.filter(({ noun }) => noun === 'batch');

    test('is its tests, when the review needs that step', () => {
      const decision = tell({ existing: tests, batch: untested }, test1);
      expect(written(decision)).toEqual([{ ...untested, tests: { step: 'tests', attempt: 1 } }]);
    });

    test('is no test of it, when it is another step', () => {
      expect(written(tell({ batch: untested }, { batch: 'batch-1' }))).toEqual([]);
    });

    test('is no test of it, when the attempt was reported on something else before', () => {
      const existing = { ...tests, report: report('lab.first', { batch: 'batch-0' }) };
      const decision = tell({ existing, batch: untested }, test1);
      expect(codes(decision)).toEqual(['RESULT_REPLACED']);
      expect(written(decision)).toEqual([]);
    });

    test('never takes the place of earlier tests', () => {
      const again = tell({ existing: tests, batch: batch() }, test1);
      expect(codes(again)).toEqual(['RESULT_REPLACED']);
      expect(written(again)).toMatchObject([{ tests: { step: 'tests', attempt: 1 } }]);
    });
  });
});
