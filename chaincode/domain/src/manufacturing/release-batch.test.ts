import { describe, expect, test } from '@jest/globals';
import { actor, COI, command, context, item, NOW, signed, therapy } from '../example.fixture.js';
import { against } from '../gates/dose-gate.fixture.js';
import { upstreamWithTests } from '../graph/evidence.js';
import {
  done,
  HOLD,
  honest,
  lacking,
  own,
  SECOND_VIAL,
  secondBatch,
  type Story,
  THINGS,
} from '../graph/honest-therapy.fixture.js';
import type { Link } from '../graph/links.js';
import { upstreamOf } from '../graph/upstream.js';
import type { Role } from '../values/roles.js';
import { decideCertifyBatch } from './certify-batch.js';
import { decideRecallBatch } from './recall-batch.js';
import { decideReviewBatch } from './review-batch.js';
import type { ReleaseBatchState } from './release-batch.js';

const certified = honest();
/** A batch that was made, tested and reviewed. */
const reviewed = certified.change('batch', 'batch-1', (thing) => lacking(thing, 'certification'));
/** A batch that was made and tested, and nothing more. */
const tested = reviewed.change('batch', 'batch-1', (thing) => lacking(thing, 'review'));

function stateOf(story: Story, id: string): ReleaseBatchState {
  const whole = story.whole();
  const batch = whole.batches.get(id);
  const links: readonly Link[] = [
    { kind: 'batch', id },
    ...(batch?.vials ?? []).map((vial) => ({ kind: 'item' as const, ...own(vial) })),
  ];
  return {
    therapy: whole.therapy,
    whole,
    batch,
    ancestry: upstreamOf(whole, links),
    tested: upstreamWithTests(whole, links),
    suspects: [],
  };
}

const signer = (by: string, role: Role) => context(actor(by, 'ManufacturerMSP', role));
const review = (story: Story, by = 'manufacturer.reviewer', batch = 'batch-1') =>
  decideReviewBatch(stateOf(story, batch), command(by, { coi: COI, batch }), signer(by, 'quality'));
const certify = (story: Story, by = 'manufacturer.release-person', batch = 'batch-1') =>
  decideCertifyBatch(
    stateOf(story, batch),
    command(by, { coi: COI, batch }),
    signer(by, 'release-person'),
  );
const codes = (decision: ReturnType<typeof review>) =>
  decision.decision === 'refused' ? decision.reasons.map(({ code }) => code) : [decision.decision];

describe('the review of a batch', () => {
  test('is quality’s signature in the batch’s record', () => {
    expect(review(tested)).toMatchObject({
      decision: 'permitted',
      changes: [{ review: { actor: 'manufacturer.reviewer' } }],
    });
  });

  test('is given once, and not to a batch that there is not', () => {
    expect(codes(review(reviewed))).toEqual(['ALREADY_REVIEWED']);
    expect(codes(review(tested, 'manufacturer.reviewer', 'batch-9'))).toEqual(['UNKNOWN_BATCH']);
  });
});

describe('the certification of a batch', () => {
  test('is the release person’s signature after the review', () => {
    expect(certify(reviewed)).toMatchObject({
      decision: 'permitted',
      changes: [{ certification: { actor: 'manufacturer.release-person' } }],
    });
  });

  test('is not given without the review, by the reviewer or twice', () => {
    expect(codes(certify(tested))).toEqual(['NOT_REVIEWED']);
    expect(codes(certify(reviewed, 'manufacturer.reviewer'))).toEqual(['SAME_PERSON']);
    expect(codes(certify(certified))).toEqual(['ALREADY_CERTIFIED']);
  });
});

test('neither is given on what compromised keys signed', () => {
  const suspect = {
    ...{ subject: 'design design-1', signed: signed('lab.designer') },
    ...{ actor: 'lab.designer', since: NOW },
  };
  const decided = decideReviewBatch(
    { ...stateOf(tested, 'batch-1'), suspects: [suspect] },
    command('manufacturer.reviewer', { coi: COI, batch: 'batch-1' }),
    signer('manufacturer.reviewer', 'quality'),
  );
  expect(codes(decided)).toEqual(['SUSPECT_SIGNATURE']);
});

test('both are given while vials are on their way in quarantine, and the dose waits for them', () => {
  const [vial] = THINGS.vials;
  const handOff = { id: 'h', verdict: 'pending', to: 'HospitalMSP' } as const;
  const underWay = (story: Story) => story.change('item', vial, { custody: 'in-transit', handOff });
  expect(codes(review(underWay(tested)))).toEqual(['permitted']);
  expect(codes(certify(underWay(reviewed)))).toEqual(['permitted']);
  expect(against(underWay(certified))).toEqual(['HAND_OFF_NOT_ACCEPTED']);
  const substance = tested.change('item', THINGS.drugSubstance, { handOff });
  expect(codes(review(substance))).toEqual(['HAND_OFF_NOT_ACCEPTED']);
});

