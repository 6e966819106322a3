import { describe, expect, test } from '@jest/globals';
import { COI, NOW, signed } from '../example.fixture.js';
import { honest, lacking, LOT, type Story } from '../graph/honest-therapy.fixture.js';
import { addMinutes } from '../values/time.js';
import { alertsDue } from './due.js';
import {
  afterTheDose,
  commandOf,
  failedLate,
  givenDose,
  lotRecalled,
  RECALL,
  recalled,
  signedLater,
  statedAlert,
} from './given.fixture.js';

const SINCE = RECALL.time;
const due = (story: Story, minutes = 0) => alertsDue(story.whole(), addMinutes(SINCE, minutes));
const kinds = (story: Story) => due(story).map(({ kind, cause }) => `${kind} ${cause.kind}`);

describe('an alert is due to the physician of a dose that was given', () => {
  test('of nothing where nothing was learnt', () => {
    expect(due(afterTheDose())).toEqual([]);
  });

  test('of its batch’s recall, whether anybody stated it or not', () => {
    const cause = { kind: 'batch-recalled', batch: 'batch-1', command: RECALL.command };
    expect(due(recalled())).toEqual([
      {
        kind: 'acknowledgement',
        dose: 'dose-1',
        cause,
        since: SINCE,
        physician: 'hospital.physician',
        asked: 'physician',
        due: addMinutes(SINCE, 30),
        overdueMinutes: 0,
      },
    ]);
    expect(due(recalled().with(statedAlert()))).toMatchObject([{ alert: 'A1' }]);
  });

  test('no more once it is acknowledged', () => {
    const acknowledged = {
      ...signedLater('hospital.physician', 61),
      as: 'physician' as const,
      overdueMinutes: 0,
    };
    expect(due(recalled().with(statedAlert({ acknowledged })))).toEqual([]);
  });

  test('of another recall anew, after the first was entered in error', () => {
    const acknowledged = { ...signed('a'), as: 'physician' as const, overdueMinutes: 0 };
    const again = recalled().change('batch', 'batch-1', {
      recall: { ...RECALL, command: commandOf('S') },
    });
    expect(due(again.with(statedAlert({ acknowledged })))).toMatchObject([
      { cause: { command: commandOf('S') } },
    ]);
  });

  test('of the recall of a lot many steps upstream', () => {
    expect(kinds(lotRecalled())).toEqual(['acknowledgement lot-recalled']);
  });

  test('of the recall of a lot that only a later report of an attempt names', () => {
    const again = { ...signed('lab.technician'), verdicts: [], lots: ['lot-9'] };
    const other = { ...honest().find('lot', LOT), id: 'lot-9', recall: RECALL };
    const story = afterTheDose().with(other);
    expect(kinds(story)).toEqual([]);
    const twice = story.change('step', 'extraction/1', { repeated: [again] });
    expect(kinds(twice)).toEqual(['acknowledgement lot-recalled']);
  });

  test('of a recalled lot whose registration was entered in error afterwards', () => {
    const mistaken = lotRecalled().change('lot', LOT, { annulled: signed('a') });
    expect(kinds(mistaken)).toEqual(['acknowledgement lot-recalled']);
  });

  test.each([
    ['nothing was given', { course: 'not-started' as const }],
    ['the administration was entered in error', { annulled: signed('a') }],
  ])('not where %s', (_name, rest) => {
    const [given] = givenDose().administrations;
    if (!given) throw new Error('nothing given');
    expect(due(recalled(afterTheDose({ administrations: [{ ...given, ...rest }] })))).toEqual([]);
  });

  test('not of a dose of another batch', () => {
    expect(due(recalled(honest()))).toEqual([]);
  });

  test.each(['sterility', 'identity-by-sequencing', 'potency'])(
    'of a check that failed after the authorisation: %s',
    (check) => {
      const [first] = due(failedLate(check));
      expect(first).toMatchObject({
        kind: 'acknowledgement',
        cause: { kind: 'check-failed', step: 'release-tests', attempt: 1, checks: [check] },
      });
    },
  );

  test('not of a check that failed before the authorisation, which the gate knew', () => {
    const before = failedLate('potency', -10);
    expect(due(before)).toEqual([]);
    const unauthorised = before.without('dose', 'dose-1').with(lacking(givenDose(), 'authorised'));
    expect(kinds(unauthorised)).toEqual(['acknowledgement check-failed']);
  });

  test('begins when the later of both was known: the recall, or that the dose was given', () => {
    const [given] = givenDose().administrations;
    if (!given) throw new Error('nothing given');
    const after = { ...given, ...signedLater('hospital.nurse', 90) };
    expect(due(recalled(afterTheDose({ administrations: [after] })))).toMatchObject([
      { since: addMinutes(NOW, 90) },
    ]);
  });

  test.each([
    [29, 'physician', 0],
    [30, 'deputy', 0],
    [59, 'deputy', 29],
    [60, 'safety-officer', 30],
    [1500, 'safety-officer', 1470],
  ])('goes on when nobody acknowledges it: after %i minutes to the %s', (after, asked, late) => {
    expect(due(recalled(), after)).toMatchObject([{ asked, overdueMinutes: late }]);
  });

  test('goes on as the process says, and after 30 and 60 minutes where it says nothing', () => {
    const other = recalled().by((definition) => ({
      ...definition,
      alertDeputyMinutes: 5,
      alertSafetyOfficerMinutes: 10,
    }));
    expect(due(other, 7)).toMatchObject([{ asked: 'deputy', overdueMinutes: 2 }]);
    const silent = recalled().by((definition) =>
      lacking(lacking(definition, 'alertDeputyMinutes'), 'alertSafetyOfficerMinutes'),
    );
    expect(due(silent, 29)).toMatchObject([{ asked: 'physician' }]);
    expect(due(silent, 60)).toMatchObject([{ asked: 'safety-officer' }]);
  });
});

