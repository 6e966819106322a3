import type { Act, Spoken } from '../../spoken.js';
import * as words from '../words.js';
import { type Aim, before, type Gate, instead, planned } from './aim.js';

const GATES: readonly Gate[] = ['design', 'review', 'certification'];

export const B: Readonly<Record<string, readonly Aim[]>> = {
  B1: [
    (draw) => {
      const { dna, vials, dose } = draw.journey.things;
      const item = draw.random.of([dna, vials[0] ?? '', dose]);
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
      const { collectors, gate } = {
        collectors: ['clinic.clinician', 'clinic.nurse'],
        gate: 'design' as const,
      };
      const by = draw.random.of(collectors);
      return instead(
        draw,
        gate,
        planned(draw, 'custody:ConfirmCollection', { item: draw.journey.things.secondBlood }),
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
    (draw) => {
      const { blood, secondBlood, dna, vials } = draw.journey.things;
      const gate = draw.random.of(GATES);
      const item =
        gate === 'design'
          ? draw.random.of([blood, secondBlood, dna])
          : draw.random.of([...vials, dna]);
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
      const { dna, vials, drugSubstance, dose } = draw.journey.things;
      const item = draw.random.of([dna, vials[0] ?? '', drugSubstance, dose]);
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
      before(draw, draw.random.of(['dose', 'design']), 'no, and another patient’s yes', [
        words.word('consent:WithdrawConsent', draw.journey.patient.id, {
          purpose: 'TREATMENT_MANUFACTURE',
        }),
        ...words.consentFor(
          draw,
          'TREATMENT_MANUFACTURE',
          draw.random.of(['patient-2', 'patient-3']),
          {},
        ),
      ]),
    (draw) => {
      // the alarm is about this therapy's thing, and stops its approval
      const { blood, dna } = draw.journey.things;
      const other = draw.stage.journeys[1].coi;
      const item = draw.random.of([blood, dna]);
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
        'design',
        'said under another therapy',
        acts,
        draw.random.of(['never', 'before each gate']),
      );
    },
    (draw) => {
      const { dna, vials } = draw.journey.things;
      const item = draw.random.of([dna, vials[0] ?? '']);
      const placed = words.hold(draw, words.subjectItem(draw, item));
      const lifted = words.lift(draw, 'manufacturer.reviewer');
      return before(draw, 'dose', 'a hold lifted under another therapy', [
        placed,
        { ...lifted, body: { ...lifted.body, coi: draw.stage.journeys[1].coi } },
      ]);
    },
  ],
};
