import type { Act, Spoken } from '../../spoken.js';
import * as parts from '../parts.js';
import * as words from '../words.js';
import { type Aim, before, both, earliest, type Gate, instead, planned } from './aim.js';

const GATES: readonly Gate[] = ['review', 'certification'];

/** An alarm at the bedside, which pharmacist and physician name in their commands, or not both. */
const seenAtTheBedside: Aim = (draw) => {
  const { random, journey } = draw;
  const item = journey.given(1);
  const about = words.subjectItem(draw, random.of([item, ...parts.made(draw)]));
  const alarm = random.of<Spoken>([
    words.lost(draw, 'clinic.courier', item),
    words.deviation(draw, 'clinic.operator', about, 'IDENTITY_SUSPECTED'),
  ]);
  const seen = { alarmsSeen: [{ commandOf: alarm.type }] };
  const by = random.of([
    ...Array.from({ length: 4 }, () => 'hospital.pharmacist'),
    'hospital.nurse',
  ]);
  const verification = 'verification-1-3';
  const check = words.word('care:VerifyBedside', by, {
    ...{ coi: journey.coi, verification, item, labelCoi: journey.coi },
    ...{ token: 'wristband', patient: journey.patient.id },
    ...(random.chance(0.8) ? seen : {}),
  });
  const signed = random.chance(0.8) ? seen : {};
  const place = planned(draw, 'care:AuthoriseDose');
  return both(
    before(draw, 'dose', `${alarm.type} by ${alarm.by}`, [alarm]),
    instead(draw, 'dose', place, `and ${by} looks at it`, (spoken) => [
      check,
      {
        ...spoken,
        body: {
          ...spoken.body,
          ...signed,
          verifications: [...(spoken.body['verifications'] as readonly string[]), verification],
        },
      },
    ]),
  );
};

export const B: Readonly<Record<string, readonly Aim[]>> = {
  B1: [
    (draw) => {
      const item = draw.random.of([...parts.made(draw), draw.journey.given(1)]);
      const by = draw.random.of(['clinic.quality', 'manufacturer.reviewer']);
      return before(draw, 'dose', `hold on ${item}, lifted by ${by}`, [
        words.hold(draw, words.subjectItem(draw, item)),
        words.lift(draw, by),
      ]);
    },
    (draw) => {
      const [type, gate] = draw.random.of<[string, Gate]>([
        ['manufacturing:ApproveDesign', 'design'],
        ['manufacturing:ReviewBatch', 'review'],
        ['manufacturing:CertifyBatch', 'certification'],
      ]);
      const by = gate === 'certification' ? 'clinic.release-person' : 'clinic.quality';
      return instead(draw, gate, planned(draw, type), `by ${by}`, (spoken) => [{ ...spoken, by }]);
    },
    (draw) => {
      const gate = earliest(draw);
      const by = draw.random.of(['clinic.clinician', 'clinic.nurse']);
      return instead(
        draw,
        gate,
        planned(draw, 'custody:ConfirmCollection', {
          item: draw.journey.of('collected').at(-1) ?? '',
        }),
        `by ${by}`,
        (spoken) => [{ ...spoken, by }],
        'before each gate',
      );
    },
    (draw) =>
      instead(
        draw,
        'dose',
        planned(draw, 'care:VerifyBedside', { verification: 'verification-1-1' }),
        'by an outsider',
        (spoken) => [{ ...spoken, by: draw.random.of(['clinic.nurse', 'clinic.clinician']) }],
      ),
  ],
  B2: [
    seenAtTheBedside,
    seenAtTheBedside,
    (draw) => {
      const gate = draw.random.of([earliest(draw), ...GATES]);
      const item = draw.random.of(
        gate === 'design'
          ? parts.early(draw)
          : [...draw.journey.of('container'), ...parts.made(draw)],
      );
      const said = draw.random.of<Spoken>([
        words.lost(draw, 'clinic.courier', item),
        words.deviation(draw, 'clinic.operator', words.subjectItem(draw, item), 'EQUIPMENT_FAULT'),
        words.hold(draw, words.subjectItem(draw, item), 'clinic.quality'),
        words.readings(draw, 'clinic.courier', item, [[2, 21]]),
        words.found(draw, 'clinic.courier', item, { labelRead: 'unreadable' }),
      ]);
      return before(draw, gate, `${said.type} by ${said.by}`, [said]);
    },
    (draw) => {
      const item = draw.random.of([
        ...parts.made(draw),
        ...draw.journey.of('container').slice(0, 1),
        draw.journey.given(1),
      ]);
      const said = draw.random.of<Spoken>([
        words.lost(draw, draw.random.of(['clinic.courier', 'courier.courier']), item),
        words.deviation(
          draw,
          'clinic.operator',
          words.subjectItem(draw, item),
          'IDENTITY_SUSPECTED',
        ),
        words.deviation(draw, 'clinic.operator', words.subjectItem(draw, item), 'EQUIPMENT_FAULT'),
      ]);
      return before(draw, 'dose', `${said.type} by ${said.by}`, [said]);
    },
    (draw) => {
      const [lot] = draw.random.of(words.LOTS);
      const by = draw.random.of(['clinic.quality', 'clinic.release-person']);
      return before(
        draw,
        draw.random.of(['review', 'certification', 'dose']),
        'a lot recalled by a stranger',
        [words.recallLot(by, lot, draw.random.of(['identity', 'sterility']))],
      );
    },
    (draw) => {
      const said = words.recallBatch(
        draw,
        'clinic.quality',
        draw.random.of(['identity', 'sterility']),
      );
      return before(
        draw,
        draw.random.of(['review', 'certification', 'dose']),
        'recalled by a stranger',
        [said],
        draw.random.of(['never', 'before each gate']),
      );
    },
  ],
  B3: [
    (draw) =>
      before(draw, ['dose', 'design'], 'no, and another patient’s yes', [
        words.word('consent:WithdrawConsent', draw.journey.patient.id, {
          purpose: parts.dosePurpose(draw),
        }),
        ...words.consentFor(
          draw,
          parts.dosePurpose(draw),
          draw.random.of(['patient-2', 'patient-3']),
          {},
        ),
      ]),
    (draw) => {
      // the alarm is about this therapy's thing, and stops its approval
      const other = draw.stage.journeys[1].coi;
      const item = draw.random.of(parts.early(draw));
      const acts: Act[] = [
        {
          ...words.deviation(
            draw,
            'courier.courier',
            words.subjectItem(draw, item),
            'EQUIPMENT_FAULT',
          ),
          body: {
            coi: other,
            subject: words.subjectItem(draw, item),
            code: 'EQUIPMENT_FAULT',
            classification: 'minor',
          },
        },
      ];
      return before(
        draw,
        earliest(draw),
        'said under another therapy',
        acts,
        draw.random.of(['never', 'before each gate']),
      );
    },
    (draw) => {
      const item = draw.random.of([
        ...parts.made(draw),
        ...draw.journey.of('container').slice(0, 1),
      ]);
      const placed = words.hold(draw, words.subjectItem(draw, item));
      const lifted = words.lift(draw, 'manufacturer.reviewer');
      return before(draw, 'dose', 'a hold lifted under another therapy', [
        placed,
        { ...lifted, body: { ...lifted.body, coi: draw.stage.journeys[1].coi } },
      ]);
    },
  ],
};
