import { resultsOf } from '../contradict.js';
import { attestedBy, type CheckClass, type StepDefinition } from '../../../definition.js';
import * as parts from '../parts.js';
import * as words from '../words.js';
import type { Draw } from '../fault.js';
import type { Act, Body, Spoken, Value } from '../../spoken.js';
import { failing } from './failing.js';
import { type Aim, before, earliest, type Gate, instead, otherwise, planned } from './aim.js';

const REPORT = 'manufacturing:ReportStep';

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

/** Failures that quality may settle, of steps that the plan does once. */
function ofQuality(draw: Draw): readonly parts.Spoilt[] {
  return parts.spoilt([...parts.gatheringSteps(draw), ...parts.makingSteps(draw)], 'quality');
}

/** Failures that no risk decision permits, of what is made and tested. */
function final(draw: Draw): readonly parts.Spoilt[] {
  return [...ofMaking(draw), ...ofTests(draw, 'identity', 'safety')];
}

function ofMaking(draw: Draw): readonly parts.Spoilt[] {
  return parts.spoilt(parts.makingSteps(draw), 'identity', 'safety');
}

function ofTests(draw: Draw, ...classes: readonly CheckClass[]): readonly parts.Spoilt[] {
  return parts.spoilt(parts.testSteps(draw), ...classes);
}

/** A release test on something of the same fill, with another result. */
function sample(
  draw: Draw,
  item: string,
  named: boolean,
  { step, check, value }: Pick<parts.Spoilt, 'step' | 'check' | 'value'>,
): Spoken | undefined {
  const attempt = again(draw, step.id, check, value);
  if (!attempt) return undefined;
  const { batch = null, ...rest } = attempt.body;
  const [, ...others] = rest['inputs'] as readonly Body[];
  return {
    ...attempt,
    body: {
      ...rest,
      ...(named ? { batch } : {}),
      inputs: [{ item, consumed: false }, ...others],
    },
  };
}

/** What a report takes besides its sample. */
function keptOf({ body }: Spoken): readonly Value[] {
  return (body['inputs'] as readonly Body[]).slice(1).map((each) => each['item'] ?? null);
}

/** A unit of the fill that no plan of a retest names. */
function otherSample({ journey }: Draw, { inputs }: StepDefinition): string {
  const fit = journey.things.filter(
    ({ kind, part }) => inputs.includes(kind) && (part === 'container' || part === 'sample'),
  );
  return fit.at(-1)?.item ?? '';
}

/** A failed release test that is investigated, and tested again as was planned, or otherwise in one respect. */
const investigated: Aim = (draw) => {
  const { random, journey, plan } = draw;
  const failed = random.of(ofTests(draw, 'identity', 'safety', 'quality'));
  const { check, value } = failed;
  const step = failed.step.id;
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
  const retained = journey.sampleFor(failed.step);
  const asked = { coi: journey.coi, investigation: 'investigation-1' };
  const analyst = report.by;
  const plans = { items: [retained, ...keptOf(report)], datasets: [], number: 1, analyst };
  const opened = words.word('quality:OpenInvestigation', 'manufacturer.reviewer', {
    ...{ ...asked, step, attempt: 1, check, phase: 'laboratory' },
    ...(other === 'plan' ? {} : { retest: plans }),
  });
  const passed = resultsOf(report.annexes).find((each) => each['check'] === check)?.['value'];
  const item = other === 'sample' ? otherSample(draw, failed.step) : retained;
  const result = other === 'result' ? value : ((passed ?? value) as number | boolean);
  const again = sample(draw, item, true, { ...failed, value: result });
  if (!again) return undefined;
  const cause = other === 'cause' ? 'none' : 'laboratory';
  const signers = ['manufacturer.reviewer', 'manufacturer.release-person'].slice(
    other === 'signer' ? 1 : 0,
  );
  const concluded = signers.map((by) => ({
    ...words.word('quality:ConcludeInvestigation', by, { ...asked, cause }),
    annexes: { investigation: { explanation: 'a torn glove', evidence: [] } },
  }));
  const retest = { ...again, by: other === 'analyst' ? 'manufacturer.all' : analyst };
  // what stood for the failed check is a mistake, or comes to something else, after that was permitted for it
  const lapsed = random.of<readonly Act[]>([
    [],
    [],
    [{ type: 'settle', uninvestigated: true }, words.annul(retest, 'wrong-identifier')],
    [{ type: 'settle', uninvestigated: true }, failing(retest, check, value)],
  ]);
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
      ...begun(draw, retest),
      ...concluded,
      ...lapsed,
    ],
    random.of(['before each gate', 'before each gate', 'never'] as const),
  );
};

