import type { Body, Spoken } from '../../spoken.js';
import { thingsOf } from '../things.js';
import * as parts from '../parts.js';
import * as words from '../words.js';
import { type Aim, before, both, instead, otherwise, planned, wait } from './aim.js';

/** What makes a dose ready, of those words that make one thing of others. */
const PREPARED = { operation: 'prepare' };

/** To whom a dose is given, on which line, with whose consent, and when. */
export const A6_TO_A9: Readonly<Record<string, readonly Aim[]>> = {
  A6: [
    (draw) =>
      instead(
        draw,
        draw.random.of(['dose', 'second dose']),
        planned(draw, 'care:VerifyBedside', {
          verification: draw.random.of([
            'verification-1-1',
            'verification-1-2',
            'verification-2-1',
          ]),
        }),
        'one does not verify',
        () => [],
      ),
    (draw) => {
      const place = planned(draw, 'care:AuthoriseDose');
      return instead(draw, 'dose', place, 'too late', (spoken) => [
        wait(draw.random.of([13, 14, 15, 16, 20])),
        spoken,
      ]);
    },
    (draw) => {
      const place = planned(draw, 'care:AuthoriseDose');
      const other = draw.random.of(draw.stage.journeys.slice(1));
      return instead(
        draw,
        'dose',
        place,
        'another thing is scanned',
        (spoken) => [
          words.word(
            'care:VerifyBedside',
            draw.random.of(['hospital.nurse', 'hospital.clinician']),
            {
              coi: draw.journey.coi,
              verification: 'verification-9',
              item: draw.random.of([
                draw.journey.given(1),
                draw.journey.given(2),
                ...thingsOf(other),
                words.UNKNOWN_ITEM,
              ]),
              labelCoi: draw.random.of([draw.journey.coi, other.coi]),
              token: 'wristband',
              patient: draw.random.of([draw.journey.patient.id, other.patient.id]),
            },
          ),
          spoken,
        ],
        draw.random.of(['never', 'before the dose']),
      );
    },
    (draw) =>
      instead(
        draw,
        'dose',
        planned(draw, 'care:VerifyBedside', { verification: 'verification-1-2' }),
        'verified by one person',
        (spoken) => [{ ...spoken, by: 'hospital.nurse' }],
      ),
    (draw) =>
      instead(
        draw,
        'dose',
        planned(draw, 'care:VerifyBedside', {
          verification: draw.random.of(['verification-1-1', 'verification-1-2']),
        }),
        'one is the pharmacist',
        (spoken) => [{ ...spoken, by: 'hospital.pharmacist' }],
      ),
    (draw) =>
      instead(
        draw,
        'second dose',
        planned(draw, 'care:AuthoriseDose', { dose: 'dose-2' }),
        'with the other dose’s',
        otherwise({ verifications: ['verification-1-1', 'verification-1-2'] }),
      ),
    (draw) =>
      instead(
        draw,
        'dose',
        planned(draw, 'care:VerifyBedside', { verification: 'verification-1-1' }),
        'witnessed',
        otherwise({ token: 'witnessed' }),
      ),
  ],
  A7: [
    (draw) =>
      instead(
        draw,
        'dose',
        planned(draw, 'care:AuthoriseDose'),
        'another line',
        otherwise({ number: draw.random.of([3, 9]) }),
      ),
    (draw) =>
      instead(
        draw,
        'second dose',
        planned(draw, 'care:AuthoriseDose', { dose: 'dose-2' }),
        'the first line again',
        otherwise({ number: 1 }),
      ),
    (draw) =>
      instead(
        draw,
        'dose',
        planned(draw, 'care:AuthoriseDose'),
        'no-go',
        otherwise({ fitness: 'no-go' }),
      ),
    (draw) => {
      const place = planned(draw, 'care:RecordAdministration', { dose: 'dose-1' });
      return instead(
        draw,
        'second dose',
        place,
        'interrupted, and the line again',
        (spoken) => [
          {
            ...spoken,
            body: { ...spoken.body, course: draw.random.of(['interrupted', 'not-started']) },
          },
        ],
        'before each gate',
      );
    },
    (draw) => {
      // the first line again, while its authorisation stands
      const place = planned(draw, 'care:AuthoriseDose', { dose: 'dose-2' });
      const given = planned(draw, 'care:RecordAdministration', { dose: 'dose-1' });
      return both(
        instead(draw, 'second dose', given, 'nothing is told of the first', () => []),
        instead(draw, 'second dose', place, 'the first line again', otherwise({ number: 1 })),
      );
    },
    (draw) => {
      // what remains of the first line is a line of its own
      const given = planned(draw, 'care:RecordAdministration', { dose: 'dose-1' });
      const place = planned(draw, 'care:AuthoriseDose', { dose: 'dose-2' });
      const course = draw.random.of(['interrupted', 'interrupted', 'complete', 'not-started']);
      const number = draw.random.of([1, 9, 9]);
      const by = draw.random.of(['hospital.clinician', 'hospital.clinician', 'hospital.nurse']);
      const ordered = words.line(draw, by, [1, 9], draw.random.of([{}, {}, { containers: 2 }]));
      return both(
        instead(
          draw,
          'second dose',
          given,
          `${course}, and the rest ordered by ${by}`,
          (spoken) => [
            { ...spoken, body: { ...spoken.body, course } },
            { type: 'settle' },
            ordered,
          ],
        ),
        instead(draw, 'second dose', place, `under line ${number}`, otherwise({ number })),
      );
    },
    (draw) => {
      // a mistake, and a physician orders anew
      const given = planned(draw, 'care:RecordAdministration', { dose: 'dose-1' });
      const place = planned(draw, 'care:AuthoriseDose', { dose: 'dose-2' });
      const number = draw.random.of([1, 9, 9]);
      const seen = draw.random.chance(0.7);
      const ordered = words.line(draw, 'hospital.clinician', [1, 9]);
      return both(
        instead(draw, 'second dose', given, `given by mistake, seen: ${seen}`, (spoken) => [
          spoken,
          words.annul(spoken, 'never-happened', [
            spoken.by,
            'hospital.pharmacist',
            'manufacturer.reviewer',
          ]),
          { type: 'settle' },
          { ...ordered, body: { ...ordered.body, patientSeen: seen } },
        ]),
        instead(draw, 'second dose', place, `under line ${number}`, otherwise({ number })),
      );
    },
    (draw) => {
      // a line of several containers
      const order = planned(draw, 'therapy:OrderTherapy');
      const place = planned(draw, 'care:AuthoriseDose', { dose: 'dose-2' });
      const containers = draw.random.of([1, 2]);
      return both(
        instead(draw, 'second dose', order, `${containers} containers`, (spoken) => [
          {
            ...spoken,
            body: {
              ...spoken.body,
              orderLines: (spoken.body['orderLines'] as Body[]).map((each) => ({
                ...each,
                containers,
              })),
            },
          },
        ]),
        instead(draw, 'second dose', place, 'the first line again', otherwise({ number: 1 })),
      );
    },
  ],
  A8: [
    (draw) =>
      before(draw, ['design', 'dose', 'second dose'], 'the patient says no', [
        words.word(
          draw.random.of(['consent:WithdrawConsent', 'consent:RefuseConsent']),
          draw.journey.patient.id,
          { purpose: parts.dosePurpose(draw) },
        ),
        ...(draw.random.chance(0.3)
          ? words.consentFor(draw, parts.dosePurpose(draw), draw.journey.patient.id, {})
          : []),
      ]),
    (draw) => {
      const minutes = draw.random.of([
        // over soon after it is given, which takes five minutes
        [-600, 5.1],
        [-600, 7],
        [-600, 60],
        [60, 600],
        [-1, 600],
      ]);
      const [from = 0, until = 0] = minutes;
      return before(
        draw,
        ['design', 'dose'],
        `consent from ${from} to ${until} minutes from now`,
        words.consentFor(
          draw,
          parts.dosePurpose(draw),
          draw.journey.patient.id,
          {
            validFrom: { afterMs: from * 60_000 },
            validUntil: { afterMs: until * 60_000 },
          },
          draw.random.chance(0.7) ? words.consentGiven(draw, parts.dosePurpose(draw)) : undefined,
        ),
      );
    },
    (draw) =>
      // by keys that were ended
      before(draw, ['design', 'dose'], 'the patient’s keys end, and a no', [
        ...words.keysEnd(draw, 'hospital.clinician', draw.random.of([60, 20_000])),
        words.word(
          draw.random.of(['consent:WithdrawConsent', 'consent:RefuseConsent']),
          draw.journey.patient.id,
          { purpose: parts.dosePurpose(draw) },
        ),
      ]),
    (draw) => {
      const place = planned(draw, 'care:AuthoriseDose');
      return instead(draw, 'dose', place, 'a no at the last moment', (spoken) => [
        words.word('consent:WithdrawConsent', draw.journey.patient.id, {
          purpose: parts.dosePurpose(draw),
        }),
        { ...spoken, body: { ...spoken.body, ...(draw.random.chance(0.5) ? words.ALONE : {}) } },
      ]);
    },
  ],
  A9: [
    (draw) =>
      before(draw, 'dose', 'in use for long', [
        wait(parts.inUseMinutes(draw) + draw.random.of([-10, -5, -2, 2, 40])),
      ]),
    (draw) => {
      const place = planned(draw, 'custody:DeriveItem', PREPARED);
      const minutes = parts.inUseMinutes(draw);
      const lateMs = draw.random.of([20, minutes - 10, minutes + 5, minutes + 40]) * 60_000;
      const more: Partial<Spoken> = draw.random.chance(0.7) ? { lateReason: 'paper-record' } : {};
      return instead(
        draw,
        'dose',
        place,
        'prepared earlier than it was told',
        (spoken) => [wait(lateMs / 60_000), { ...spoken, lateMs, ...more }],
        'before each gate',
      );
    },
  ],
};
