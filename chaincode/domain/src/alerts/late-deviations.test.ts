import { describe, expect, test } from '@jest/globals';
import { COI, NOW } from '../example.fixture.js';
import { lacking, type Story } from '../graph/honest-therapy.fixture.js';
import type { Annulment } from '../nouns/annulment.js';
import type { Blocker } from '../nouns/blockable.js';
import type { DeviationCode } from '../values/deviation-codes.js';
import { addMinutes } from '../values/time.js';
import { alertsDue } from './due.js';
import { afterTheDose, commandOf, failedLate, givenDose, signedLater } from './given.fixture.js';

const AT = addMinutes(NOW, 60);
const THERAPY = { kind: 'therapy', id: COI } as const;

/** A deviation on the batch, which somebody opened so many minutes after the dose was given. */
function deviating(
  code: DeviationCode,
  {
    minutes = 60,
    story = afterTheDose(),
    ...rest
  }: Partial<Blocker> & { readonly minutes?: number; readonly story?: Story } = {},
): Story {
  const opened = signedLater('manufacturer.operator', minutes, commandOf('D'));
  const id = `D1.${opened.command}`;
  const blocker = { kind: 'deviation', id, code, ...rest } as const;
  const subjects = [{ ref: { kind: 'batch' as const, coi: COI, id: 'batch-1' } }];
  const of = { noun: 'deviation', scope: THERAPY, classification: 'major' } as const;
  return story
    .change('batch', 'batch-1', ({ blockers, ...batch }) => ({
      ...batch,
      blockers: [...blockers, blocker],
    }))
    .with({ ...of, id, code, subjects, opened });
}

const causes = (story: Story) => alertsDue(story.whole(), AT).map(({ cause }) => cause);

describe('a deviation that comes to light after a dose was given', () => {
  test.each(['TEMPERATURE_EXCURSION', 'CONTAMINATION_SUSPECTED', 'EQUIPMENT_FAULT'] as const)(
    'is told to the physician, however many steps upstream: %s',
    (code) => {
      expect(alertsDue(deviating(code).whole(), AT)).toMatchObject([
        {
          kind: 'acknowledgement',
          dose: 'dose-1',
          cause: { kind: 'deviation', codes: [code], command: commandOf('D') },
          since: AT,
          physician: 'hospital.physician',
        },
      ]);
    },
  );

  test('is told still when quality has rejected what it is about', () => {
    expect(causes(deviating('NOT_INTACT', { kind: 'rejected' }))).toHaveLength(1);
  });

  test('is told no more once quality permits the use', () => {
    const settled = deviating('NOT_INTACT').change('batch', 'batch-1', { blockers: [] });
    expect(causes(settled)).toEqual([]);
  });

  test('is none of what was known when the dose was authorised', () => {
    expect(causes(deviating('NOT_INTACT', { minutes: -10 }))).toEqual([]);
    const unauthorised = afterTheDose()
      .without('dose', 'dose-1')
      .with(lacking(givenDose(), 'authorised'));
    expect(causes(deviating('NOT_INTACT', { minutes: -10, story: unauthorised }))).toHaveLength(1);
  });

  test('is one too that was known and settled, when its settling turns out to be an error', () => {
    const reopened = signedLater('manufacturer.reviewer', 60, commandOf('E'));
    const story = deviating('NOT_INTACT', { minutes: -10 });
    expect(causes(story.change('deviation', `D1.${commandOf('D')}`, { reopened }))).toEqual([
      { kind: 'deviation', codes: ['NOT_INTACT'], command: commandOf('E') },
    ]);
  });

  test('is none of how something was written down, nor a condition that began after the dose', () => {
    expect(causes(deviating('LATE_ENTRY'))).toEqual([]);
    expect(causes(deviating('ITEM_LOST', { since: NOW }))).toEqual([]);
    expect(causes(deviating('ITEM_LOST', { since: addMinutes(NOW, -1) }))).toHaveLength(1);
  });

  test('is none that the giving of the dose itself opened', () => {
    const [given] = givenDose().administrations;
    if (!given) throw new Error('nothing given');
    const command = commandOf('D');
    const itself = afterTheDose({ administrations: [{ ...given, command }] });
    expect(causes(deviating('PATIENT_MISMATCH', { story: itself }))).toEqual([]);
  });

  test('is told once with the failed check that the same report tells of', () => {
    const failed = failedLate('sterility');
    const opened = signedLater('manufacturer.tester', 60, commandOf('F'));
    const story = deviating('SAFETY_CHECK_FAILED', { story: failed });
    const same = story.change('deviation', `D1.${commandOf('D')}`, { opened });
    const acknowledgements = alertsDue(same.whole(), AT).filter(
      (each) => each.kind === 'acknowledgement',
    );
    expect(acknowledgements).toMatchObject([{ cause: { kind: 'check-failed' } }]);
  });

  test('is told of a record upstream that was entered in error since', () => {
    const command = commandOf('W');
    const annulment: Annulment = {
      noun: 'annulment',
      scope: THERAPY,
      command,
      type: 'manufacturing:RecordBatch',
      reason: 'wrong-reference',
      signatures: [],
      missing: [],
      annulled: signedLater('manufacturer.reviewer', 60, commandOf('E')),
    };
    const blockers = [{ kind: 'annulled' as const, id: `A.${command}`, code: 'ENTERED_IN_ERROR' }];
    const annulled = afterTheDose().change('batch', 'batch-1', { blockers }).with(annulment);
    expect(causes(annulled)).toEqual([
      { kind: 'deviation', codes: ['ENTERED_IN_ERROR'], command: commandOf('E') },
    ]);
  });

  test('is no hold, which names who lifts it', () => {
    const blockers = [{ kind: 'hold' as const, id: 'hold-1', code: 'regulator' }];
    expect(causes(afterTheDose().change('batch', 'batch-1', { blockers }))).toEqual([]);
  });
});
