import { resultsOf } from '../contradict.js';
import * as words from '../words.js';
import type { Draw } from '../fault.js';
import type { Body, Spoken, Value } from '../../spoken.js';
import { type Aim, before, type Gate, instead, otherwise, planned } from './aim.js';

const REPORT = 'manufacturing:ReportStep';

/** The same report with one result out of its limits. */
function failing(report: Spoken, check: string, value: Value): Spoken {
  const results = resultsOf(report.annexes).map((each) =>
    each['check'] === check ? { ...each, value } : each,
  );
  return { ...report, annexes: { ...report.annexes, results: { results } } };
}

/** Another attempt of a planned step, on the same things, which gave nothing. */
function again(draw: Draw, step: string, check: string, value: Value): Spoken | undefined {
  const report = draw.plan[planned(draw, REPORT, { step })];
  if (!report) return undefined;
  const { results } = failing(report, check, value).annexes;
  return {
    ...report,
    annexes: { results: results ?? null },
    body: {
      ...report.body,
      attempt: 2,
      outputs: [],
      datasets: [],
      inputs: (report.body['inputs'] as readonly Body[]).map((each) => ({
        ...each,
        consumed: false,
      })),
    },
  };
}

/** An attempt with the permission to begin it, mostly. */
function begun(draw: Draw, attempt: Spoken): readonly Spoken[] {
  const { step = null, batch = null, design = null, coi = null } = attempt.body;
  if (draw.random.chance(0.2)) return [attempt];
  const items = (attempt.body['inputs'] as readonly Body[]).map((each) => each['item'] ?? null);
  const start: Spoken = {
    type: 'manufacturing:StartStep',
    by: attempt.by,
    annexes: {},
    body: {
      coi,
      step,
      attempt: 2,
      inputs: items,
      datasets: attempt.body['inputDatasets'] ?? [],
      ...(batch === null ? {} : { batch }),
      ...(design === null ? {} : { design }),
    },
  };
  return [start, attempt];
}

type Check = readonly [step: string, check: string, value: Value];

const QUALITY: readonly Check[] = [
  ['extraction', 'dna-mass', 0],
  ['sequencing', 'coverage-normal', 1],
  ['sequencing', 'q30', 10],
  ['fill-finish', 'size', 500],
  ['transcription', 'integrity', 3],
];

const FINAL: readonly Check[] = [
  ['transcription', 'identity', false],
  ['transcription', 'endotoxin', 1000],
  ['transcription', 'bioburden', 1000],
  ['release-tests', 'sterility', false],
  ['release-tests', 'endotoxin', 1000],
  ['release-tests', 'identity-by-sequencing', false],
];

function sample(
  draw: Draw,
  item: string,
  named: boolean,
  [, check, value]: Check,
): Spoken | undefined {
  const attempt = again(draw, 'release-tests', check, value);
  if (!attempt) return undefined;
  const { batch = null, ...rest } = attempt.body;
  return {
    ...attempt,
    body: { ...rest, ...(named ? { batch } : {}), inputs: [{ item, consumed: false }] },
  };
}

/** A failed release test that is investigated, and tested again as was planned, or otherwise in one respect. */
const investigated: Aim = (draw) => {
  const { random, journey, plan } = draw;
  const [step, check, value] = random.of(TESTS);
  const place = planned(draw, REPORT, { step });
  const report = plan[place];
  if (!report) return undefined;
  const other = random.of([
    'nothing',
    'nothing',
    'signer',
    'cause',
    'sample',
    'analyst',
    'plan',
    'result',
  ]);
  const { retainedVial, vials } = journey.things;
  const asked = { coi: journey.coi, investigation: 'investigation-1' };
  const analyst = report.by;
  const plans = { items: [retainedVial], datasets: [], number: 1, analyst };
  const opened = words.word('quality:OpenInvestigation', 'manufacturer.reviewer', {
    ...{ ...asked, step, attempt: 1, check, phase: 'laboratory' },
    ...(other === 'plan' ? {} : { retest: plans }),
  });
  const passed = resultsOf(report.annexes).find((each) => each['check'] === check)?.['value'];
  const item = other === 'sample' ? (vials[2] ?? '') : retainedVial;
  const again = sample(draw, item, true, [
    step,
    check,
    other === 'result' ? value : (passed ?? value),
  ]);
  if (!again) return undefined;
  const cause = other === 'cause' ? 'none' : 'laboratory';
  const signers = ['manufacturer.reviewer', 'manufacturer.release-person'].slice(
    other === 'signer' ? 1 : 0,
  );
  const concluded = signers.map((by) => ({
    ...words.word('quality:ConcludeInvestigation', by, { ...asked, cause }),
    annexes: { investigation: { explanation: 'a torn glove', evidence: [] } },
  }));
  const by = other === 'analyst' ? 'manufacturer.all' : analyst;
  return instead(
    draw,
    random.of(['review', 'certification']),
    place,
    `${check} ${JSON.stringify(value)}, investigated as it should be but for ${other}`,
    (spoken) => [
      failing(spoken, check, value),
      ...(other === 'cause'
        ? [opened, { ...opened, body: { ...opened.body, phase: 'full' } }]
        : [opened]),
      ...begun(draw, { ...again, by }),
      ...concluded,
    ],
    'before each gate',
  );
};

