import * as parts from '../parts.js';
import * as words from '../words.js';
import { type Aim, before, earliest, type Gate, instead, planned, roomBefore } from './aim.js';
import { nameOf } from '../fault.js';
import type { Spoken } from '../../spoken.js';

const REASONS = [
  'wrong-item',
  'wrong-reference',
  'wrong-result',
  'wrong-time',
  'never-happened',
  'recorded-twice',
];
const SIGNERS = [
  ['manufacturer.reviewer', 'manufacturer.release-person'],
  ['manufacturer.reviewer', 'hospital.pharmacist'],
  ['hospital.pharmacist', 'hospital.clinician', 'manufacturer.reviewer'],
  ['manufacturer.tester', 'manufacturer.reviewer'],
  ['manufacturer.release-person', 'lab.lab-technician', 'manufacturer.reviewer'],
  ['manufacturer.reviewer'],
];

export const OTHERS: Readonly<Record<string, readonly Aim[]>> = {
  E3: [
    (draw) => {
      const [type, gate] = draw.random.of<[string, Gate]>([
        ['manufacturing:ReviewBatch', 'review'],
        ['manufacturing:CertifyBatch', 'certification'],
      ]);
      const by = gate === 'review' ? 'manufacturer.tester' : 'manufacturer.all';
      const acts: Spoken[] =
        gate === 'review'
          ? []
          : [
              words.readings(draw, 'manufacturer.all', draw.journey.of('container')[0] ?? '', [
                [1, -75],
              ]),
            ];
      return instead(draw, gate, planned(draw, type), `by a maker, ${by}`, (spoken) => [
        ...acts,
        { ...spoken, by },
      ]);
    },
    (draw) => {
      // what somebody says of what was used up stops nothing, and makes them a maker
      const item = draw.random.of(
        parts.makingSteps(draw).flatMap(({ id }) =>
          draw.journey
            .madeBy(id)
            .filter(({ part }) => part === 'made')
            .map((each) => each.item),
        ),
      );
      const by = 'manufacturer.all';
      const said = words.lost(draw, by, item);
      return instead(
        draw,
        'certification',
        planned(draw, 'manufacturing:CertifyBatch'),
        `by who lost ${item}`,
        (spoken) => [said, { type: 'settle' }, { ...spoken, by }],
      );
    },
    (draw) =>
      instead(
        draw,
        'certification',
        planned(draw, 'manufacturing:ReviewBatch'),
        'reviewed by who certifies',
        (spoken) => [{ ...spoken, by: 'manufacturer.all' }],
      ),
    (draw) => {
      const certify = planned(draw, 'manufacturing:CertifyBatch');
      const review = planned(draw, 'manufacturing:ReviewBatch');
      const by = (spoken: Spoken) => [{ ...spoken, by: 'manufacturer.all' }];
      const fault = instead(draw, 'certification', review, 'one reviews and certifies', by);
      const other = instead(draw, 'certification', certify, '', by);
      return fault && other && { ...fault, slots: new Map([...fault.slots, ...other.slots]) };
    },
  ],
  F1: [
    (draw) => {
      const place = planned(
        draw,
        draw.random.of([
          'manufacturing:RecordBatch',
          'custody:DeriveItem',
          'manufacturing:SubmitDesign',
        ]),
      );
      const gate: Gate =
        draw.plan[place]?.type === 'manufacturing:SubmitDesign'
          ? 'design'
          : draw.plan[place]?.type === 'custody:DeriveItem'
            ? 'dose'
            : 'review';
      return instead(
        draw,
        gate,
        place,
        'before what it is about',
        (spoken) => [
          {
            ...spoken,
            lateMs: draw.random.of([10, 14, 45, 300]) * 60_000,
            lateReason: 'paper-record',
          },
        ],
        draw.random.of(['never', 'but one']),
      );
    },
  ],
  F2: [
    (draw) => {
      const place = planned(
        draw,
        draw.random.of([
          'manufacturing:RecordBatch',
          'custody:DeriveItem',
          'manufacturing:SubmitDesign',
        ]),
      );
      const gate: Gate =
        draw.plan[place]?.type === 'manufacturing:SubmitDesign'
          ? 'design'
          : draw.plan[place]?.type === 'custody:DeriveItem'
            ? 'dose'
            : 'review';
      const minutes = draw.random.of([10, 14, 16, 45]);
      return instead(draw, gate, place, `${minutes} minutes late`, (spoken) => [
        { type: 'wait', ms: 60 * 60_000 },
        {
          ...spoken,
          lateMs: minutes * 60_000,
          ...(draw.random.chance(0.3) ? { lateReason: 'device-offline' } : {}),
        },
      ]);
    },
  ],
  G3: [
    (draw) => {
      // a permission to start was a mistake, and was used
      const gate = draw.random.of<Gate>([earliest(draw), 'review', 'certification']);
      const starts = draw.plan
        .slice(0, roomBefore(draw, gate))
        .filter(({ type }) => type === 'manufacturing:StartStep');
      const record = starts.at(-1);
      if (!record) return undefined;
      const by = [record.by, 'manufacturer.reviewer', 'manufacturer.release-person'];
      const reason = draw.random.of(REASONS);
      return before(
        draw,
        gate,
        `annuls ${nameOf(record)}, ${reason}`,
        [words.annul(record, reason, by)],
        draw.random.of(['never', 'before each gate']),
      );
    },
    (draw) => {
      const gate = draw.random.of<Gate>([
        earliest(draw),
        'review',
        'certification',
        'dose',
        'second dose',
      ]);
      const room = roomBefore(draw, gate);
      const records = draw.plan
        .slice(0, room)
        .filter(({ type }) => /^custody|^manufacturing|^care|^consent|^therapy/.test(type));
      const near = draw.random.chance(0.6) ? records.slice(-16) : records;
      const record = draw.random.of(near);
      const reason = draw.random.of(REASONS);
      const by = draw.random.of([
        ...SIGNERS,
        [record.by, 'manufacturer.reviewer'],
        [record.by, 'manufacturer.reviewer', 'manufacturer.release-person'],
      ]);
      const again = draw.random.chance(0.4) ? [record] : [];
      return before(
        draw,
        gate,
        `annuls ${record.type} ${reason} by ${by.join(', ')}`,
        [words.annul(record, reason, by), ...again],
        draw.random.of(['never', 'before each gate', 'before each gate', 'but one']),
      );
    },
    (draw) => {
      const [item, gate] = draw.random.of<[string, Gate]>([
        [draw.journey.given(1), 'dose'],
        [draw.journey.given(2), 'second dose'],
      ]);
      const block = draw.random.of<Spoken>([
        words.hold(draw, words.subjectItem(draw, item)),
        words.readings(draw, 'hospital.pharmacist', item, [[2, 40]]),
        words.lost(draw, 'hospital.pharmacist', item),
        words.deviation(
          draw,
          'hospital.nurse',
          words.subjectItem(draw, item),
          'IDENTITY_SUSPECTED',
        ),
      ]);
      const by = draw.random.of([
        ...SIGNERS,
        ['hospital.pharmacist', 'manufacturer.reviewer', 'manufacturer.release-person'],
      ]);
      return before(
        draw,
        gate,
        `${block.type}, annulled`,
        [block, words.annul(block, draw.random.of(REASONS), by)],
        draw.random.of(['never', 'before each gate', 'but one']),
      );
    },
    (draw) => {
      const no = words.word('consent:WithdrawConsent', draw.journey.patient.id, {
        purpose: parts.dosePurpose(draw),
      });
      return before(
        draw,
        'dose',
        'a patient’s no, annulled',
        [no, words.annul(no, 'never-happened')],
        'before each gate',
      );
    },
    (draw) => {
      // what settled a deviation was a mistake
      const item = draw.journey.given(2);
      return before(draw, 'second dose', 'a disposition, annulled', [
        words.deviation(
          draw,
          'hospital.nurse',
          words.subjectItem(draw, item),
          'CONTAMINATION_SUSPECTED',
        ),
        { type: 'settle' },
        words.annul('manufacturing:RecordDisposition', 'wrong-item'),
      ]);
    },
  ],
};
