import { ARMS } from '../../../definition.js';
import type { Act, Spoken } from '../../spoken.js';
import type { Draw } from '../fault.js';
import * as words from '../words.js';
import { type Aim, before, type Gate } from './aim.js';

const ASSIGNED = 'therapy:AssignArm';

const PHARMACIST = 'hospital.pharmacist';

function assigned({ journey: { coi }, random }: Draw, by: string): Spoken {
  return { ...words.word(ASSIGNED, by, { coi }), annexes: { arm: { arm: random.of(ARMS) } } };
}

function unblinded({ journey: { coi } }: Draw, by: string): Spoken {
  const explanation = { explanation: 'anaphylaxis on the ward' };
  return {
    ...words.word('care:Unblind', by, { coi, reason: 'treatment-depends-on-it' }),
    annexes: { explanation },
  };
}

/** The patient is assigned to an arm: once or twice, by who knows it or not, by mistake; and a physician unblinds. */
const blinded: Aim = (draw) => {
  const { random } = draw;
  const [first = PHARMACIST, ...others] = random.of([
    [PHARMACIST],
    [PHARMACIST, PHARMACIST],
    [PHARMACIST, 'manufacturer.release-person'],
    ['manufacturer.release-person', 'hospital.all'],
    ['lab.designer'],
    ['clinic.pharmacist', PHARMACIST],
  ]);
  const one = assigned(draw, first);
  const signers = [first, 'manufacturer.reviewer', 'manufacturer.release-person'];
  const wrong: readonly Act[] = random.chance(0.25)
    ? [words.annul(one, 'wrong-identifier', signers)]
    : [];
  const physician = random.of(['hospital.clinician', 'hospital.clinician', 'clinic.clinician']);
  const opened = random.chance(0.4) ? [unblinded(draw, physician)] : [];
  const more = others.map((by) => assigned(draw, by));
  const gates: readonly Gate[] = ['review', 'certification', 'dose', 'dose', 'second dose'];
  return before(
    draw,
    gates,
    `assigned by ${[first, ...others].join(', ')}, unblinded ${opened.length} times`,
    [...opened, one, ...wrong, ...more],
    random.of(['never', 'never', 'before each gate'] as const),
  );
};

/** Faults in a blinded therapy, of a process that has arms mostly. */
export const ARMED: readonly Aim[] = [
  (draw) => (draw.definition.blinding || draw.random.chance(0.1) ? blinded(draw) : undefined),
];
