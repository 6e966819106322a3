import type { Act, Body } from '../../spoken.js';
import type { Draw } from '../fault.js';
import * as parts from '../parts.js';
import * as words from '../words.js';
import {
  type Aim,
  before,
  both,
  earliest,
  type Gate,
  instead,
  otherwise,
  placeOf,
  planned,
} from './aim.js';

const BATCH_GATES: readonly Gate[] = ['review', 'certification', 'dose'];
const EVERY: readonly Gate[] = ['design', ...BATCH_GATES];

/** What the plan says of steps that are reported. */
const REPORT = 'manufacturing:ReportStep';

/** What makes a dose ready, of those words that make one thing of others. */
const PREPARED = { operation: 'prepare' };

/** Where the collection is that confirms another. */
function confirming({ plan }: Draw): number {
  return plan.findIndex(
    ({ type, body }) => type === 'custody:CollectItem' && body['confirms'] !== undefined,
  );
}

/** A courier hands over to whom they are too, under another name; or only one of the two is that person. */
const toThemselves: Aim = (draw) => {
  const { plan, random } = draw;
  const doubles = { LabMSP: 'lab.double', HospitalMSP: 'hospital.double' };
  const released = [...plan.entries()].filter(
    ([
      ,
      {
        type,
        by,
        body: { to },
      },
    ]) =>
      type === 'custody:ReleaseItem' &&
      by.startsWith('courier.') &&
      typeof to === 'string' &&
      to in doubles,
  );
  if (released.length === 0) return undefined;
  const [place, { body }] = random.of(released);
  const { handOff = null, to } = body;
  const gate = to === 'LabMSP' ? earliest(draw) : 'dose';
  const giver = random.of(['courier.double', 'courier.double', 'courier.second-courier']);
  const taker = doubles[to as keyof typeof doubles];
  const received = planned(draw, 'custody:ReceiveItem', { handOff });
  const diligence = random.of(['never', 'but one', 'before each gate'] as const);
  return both(
    instead(draw, gate, place, `by ${giver}`, (spoken) => [{ ...spoken, by: giver }], diligence),
    instead(draw, gate, received, `by ${taker}`, (spoken) => [{ ...spoken, by: taker }]),
  );
};

