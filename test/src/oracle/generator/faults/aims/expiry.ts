import type { Act, Spoken } from '../../spoken.js';
import type { Draw } from '../fault.js';
import * as words from '../words.js';
import { type Aim, before, type Gate, instead, planned } from './aim.js';

const DAY = 24 * 60;
const SHORTENED = 'quality:ShortenExpiry';
const EXTENDED = 'quality:ExtendExpiry';

const RELEASE = 'manufacturer.release-person';
const QUALITY = 'manufacturer.reviewer';

/** @param minutes from when it is said */
function expiry({ journey }: Draw, type: string, by: string, minutes: number): Spoken {
  const { coi, batch } = journey;
  const body = { coi, batch, expiry: { afterMs: minutes * 60_000 } };
  const stability = { explanation: 'the assay of three lots', evidence: [] };
  return { ...words.word(type, by, body), annexes: { stability } };
}

/** The same date under each signature, which are some time apart. */
function extension(draw: Draw, signers: readonly string[], minutes: number): readonly Spoken[] {
  return signers.map((by, place) =>
    expiry(draw, EXTENDED, by, minutes - place * SIGNATURES_APART_MINUTES),
  );
}

/** What is said by quality follows after so long. */
const SIGNATURES_APART_MINUTES = 20 / 60;

/** Quality says that the batch keeps shorter: as long as it takes, or until a date that is over, or a later one. */
const shortened: Aim = (draw) => {
  const { random } = draw;
  const by = random.of([QUALITY, QUALITY, RELEASE, 'clinic.quality', 'hospital.pharmacist']);
  const minutes = random.of([-60, -1, 2, 300 * DAY, 2000 * DAY]);
  const said = expiry(draw, SHORTENED, by, minutes);
  const late = random.chance(0.15) ? { lateMs: 40 * 60_000 } : {};
  const more: readonly Act[] = random.chance(0.3)
    ? [words.annul(SHORTENED, 'wrong-identifier')]
    : [];
  const gates: readonly Gate[] = [
    'review',
    'certification',
    'dose',
    'dose',
    'second dose',
    'beginning',
  ];
  return before(
    draw,
    random.of(gates),
    `the batch keeps ${minutes} minutes, says ${by}`,
    [{ ...said, ...late }, ...more],
    random.of(['never', 'before each gate'] as const),
  );
};

/** What was authorised is given when the batch is expired already. */
const shortenedBetween: Aim = (draw) => {
  const place = planned(draw, 'care:RecordAdministration', { dose: 'dose-1' });
  const minutes = draw.random.of([-1, 60, 300 * DAY]);
  return instead(
    draw,
    'second dose',
    place,
    `the batch keeps ${minutes} minutes, as is found after the authorisation`,
    (spoken) => [expiry(draw, SHORTENED, QUALITY, minutes), spoken],
    'before each gate',
  );
};

/** Who sign that it keeps longer: mostly two who may. */
const SIGNERS = [
  [RELEASE, QUALITY],
  [QUALITY, RELEASE],
  [QUALITY, 'manufacturer.all'],
  [RELEASE],
  [QUALITY],
  [RELEASE, RELEASE],
  [RELEASE, 'manufacturer.tester'],
  ['manufacturer.tester', RELEASE],
  [RELEASE, 'clinic.quality'],
  [QUALITY, 'manufacturer.tester'],
];

/** The batch keeps shorter, and longer after all: by two, by one alone, by a maker, with a change in between, or by mistake. */
const extended: Aim = (draw) => {
  const { random } = draw;
  const signers = random.of(SIGNERS);
  const minutes = random.of([-60, 30, 900 * DAY, 900 * DAY, 900 * DAY]);
  const first = random.chance(0.8) ? [expiry(draw, SHORTENED, QUALITY, -5)] : [];
  const signed = extension(draw, signers, minutes);
  const between = random.chance(0.15) ? [expiry(draw, SHORTENED, QUALITY, -10)] : [];
  const [one, ...others] = signed;
  const annulled = random.chance(0.25)
    ? [words.annul(random.of([EXTENDED, SHORTENED]), 'never-happened')]
    : [];
  const recalled = random.chance(0.1)
    ? [words.recallBatch(draw, 'manufacturer.safety-officer', 'sterility')]
    : [];
  const gate = random.of<Gate>(['review', 'certification', 'dose', 'dose', 'dose', 'second dose']);
  return before(
    draw,
    gate,
    `the batch keeps ${minutes} minutes, say ${signers.join(', ')}`,
    [...first, ...recalled, ...(one ? [one] : []), ...between, ...others, ...annulled],
    random.of(['never', 'before each gate'] as const),
  );
};

/** Faults in until when a batch keeps. */
export const EXPIRY: readonly Aim[] = [shortened, shortenedBetween, extended, extended];
