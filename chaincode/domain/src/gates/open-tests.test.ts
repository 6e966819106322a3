import { describe, expect, test } from '@jest/globals';
import { concernsOf } from '../alerts/concerns.js';
import { alertsDue } from '../alerts/due.js';
import { givenDose, signedLater } from '../alerts/given.fixture.js';
import { authoriseDose, decideAuthoriseDose } from '../care/authorise-dose.js';
import {
  actor,
  COI,
  command,
  consent,
  context,
  namedOwn,
  NOW,
  RECIPIENT,
  signed,
} from '../example.fixture.js';
import { CELL_THINGS, didWithCells, honestCells } from '../graph/cell-therapy.fixture.js';
import { lacking, own, type Story } from '../graph/honest-therapy.fixture.js';
import { upstreamOf } from '../graph/upstream.js';
import { certifyBatch, decideCertifyBatch } from '../manufacturing/certify-batch.js';
import { decideReviewBatch } from '../manufacturing/review-batch.js';
import { stateOfRelease } from '../manufacturing/release-batch.fixture.js';
import { mattersOf } from '../next/next.fixture.js';
import { waitsIn } from '../next/waits.js';
import type { Role } from '../values/roles.js';
import { addMinutes } from '../values/time.js';
import { HOURS, marks, openCells } from './open-tests.fixture.js';

const open = openCells();
const reviewed = open.change('batch', 'batch-1', (each) => lacking(each, 'certification'));
const made = reviewed.change('batch', 'batch-1', (each) => lacking(each, 'review'));
const told = didWithCells('sterility-test/1', [CELL_THINGS.qcVial], {
  batch: 'batch-1',
  ...signedLater('manufacturer.tester', 60),
});
const failing = { verdicts: [{ check: 'sterility', verdict: 'fail' as const }] };
const failed = (story: Story) => story.with(told).report('sterility-test/1', failing);

const signer = (id: string, role: Role) => context(actor(id, 'ManufacturerMSP', role));

function review(story: Story) {
  const by = 'manufacturer.reviewer';
  const said = command(by, { coi: COI, batch: 'batch-1' });
  return decideReviewBatch(stateOfRelease(story), said, signer(by, 'quality'));
}

function certify(story: Story, openTests?: readonly string[]) {
  const by = 'manufacturer.release-person';
  const body = certifyBatch.body.parse({ coi: COI, batch: 'batch-1', openTests });
  return decideCertifyBatch(stateOfRelease(story), command(by, body), signer(by, 'release-person'));
}

function authorise(story: Story, openTests?: readonly string[]) {
  const whole = story.whole();
  const item = story.find('item', CELL_THINGS.dose);
  const by = actor('hospital.physician', 'HospitalMSP', 'clinician');
  const body = authoriseDose.body.parse({
    ...{ coi: COI, dose: 'dose-1', number: 1, item: item.id },
    verifications: ['verification-hospital.nurse', 'verification-hospital.clinician'],
    ...{ fitness: 'go', continueAfterLapse: false, openTests },
  });
  return decideAuthoriseDose(
    {
      therapy: whole.therapy,
      whole,
      named: namedOwn(item),
      ancestry: upstreamOf(whole, [{ kind: 'item', ...own(item.id) }]),
      consents: [consent('given')],
      recipient: RECIPIENT,
      suspects: [],
    },
    command(by.id, body),
    context(by),
  );
}

const codes = (decided: ReturnType<typeof certify>) =>
  decided.decision === 'refused' ? decided.reasons.map(({ code }) => code) : [decided.decision];
const waiting = (story: Story, minutes = 0) =>
  waitsIn(mattersOf(story, { at: addMinutes(NOW, minutes) })).filter(
    ({ code }) => code === 'sterility-test',
  );