/** What a dose is made of. */
export const A1_TO_A5: Readonly<Record<string, readonly Aim[]>> = {
  A1: [
    (draw) => {
      const step = draw.random.of(parts.makingSteps(draw)).id;
      return instead(
        draw,
        draw.random.of(['review', 'dose']),
        planned(draw, REPORT, { step }),
        `${step} with a lot of nobody`,
        otherwise({ lots: [words.UNREGISTERED_LOT] }),
        'before each gate',
      );
    },
    (draw) => {
      const item = draw.random.of(draw.journey.of('collected'));
      return instead(
        draw,
        earliest(draw),
        planned(draw, 'custody:ConfirmCollection', { item }),
        'nobody confirms',
        () => [],
        'before each gate',
      );
    },
    (draw) =>
      instead(
        draw,
        'dose',
        planned(draw, 'custody:DeriveItem', PREPARED),
        'of something unknown besides',
        (spoken) => [
          {
            ...spoken,
            body: {
              ...spoken.body,
              parents: [
                ...(spoken.body['parents'] as Body[]),
                { item: words.UNKNOWN_ITEM, consumed: true },
              ],
            },
          },
        ],
        'before each gate',
      ),
    (draw) => {
      const item = draw.random.of(draw.journey.of('collected'));
      const place = planned(draw, 'custody:ConfirmCollection', { item });
      const by =
        draw.plan.find(({ type, body }) => type === 'custody:CollectItem' && body['item'] === item)
          ?.by ?? '';
      return instead(
        draw,
        earliest(draw),
        place,
        'confirmed by its collector',
        (spoken) => [{ ...spoken, by }],
        'before each gate',
      );
    },
  ],
  A2: [
    (draw) =>
      instead(
        draw,
        'dose',
        planned(draw, 'custody:DeriveItem', PREPARED),
        'made something else',
        (spoken) => [
          {
            ...spoken,
            body: {
              ...spoken.body,
              children: [
                {
                  item: draw.journey.given(1),
                  kind: draw.random.of(
                    draw.journey.things
                      .filter(({ part }) => part === 'made')
                      .map(({ kind }) => kind),
                  ),
                },
              ],
            },
          },
        ],
        'before each gate',
      ),
    (draw) => {
      const several = draw.plan.filter(
        ({ type, body }) => type === REPORT && ((body['inputs'] ?? []) as Body[]).length > 1,
      );
      if (several.length === 0) return undefined;
      return instead(
        draw,
        earliest(draw),
        draw.plan.indexOf(draw.random.of(several)),
        'without its first input',
        (spoken) => [
          {
            ...spoken,
            body: { ...spoken.body, inputs: (spoken.body['inputs'] as Body[]).slice(1) },
          },
        ],
        'before each gate',
      );
    },
    (draw) => {
      const steps = parts.undergoneSteps(draw);
      if (steps.length === 0) return undefined;
      const step = draw.random.of(steps).id;
      return instead(
        draw,
        'dose',
        planned(draw, REPORT, { step }),
        `the patient does not go through ${step}`,
        () => [],
        'before each gate',
      );
    },
    (draw) =>
      instead(
        draw,
        'review',
        planned(draw, REPORT, { step: parts.fillStep(draw) }),
        'nothing but a lot',
        otherwise({ inputs: [] }),
        'before each gate',
      ),
    (draw) => {
      const steps = parts.gatheringSteps(draw).slice(0, -1);
      if (steps.length === 0) return undefined;
      const step = draw.random.of(steps).id;
      return instead(
        draw,
        'design',
        planned(draw, 'manufacturing:SubmitDesign'),
        `ranked by ${step}`,
        otherwise({ ranking: { step, attempt: 1 } }),
        'before each gate',
      );
    },
  ],
  A3: [
    (draw) => {
      // nobody signs for the test that may follow
      if (draw.journey.following.length === 0) return undefined;
      const gate = draw.random.of<Gate>(['certification', 'dose', 'second dose']);
      const tests = parts.testSteps(draw).map(({ id }) => id);
      const named = draw.random.of<Body>([{}, {}, { openTests: tests.slice(0, 1) }]);
      return instead(draw, gate, placeOf(draw, gate), 'an open test is not named', (spoken) => {
        const body = Object.entries(spoken.body).filter(([name]) => name !== 'openTests');
        return [{ ...spoken, body: { ...Object.fromEntries(body), ...named } }];
      });
    },
    (draw) => {
      const by = draw.random.of([
        'manufacturer.reviewer',
        'manufacturer.reviewer',
        'clinic.quality',
      ]);
      return before(
        draw,
        [...EVERY, 'second dose'],
        `goes on by the next version, as ${by} says`,
        [words.migration(draw, by)],
        draw.random.of(['never', 'before each gate']),
      );
    },
    (draw) =>
      instead(draw, 'dose', planned(draw, 'manufacturing:CertifyBatch'), 'not certified', () => []),
    (draw) =>
      instead(
        draw,
        draw.random.of(['certification', 'dose']),
        planned(draw, 'manufacturing:ReviewBatch'),
        'not reviewed',
        () => [],
      ),
    (draw) =>
      instead(
        draw,
        draw.random.of(['review', 'certification']),
        planned(draw, REPORT, { step: draw.random.of(parts.testSteps(draw)).id }),
        'not tested',
        () => [],
      ),
    (draw) => {
      const [first, , third] = draw.journey.of('container');
      return instead(
        draw,
        draw.random.of(['dose', 'second dose']),
        planned(draw, 'manufacturing:RecordBatch'),
        'one vial counted as retained',
        (spoken) => {
          const units = spoken.body['reconciliation'] as { made: number; sampled: number };
          const reconciliation = {
            ...units,
            retained: units.made - units.sampled - 1,
            rejected: 0,
          };
          const body = {
            ...spoken.body,
            vials: [draw.random.chance(0.5) ? (first ?? '') : (third ?? '')],
            reconciliation,
          };
          return [{ ...spoken, body }];
        },
      );
    },
  ],
  A4: [
    toThemselves,
    (draw) => {
      const by = draw.random.of([
        'hospital.clinician',
        'hospital.clinician',
        'manufacturer.safety-officer',
        'manufacturer.reviewer',
        'clinic.clinician',
      ]);
      const halted = words.halt(draw, by);
      const acts: readonly Act[] = draw.random.chance(0.5)
        ? [halted]
        : [
            halted,
            words.annul(halted, 'wrong-therapy', ['hospital.pharmacist', 'manufacturer.reviewer']),
            ...(draw.random.chance(0.5)
              ? words.consentFor(draw, parts.dosePurpose(draw), draw.journey.patient.id, {})
              : []),
          ];
      return before(
        draw,
        [...EVERY, 'second dose'],
        `halted by ${by}`,
        acts,
        draw.random.of(['never', 'before each gate']),
      );
    },
    (draw) => {
      const item = draw.random.of([
        ...parts.made(draw),
        ...draw.journey.of('container').slice(0, 1),
        draw.journey.given(1),
      ]);
      return before(draw, 'dose', `hold on ${item}`, [
        words.hold(draw, words.subjectItem(draw, item)),
      ]);
    },
    (draw) => {
      const items = parts.early(draw);
      return before(draw, EVERY, 'deviation', [
        words.deviation(
          draw,
          'lab.lab-technician',
          words.subjectItem(draw, draw.random.of(items)),
          'CONTAMINATION_SUSPECTED',
        ),
      ]);
    },
    (draw) => {
      const [item, gate] = draw.random.of<[string, Gate]>([
        [draw.journey.given(1), 'dose'],
        [draw.journey.given(2), 'second dose'],
      ]);
      return before(
        draw,
        gate,
        'excursion',
        [
          words.readings(draw, 'hospital.pharmacist', item, [
            [2, 40],
            [1, 41],
          ]),
        ],
        draw.random.of(['never', 'before each gate']),
      );
    },
    (draw) => {
      const item = draw.journey.given(2);
      return before(
        draw,
        'second dose',
        'lost',
        [
          words.lost(draw, 'hospital.pharmacist', item),
          ...(draw.random.chance(0.5) ? [words.found(draw, 'hospital.nurse', item)] : []),
        ],
        draw.random.of(['never', 'but one']),
      );
    },
    (draw) => {
      // a loss of what was used up reaches nothing that was made of it
      return before(draw, BATCH_GATES, 'lost after use', [
        words.lost(
          draw,
          draw.random.of(['manufacturer.operator', 'lab.lab-technician']),
          draw.random.of(parts.made(draw)),
        ),
      ]);
    },
    (draw) => {
      const [container] = draw.journey.of('container');
      const place = draw.plan.findLastIndex(
        ({ type, body }) => type === 'custody:ReceiveItem' && body['item'] === container,
      );
      return instead(
        draw,
        'dose',
        place,
        'received otherwise',
        otherwise(
          draw.random.of<Body>([
            { condition: 'thawed' },
            { verdict: 'rejected', reason: 'damaged' },
            { seals: ['SEAL-0002'] },
            { condition: 'damaged' },
          ]),
        ),
        draw.random.of(['never', 'but one', 'before each gate']),
      );
    },
    (draw) =>
      instead(
        draw,
        'dose',
        planned(draw, 'manufacturing:RecordBatch'),
        'expires soon',
        otherwise({ expiry: { afterMs: draw.random.of([2, 30, 60]) * 60_000 } }),
      ),
  ],
  A5: [
    (draw) =>
      instead(
        draw,
        'design',
        confirming(draw),
        'on the same occasion',
        otherwise({ occasion: 'visit-1' }),
        'before each gate',
      ),
    (draw) =>
      instead(
        draw,
        'design',
        confirming(draw),
        'by the same collector',
        (spoken) => [{ ...spoken, by: 'hospital.collector' }],
        'before each gate',
      ),
    (draw) => {
      const { item: second = null, confirms: first = null } =
        draw.plan[confirming(draw)]?.body ?? {};
      const place = draw.plan.findIndex(
        ({ type, body }) =>
          type === REPORT &&
          ((body['inputs'] ?? []) as Body[]).some((each) => each['item'] === second),
      );
      return instead(
        draw,
        'design',
        place,
        'of the first collection',
        (spoken) => [
          { ...spoken, body: { ...spoken.body, inputs: [{ item: first, consumed: false }] } },
        ],
        'before each gate',
      );
    },
  ],
};
