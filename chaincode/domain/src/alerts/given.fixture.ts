import { COI, DIGEST, NOW, signed } from '../example.fixture.js';
import { honest, LOT, type Story, THINGS, verdictsOf } from '../graph/honest-therapy.fixture.js';
import type { Alert } from '../nouns/alert.js';
import type { Dose } from '../nouns/dose.js';
import type { Signed } from '../nouns/signed.js';
import { addMinutes } from '../values/time.js';

/** Any digest with that letter. */
export const commandOf = (letter: string): string => `${letter.repeat(42)}A`;

/** Somebody's signature so many minutes from {@link NOW}. */
export function signedLater(actor: string, minutes: number, command = DIGEST): Signed {
  const time = addMinutes(NOW, minutes);
  return { ...signed(actor), command, at: time, time };
}

/** A dose of the honest therapy that the physician authorised and a nurse gave. */
export function givenDose(rest: Partial<Dose> = {}): Dose {
  return {
    noun: 'dose',
    coi: COI,
    id: 'dose-1',
    number: 1,
    item: THINGS.dose,
    verifications: [],
    authorised: signed('hospital.physician'),
    administrations: [
      { ...signed('hospital.nurse'), item: THINGS.dose, course: 'complete', annex: DIGEST },
    ],
    ...rest,
  };
}

/** The honest therapy after its dose was given. */
export function afterTheDose(rest: Partial<Dose> = {}): Story {
  return honest().with(givenDose(rest));
}

/** The recall of its batch, an hour after the dose. */
export const RECALL = {
  ...signedLater('manufacturer.reviewer', 60, commandOf('R')),
  reason: 'sterility',
};

/** The same therapy with its batch recalled. */
export function recalled(story = afterTheDose()): Story {
  return story.change('batch', 'batch-1', { recall: RECALL });
}

/** The same therapy with one of its lots recalled. */
export function lotRecalled(story = afterTheDose()): Story {
  return story.change('lot', LOT, { recall: RECALL });
}

/** The same therapy after a release test has failed, so many minutes after the dose. */
export function failedLate(check: string, minutes = 60, story = afterTheDose()): Story {
  const later = signedLater('manufacturer.tester', minutes, commandOf('F'));
  const verdicts = verdictsOf('release-tests', { [check]: 'fail' });
  return story.change('step', 'release-tests/1', (test) => ({
    ...test,
    repeated: [{ ...later, verdicts, lots: [] }],
  }));
}

/** The alert of the recall, stated when it was recalled. */
export function statedAlert(rest: Partial<Alert> = {}): Alert {
  return {
    noun: 'alert',
    coi: COI,
    id: 'A1',
    dose: 'dose-1',
    cause: { kind: 'batch-recalled', batch: 'batch-1', command: RECALL.command },
    since: RECALL.time,
    stated: signedLater('manufacturer.service', 60),
    overdue: [],
    patientTold: [],
    ...rest,
  };
}