const TESTS = [
  ...FINAL.filter(([step]) => step === 'release-tests'),
  ['release-tests', 'potency', 3] as const,
];

export const C: Readonly<Record<string, readonly Aim[]>> = {
  C1: [
    investigated,
    (draw) => {
      const [step, check, value] = draw.random.of(QUALITY);
      const attempt = again(draw, step, check, value);
      const gates: readonly Gate[] =
        step === 'extraction' || step === 'sequencing'
          ? ['design', 'review', 'certification']
          : ['review', 'certification'];
      return (
        attempt &&
        before(
          draw,
          draw.random.of(gates),
          `${step} again, ${check} ${JSON.stringify(value)}`,
          begun(draw, attempt),
          draw.random.of(['never', 'before each gate']),
        )
      );
    },
    (draw) => {
      const [step, check, value] = draw.random.of(
        FINAL.filter((each) => each[0] === 'transcription'),
      );
      const attempt = again(draw, step, check, value);
      return (
        attempt &&
        before(
          draw,
          draw.random.of(['review', 'certification']),
          `${step} again, ${check} ${JSON.stringify(value)}`,
          begun(draw, attempt),
          draw.random.of(['never', 'before each gate']),
        )
      );
    },
  ],
  C2: [
    (draw) => {
      const [step, check, value] = draw.random.of(FINAL);
      return instead(
        draw,
        draw.random.of(['review', 'certification']),
        planned(draw, REPORT, { step }),
        `${check} ${JSON.stringify(value)}`,
        (spoken) => [failing(spoken, check, value)],
        'before each gate',
      );
    },
    (draw) =>
      instead(
        draw,
        'design',
        planned(draw, 'manufacturing:SubmitDesign'),
        'self-similarity failed',
        (spoken) => [failing(spoken, 'self-similarity', false)],
        'before each gate',
      ),
    (draw) => {
      const [check, value] = draw.random.of<[string, Value]>([
        ['concordance', 0.1],
        ['contamination', 50],
        ['second-collection-concordance', 0.2],
      ]);
      return instead(
        draw,
        'design',
        planned(draw, REPORT, { step: 'calling' }),
        `${check} ${JSON.stringify(value)}`,
        (spoken) => [failing(spoken, check, value)],
        'before each gate',
      );
    },
  ],
  C3: [
    (draw) => {
      const { retainedVial, vials } = draw.journey.things;
      const test = draw.random.of(TESTS);
      const attempt = sample(
        draw,
        draw.random.of([retainedVial, vials[2] ?? '']),
        draw.random.chance(0.4),
        test,
      );
      return (
        attempt &&
        before(
          draw,
          draw.random.of(['dose', 'second dose']),
          `late: ${test.map(String).join(' ')}`,
          begun(draw, attempt),
          draw.random.of(['never', 'before each gate']),
        )
      );
    },
    (draw) => {
      const [step, check, value] = draw.random.of([
        ...QUALITY,
        ...FINAL.filter((each) => each[0] === 'transcription'),
      ]);
      const attempt = again(draw, step, check, value);
      return (
        attempt &&
        before(
          draw,
          'dose',
          `late: ${step} again, ${check}`,
          begun(draw, attempt),
          draw.random.of(['never', 'before each gate']),
        )
      );
    },
  ],
  C4: [
    (draw) => {
      const step = draw.random.of(['transcription', 'fill-finish', 'template']);
      const change = draw.random.of<Body>([{ run: 'run-1' }, { lots: [] }]);
      return instead(
        draw,
        draw.random.of(['review', 'certification']),
        planned(draw, REPORT, { step }),
        `${step}: ${JSON.stringify(change)}`,
        otherwise(change),
      );
    },
    (draw) =>
      instead(
        draw,
        'review',
        planned(draw, 'manufacturing:RecordBatch'),
        'units',
        otherwise({
          reconciliation: draw.random.of<Body>([
            { made: 6, sampled: 1, retained: 1, rejected: 1 },
            { made: 5, sampled: 2, retained: 1, rejected: 0 },
          ]),
        }),
        draw.random.of(['never', 'but one']),
      ),
    (draw) => {
      const place = planned(draw, REPORT, {
        step: draw.random.of(['pathology', 'genotyping', 'calling', 'ranking']),
      });
      return instead(
        draw,
        'design',
        place,
        'with a lot',
        otherwise({ lots: ['https://id.gs1.org/01/04012345000092/10/EX-1'] }),
      );
    },
    (draw) =>
      instead(
        draw,
        'design',
        planned(draw, REPORT, { step: 'sequencing' }),
        'without a run',
        (spoken) => {
          const { run, ...rest } = spoken.body;
          return run === undefined ? [spoken] : [{ ...spoken, body: rest }];
        },
      ),
  ],
  C5: [
    (draw) => {
      const test = draw.random.of(TESTS);
      const attempt = sample(draw, draw.journey.things.retainedVial, false, test);
      return (
        attempt &&
        before(
          draw,
          draw.random.of(['review', 'certification']),
          `another test: ${test.map(String).join(' ')}`,
          begun(draw, attempt),
          draw.random.of(['never', 'before each gate']),
        )
      );
    },
  ],
};