describe('neither is given', () => {
  const recall = { ...signed('a'), reason: 'sterility' };
  const [vial] = THINGS.vials;
  const part = item({
    id: 'H1234269000500',
    kind: 'drug-substance',
    parents: [own(THINGS.drugSubstance)],
    signatures: [signed('manufacturer.splitter')],
  });

  test.each<[string, (story: Story) => Story, string, string]>([
    ['before it is tested', (s) => s.without('step', 'release-tests/1'), 'x', 'NOT_TESTED'],
    [
      'after a sterility that failed and named no batch, with another that passed',
      (s) =>
        s
          .judge('release-tests/1', { sterility: 'fail' })
          .change('step', 'release-tests/1', ({ report, ...thing }) => ({
            ...thing,
            ...(report ? { report: lacking(report, 'batch') } : {}),
          }))
          .with(
            done('release-tests/2', 'manufacturer.tester', {
              inputs: [own(THINGS.retainedVial)],
              batch: 'batch-1',
            }),
          ),
      'x',
      'CHECK_FAILED',
    ],
    ['after it is recalled', (s) => s.change('batch', 'batch-1', { recall }), 'x', 'RECALLED'],
    ['once it expired', (s) => s.change('batch', 'batch-1', { expiry: NOW }), 'x', 'EXPIRED'],
    ['by who made it', (s) => s, 'manufacturer.operator', 'MAKER'],
    ['by who tested it', (s) => s, 'manufacturer.tester', 'MAKER'],
    ['by who collected what it is made of', (s) => s, 'hospital.collector', 'MAKER'],
    [
      'by who split the drug substance',
      (s) => s.with(part).report('fill-finish/1', { inputs: [own(part.id)] }),
      'manufacturer.splitter',
      'MAKER',
    ],
    ['while the therapy is on hold', (s) => s.change('therapy', COI, HOLD), 'x', 'ON_HOLD'],
    ['while one of its vials is on hold', (s) => s.change('item', vial, HOLD), 'x', 'ON_HOLD'],
    ['with a broken chain', (s) => s.without('dataset', 'hla'), 'x', 'BROKEN_CHAIN'],
    [
      'with a vial that no record holds',
      (s) => s.without('item', THINGS.vials[2]),
      'x',
      'BROKEN_CHAIN',
    ],
    [
      'with a vial of another fill',
      (s) => s.with(...secondBatch()).change('batch', 'batch-1', { vials: [vial, SECOND_VIAL] }),
      'x',
      'NOT_OF_THIS_FILL',
    ],
    [
      'without a confirmed sequence',
      (s) => s.judge('template/1', { 'sequence-confirmation': 'fail' }),
      'x',
      'SEQUENCE_NOT_CONFIRMED',
    ],
  ])('%s', (_name, change, by, code) => {
    expect(codes(review(change(tested), by))).toContain(code);
    expect(codes(certify(change(reviewed), by))).toContain(code);
  });
});

describe('a batch leads on', () => {
  test('after a test whose record names what nobody registered, and that quality set aside', () => {
    const blockers = [{ kind: 'rejected', id: 'D1', code: 'UNKNOWN_LOT' } as const];
    const slip = done('release-tests/2', 'manufacturer.tester', {
      inputs: [own(THINGS.retainedVial)],
      lots: ['lot-9'],
    });
    expect(codes(review(tested.with({ ...slip, blockers })))).toEqual(['permitted']);
  });

  test('as a second one, remade after the first was rejected', () => {
    const blockers = [{ kind: 'rejected', id: 'D1', code: 'RESULT_OUT_OF_LIMITS' } as const];
    const story = tested
      .judge('release-tests/1', { sterility: 'fail' })
      .change('batch', 'batch-1', { blockers })
      .with(...secondBatch())
      .change('batch', 'batch-2', (thing) => lacking(lacking(thing, 'review'), 'certification'));
    expect(codes(review(story, 'manufacturer.reviewer', 'batch-2'))).toEqual(['permitted']);
  });
});

describe('a recall', () => {
  const officer = actor('manufacturer.safety-officer', 'ManufacturerMSP', 'safety-officer');
  const made = tested.find('batch', 'batch-1');
  const call = (of: typeof made | undefined) =>
    decideRecallBatch(
      { therapy: therapy(), batch: of },
      command(officer.id, { coi: COI, batch: 'batch-1', reason: 'sterility' as const }),
      context(officer),
    );

  test('stands in the batch, and the first reason stays', () => {
    expect(call(made).changes).toMatchObject([
      { recall: { reason: 'sterility', actor: officer.id } },
    ]);
    const earlier = { ...signed('a'), reason: 'potency' };
    expect(call({ ...made, recall: earlier }).changes).toMatchObject([{ recall: earlier }]);
  });

  test('of what the ledger does not know stops the therapy', () => {
    expect(call(undefined).deviations).toMatchObject([
      {
        code: 'UNKNOWN_BATCH',
        classification: 'critical',
        subjects: [{ ref: { kind: 'therapy' } }],
      },
    ]);
  });
});