describe('a test that may follow', () => {
  test('is waited for by neither review nor certification, which every other one is', () => {
    expect(codes(review(made))).toEqual(['permitted']);
    expect(codes(review(made.without('step', 'rcl-test/1')))).toEqual(['NOT_TESTED']);
    expect(codes(review(made.by(marks('sterility-test', { mayFollow: undefined }))))).toEqual([
      'NOT_TESTED',
    ]);
  });

  test('is named as open by whoever certifies, and stands in the certification', () => {
    expect(certify(reviewed)).toMatchObject({
      decision: 'refused',
      reasons: [
        {
          code: 'OPEN_TEST_NOT_NAMED',
          subject: 'batch batch-1',
          expected: 'sterility-test named as open',
        },
      ],
    });
    expect(codes(certify(reviewed, ['rcl-test']))).toEqual(['OPEN_TEST_NOT_NAMED']);
    expect(certify(reviewed, ['sterility-test'])).toMatchObject({
      decision: 'permitted',
      changes: [{ certification: { openTests: ['sterility-test'] } }],
    });
  });

  test('is signed for as open by the physician who authorises the dose', () => {
    expect(codes(authorise(open))).toEqual(['OPEN_TEST_NOT_NAMED']);
    expect(authorise(open, ['sterility-test'])).toMatchObject({
      decision: 'permitted',
      changes: [{ noun: 'dose', openTests: ['sterility-test'] }, {}],
    });
  });

  test('is open no more once it has passed', () => {
    const passed = open.with(told);
    expect(codes(authorise(passed))).toEqual(['permitted']);
    expect(waiting(passed)).toEqual([]);
  });

  test('is owed by whoever does it, until so many hours after the fill', () => {
    expect(waiting(open)).toMatchObject([
      {
        state: 'due',
        options: [{ act: 'manufacturing:StartStep', roles: ['quality'] }],
        due: addMinutes(NOW, HOURS * 60),
      },
    ]);
    const gone = open.change('item', CELL_THINGS.qcVial, { custody: 'disposed' });
    expect(waiting(gone)).toMatchObject([
      { state: 'stopped', options: [{ act: 'manufacturing:ReportDeviation' }] },
    ]);
  });

  test('is owed of what was given though the batch is recalled, and of nothing else of that', () => {
    const recall = { ...signed('manufacturer.reviewer'), reason: 'sterility' };
    const recalled = open.change('batch', 'batch-1', { recall });
    expect(waiting(recalled)).toEqual([]);
    const dose = givenDose({ item: CELL_THINGS.dose });
    const administrations = dose.administrations.map((each) => ({
      ...each,
      item: CELL_THINGS.dose,
    }));
    expect(waiting(recalled.with({ ...dose, administrations }))).toHaveLength(1);
  });

  test('that fails stops each dose not given yet, named or not', () => {
    expect(codes(authorise(failed(open), ['sterility-test']))).toEqual(['CHECK_FAILED']);
  });

  test('that fails alerts the physician of each dose given, and asks for a recall', () => {
    const dose = givenDose({ item: CELL_THINGS.dose });
    const administrations = dose.administrations.map((each) => ({
      ...each,
      item: CELL_THINGS.dose,
    }));
    const after = failed(open.with({ ...dose, administrations }));
    expect(concernsOf(after.whole())).toMatchObject([
      { cause: { kind: 'check-failed', step: 'sterility-test', checks: ['sterility'] } },
    ]);
    expect(alertsDue(after.whole(), addMinutes(NOW, 61)).map(({ kind }) => kind)).toEqual([
      'acknowledgement',
      'recall-decision',
    ]);
  });

  test('says neither whose the product is nor is anything but a test of samples', () => {
    const mayFollow = { dueHours: HOURS };
    for (const step of ['identity-test', 'selection', 'qa-review'])
      expect(() => honestCells().by(marks(step, { mayFollow }))).toThrow(/only on a test/);
    const checks = [{ kind: 'design-commitment', code: 'sequence', class: 'quality' }];
    for (const rest of [{ checks }, { datasets: ['reads'] }])
      expect(() => honestCells().by(marks('sterility-test', { mayFollow, ...rest }))).toThrow(
        /only on a test/,
      );
    expect(() => honestCells().by(marks('incoming-test', { mayFollow }))).toThrow(
      /only on a release test/,
    );
  });
});
