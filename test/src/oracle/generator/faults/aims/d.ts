import * as words from '../words.js';
import { word } from '../words.js';
import type { StepDefinition } from '../../../definition.js';
import * as parts from '../parts.js';
import type { Draw, Fault } from '../fault.js';
import { type Aim, before, type Gate, instead, planned } from './aim.js';

const BATCH_GATES: readonly Gate[] = ['review', 'certification', 'dose'];

function registrarOf({ stage }: Draw, organisation: string): string {
  const found = [...stage.people.values()].find(
    (each) => each.organisation === organisation && each.id.endsWith('.registrar'),
  );
  return found?.id ?? '';
}

/** Somebody else says a command of the plan, whose registrar turns out to have been compromised. */
function registrarCompromised(
  draw: Draw,
  gate: Gate,
  by: string,
  place: number,
  minutes: number,
): Fault | undefined {
  const person = draw.stage.people.get(by);
  const said = instead(draw, gate, place, `by ${by}`, (spoken) => [{ ...spoken, by }]);
  if (!person || !said) return undefined;
  const prefix = by.split('.')[0] ?? '';
  const revoked = word('registry:RevokeActor', `${prefix}.registrar`, {
    actor: `${prefix}.second-registrar`,
    reason: 'key-compromised',
    compromisedSince: { afterMs: -minutes * 60_000 },
  });
  const compromise = before(draw, gate, `its registrar was compromised ${minutes} minutes ago`, [
    revoked,
  ]);
  const room = [...(compromise?.slots ?? [])][0];
  if (!room || !compromise) return said;
  const [where, insert] = room;
  const change = said.slots.get(where);
  const both = change ? (acts: Parameters<typeof insert>[0]) => insert(change(acts)) : insert;
  return {
    ...said,
    says: `${said.says}; ${compromise.says}`,
    slots: new Map([...said.slots, [where, both]]),
  };
}

export const D: Readonly<Record<string, readonly Aim[]>> = {
  D1: [
    (draw) => {
      const item = draw.random.of([
        ...draw.journey.of('collected'),
        ...parts.made(draw),
        ...draw.journey.of('container').slice(0, 1),
      ]);
      return before(draw, 'dose', `hold on ${item}`, [
        words.hold(draw, words.subjectItem(draw, item)),
      ]);
    },
    (draw) => {
      return before(draw, ['design', 'review'], 'contamination upstream', [
        words.deviation(
          draw,
          'lab.lab-technician',
          words.subjectItem(draw, draw.random.of(parts.early(draw))),
          'CONTAMINATION_SUSPECTED',
        ),
      ]);
    },
    (draw) => {
      const subject = parts.drawSubject(draw, [
        ...draw.journey.of('collected'),
        ...parts.made(draw),
      ]);
      return before(draw, BATCH_GATES, `hold on ${JSON.stringify(subject['kind'])}`, [
        words.hold(draw, subject),
      ]);
    },
  ],
  D2: [
    (draw) =>
      before(
        draw,
        draw.random.of(['dose', 'second dose']),
        'recalled',
        [
          words.recallBatch(
            draw,
            draw.random.of([
              'manufacturer.reviewer',
              'manufacturer.release-person',
              'manufacturer.safety-officer',
            ]),
            'sterility',
          ),
        ],
        draw.random.of(['never', 'before each gate']),
      ),
    (draw) => {
      const [lot, by] = draw.random.of(words.LOTS);
      return before(
        draw,
        draw.random.of(['dose', 'review', 'certification']),
        `${lot} recalled`,
        [words.recallLot(by, lot, draw.random.of(['sterility', 'identity', 'supplier-notice']))],
        draw.random.of(['never', 'before each gate']),
      );
    },
    (draw) => {
      const place = planned(draw, 'manufacturing:RecordBatch');
      return instead(
        draw,
        draw.random.of(BATCH_GATES),
        place,
        'recalled before it was recorded',
        (spoken) => [words.recallBatch(draw, 'manufacturer.reviewer', 'identity'), spoken],
        'before each gate',
      );
    },
    (draw) => {
      const recall = words.recallBatch(draw, 'manufacturer.safety-officer', 'labelling');
      return before(
        draw,
        'dose',
        'recalled, and annulled',
        [
          recall,
          words.annul(
            recall,
            'never-happened',
            draw.random.of([
              ['manufacturer.reviewer'],
              ['manufacturer.reviewer', 'manufacturer.release-person'],
              ['manufacturer.tester', 'manufacturer.reviewer'],
            ]),
          ),
        ],
        draw.random.of(['never', 'before each gate']),
      );
    },
    (draw) =>
      before(draw, 'design', 'the lot of the extraction recalled', [
        words.recallLot(
          draw.random.of(['manufacturer.reviewer', 'clinic.quality']),
          words.EXTRACTION_LOT,
          'contamination',
        ),
      ]),
  ],
  D3: [
    (draw) => {
      const { collector, labTechnician, operator, designer, courier, reviewer, nurse } =
        draw.journey.cast;
      const actor = draw.random.of([
        collector,
        labTechnician,
        operator,
        designer,
        courier,
        reviewer,
        nurse,
      ]);
      const gate = draw.random.of<Gate>(['dose', 'dose', 'review', 'certification', 'design']);
      return before(draw, gate, `${actor.id} compromised`, [
        words.word('registry:RevokeActor', registrarOf(draw, actor.organisation), {
          actor: actor.id,
          reason: 'key-compromised',
          compromisedSince: { afterMs: -draw.random.of([60, 300, 2000, 20_000]) * 60_000 },
        }),
      ]);
    },
    (draw) => {
      // a patient's keys, which a registrar and a clinician end
      const gate = draw.random.of<Gate>(['dose', 'second dose', 'design']);
      const minutes = draw.random.of([0, 60, 20_000]);
      const confirmed = draw.random.of([
        'hospital.clinician',
        'hospital.clinician',
        'hospital.nurse',
      ]);
      return before(
        draw,
        gate,
        `the patient’s keys end, confirmed by ${confirmed}`,
        words.keysEnd(draw, confirmed, minutes === 0 ? undefined : minutes),
      );
    },
    (draw) => {
      // what somebody signed whom a compromised registrar enrolled
      const of = (by: string, role: string, gate: Gate, steps: readonly StepDefinition[]) =>
        steps
          .filter(({ roles, outputs }) => roles[0] === role && outputs.length > 0)
          .map(({ id }): [string, string, Gate] => [by, id, gate]);
      const [by, step, gate] = draw.random.of([
        ...of('lab.agency-technician', 'lab', 'design', parts.gatheringSteps(draw)),
        ...of('manufacturer.agency-operator', 'operator', 'review', parts.makingSteps(draw)),
      ]);
      const minutes = draw.random.of([10, 100_000]);
      return registrarCompromised(
        draw,
        gate,
        by,
        planned(draw, 'manufacturing:ReportStep', { step }),
        minutes,
      );
    },
    (draw) =>
      registrarCompromised(
        draw,
        'dose',
        'hospital.agency-nurse',
        planned(draw, 'care:VerifyBedside'),
        draw.random.of([10, 100_000]),
      ),
  ],
};