export const C: Readonly<Record<string, readonly Aim[]>> = {
  C1: [
    investigated,
    (draw) => {
      const { step, check, value } = draw.random.of(ofQuality(draw));
      const attempt = again(draw, step.id, check, value);
      const gates: readonly Gate[] = parts.gatheringSteps(draw).includes(step)
        ? ['design', 'review', 'certification']
        : ['review', 'certification'];
      return (
        attempt &&
        before(
          draw,
          gates,
          `${step.id} again, ${check} ${JSON.stringify(value)}`,
          begun(draw, attempt),
          draw.random.of(['never', 'before each gate']),
        )
      );
    },
    (draw) => {
      const choices = ofMaking(draw);
      if (choices.length === 0) return undefined;
      const { step, check, value } = draw.random.of(choices);
      const attempt = again(draw, step.id, check, value);
      return (
        attempt &&
        before(
          draw,
          draw.random.of(['review', 'certification']),
          `${step.id} again, ${check} ${JSON.stringify(value)}`,
          begun(draw, attempt),
          draw.random.of(['never', 'before each gate']),
        )
      );
    },
  ],
  C2: [
    (draw) => {
      const { step, check, value } = draw.random.of(final(draw));
      return instead(
        draw,
        draw.random.of(['review', 'certification']),
        planned(draw, REPORT, { step: step.id }),
        `${check} ${JSON.stringify(value)}`,
        (spoken) => [failing(spoken, check, value)],
        'before each gate',
      );
    },
    (draw) => {
      const designs = attestedBy(draw.definition, 'manufacturing:ApproveDesign');
      const choices = parts.spoilt(designs, 'identity', 'safety');
      if (choices.length === 0) return undefined;
      const { check, value } = draw.random.of(choices);
      return instead(
        draw,
        'design',
        planned(draw, 'manufacturing:SubmitDesign'),
        `${check} failed`,
        (spoken) => [failing(spoken, check, value)],
        'before each gate',
      );
    },
    (draw) => {
      const choices = parts.spoilt(parts.gatheringSteps(draw), 'identity');
      if (choices.length === 0) return undefined;
      const { step, check, value } = draw.random.of(choices);
      return instead(
        draw,
        'design',
        planned(draw, REPORT, { step: step.id }),
        `${check} ${JSON.stringify(value)}`,
        (spoken) => [failing(spoken, check, value)],
        'before each gate',
      );
    },
  ],
  C3: [
    (draw) => {
      const test = draw.random.of(ofTests(draw, 'identity', 'safety', 'quality'));
      const attempt = sample(
        draw,
        draw.random.of([draw.journey.sampleFor(test.step), otherSample(draw, test.step)]),
        draw.random.chance(0.4),
        test,
      );
      return (
        attempt &&
        before(
          draw,
          draw.random.of(['dose', 'second dose']),
          `late: ${test.step.id} ${test.check} ${test.value}`,
          begun(draw, attempt),
          draw.random.of(['never', 'before each gate']),
        )
      );
    },
    (draw) => {
      const { step, check, value } = draw.random.of([...ofQuality(draw), ...ofMaking(draw)]);
      const attempt = again(draw, step.id, check, value);
      return (
        attempt &&
        before(
          draw,
          'dose',
          `late: ${step.id} again, ${check}`,
          begun(draw, attempt),
          draw.random.of(['never', 'before each gate']),
        )
      );
    },
  ],
  C4: [
    (draw) => {
      const step = draw.random.of(parts.makingSteps(draw)).id;
      const change = draw.random.of<Body>([{ run: 'run-1' }, { lots: [] }]);
      return instead(
        draw,
        draw.random.of(['review', 'certification']),
        planned(draw, REPORT, { step }),
        `${step}: ${JSON.stringify(change)}`,
        otherwise(change),
      );
    },
    (draw) => {
      const place = planned(draw, 'manufacturing:RecordBatch');
      const units = draw.plan[place]?.body['reconciliation'] as Readonly<Record<string, number>>;
      const { made = 0, sampled = 0, rejected = 0 } = units;
      return instead(
        draw,
        'review',
        place,
        'units',
        otherwise({
          reconciliation: draw.random.of<Body>([
            { ...units, made: made + 1, rejected: rejected + 1 },
            { ...units, sampled: sampled + 1 },
          ]),
        }),
        draw.random.of(['never', 'but one']),
      );
    },
    (draw) => {
      // nothing of the batch is kept, with a reason and an image of its label or not
      const place = planned(draw, 'manufacturing:RecordBatch');
      const units = draw.plan[place]?.body['reconciliation'] as Readonly<Record<string, number>>;
      const { made = 0, sampled = 0, retained = 0, rejected = 0 } = units;
      const { random } = draw;
      const nothing = { ...units, retained: 0, rejected: made - sampled };
      const body = random.chance(0.15)
        ? { vials: [], reconciliation: nothing }
        : { reconciliation: { ...units, retained: 0, rejected: rejected + retained } };
      const why = random.chance(0.6) ? { withoutReserve: 'all-for-the-patient' } : {};
      const image = { image: { sha256: 'c5'.repeat(32), bytes: 482_113, format: 'jpeg' } };
      return instead(
        draw,
        ['review', 'certification', 'dose'],
        place,
        `none is kept, ${JSON.stringify(why)}`,
        (spoken) => [
          {
            ...spoken,
            body: { ...spoken.body, ...body, ...why },
            annexes: { ...spoken.annexes, ...(random.chance(0.6) ? image : {}) },
          },
        ],
        random.of(['never', 'but one', 'before each gate']),
      );
    },
    (draw) => {
      const without = attestedBy(draw.definition, REPORT).filter(({ lots, id }) => {
        const before = [...parts.gatheringSteps(draw), ...parts.testSteps(draw)];
        return !lots && before.some((each) => each.id === id);
      });
      const place = planned(draw, REPORT, { step: draw.random.of(without).id });
      return instead(
        draw,
        earliest(draw),
        place,
        'with a lot',
        otherwise({ lots: ['https://id.gs1.org/01/04012345000092/10/EX-1'] }),
      );
    },
    (draw) =>
      instead(
        draw,
        'design',
        draw.plan.findIndex(({ type, body }) => type === REPORT && body['run'] !== undefined),
        'without a run',
        (spoken) => {
          const { run, ...rest } = spoken.body;
          return run === undefined ? [spoken] : [{ ...spoken, body: rest }];
        },
      ),
  ],
  C5: [
    (draw) => {
      const test = draw.random.of(ofTests(draw, 'identity', 'safety', 'quality'));
      const attempt = sample(draw, draw.journey.sampleFor(test.step), false, test);
      return (
        attempt &&
        before(
          draw,
          draw.random.of(['review', 'certification']),
          `another test: ${test.step.id} ${test.check} ${test.value}`,
          begun(draw, attempt),
          draw.random.of(['never', 'before each gate']),
        )
      );
    },
  ],
};