describe('a recall, or a decision against it, is due', () => {
  const decisions = (story: Story, minutes = 0) =>
    due(story, minutes).filter(({ kind }) => kind === 'recall-decision');

  test.each(['sterility', 'identity-by-sequencing'])(
    'within hours when a check of safety or identity fails after certification: %s',
    (check) => {
      expect(decisions(failedLate(check, 60, honest()))).toMatchObject([
        {
          batch: 'batch-1',
          since: SINCE,
          due: addMinutes(SINCE, 24 * 60),
          overdueMinutes: 0,
          missing: [
            { organisation: 'LabMSP', roles: ['release-person'] },
            { organisation: 'LabMSP', roles: ['quality'] },
          ],
        },
      ]);
    },
  );

  test('and overdue after them', () => {
    const late = failedLate('sterility', 60, honest());
    expect(decisions(late, 24 * 60 + 90)).toMatchObject([{ overdueMinutes: 90 }]);
  });

  test.each([
    ['of quality', failedLate('potency', 60, honest())],
    ['that passed', honest()],
    ['of a batch that is recalled', recalled(failedLate('sterility', 60, honest()))],
    ['before the certification', failedLate('sterility', -10, honest())],
  ])('not for a check %s', (_name, story) => {
    expect(decisions(story)).toEqual([]);
  });

  test('not where a later attempt fails on a batch that nobody certified', () => {
    const story = failedLate('sterility', 60, honest());
    const waiting = story.change('batch', 'batch-1', (batch) => lacking(batch, 'certification'));
    expect(decisions(waiting)).toEqual([]);
  });

  test('until both have signed, and anew when the check fails once more', () => {
    const decided = {
      noun: 'recall-decision',
      coi: COI,
      batch: 'batch-1',
      step: 'release-tests',
      attempt: 1,
      missing: [],
      decided: signedLater('manufacturer.reviewer', 100),
    } as const;
    const by = (minutes: number) => ({
      ...decided,
      signatures: [
        {
          ...signedLater('manufacturer.release-person', minutes),
          organisation: 'ManufacturerMSP',
          roles: ['release-person' as const],
          investigation: commandOf('I'),
        },
      ],
    });
    expect(decisions(failedLate('sterility', 60, honest()).with(by(90)))).toEqual([]);
    expect(decisions(failedLate('sterility', 120, honest()).with(by(90)))).toHaveLength(1);
  });
});
