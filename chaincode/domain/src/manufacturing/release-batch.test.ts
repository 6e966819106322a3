import { describe, expect, test } from '@jest/globals';
import {
  actor,
  ancestry,
  attempt,
  batch,
  COI,
  command,
  context,
  definition,
  report,
  sample,
  signed,
  step,
  therapy,
} from '../example.fixture.js';
import type { Role } from '../values/roles.js';
import type { Batch } from '../nouns/batch.js';
import { decideCertifyBatch } from './certify-batch.js';
import { decideRecallBatch } from './recall-batch.js';
import { decideReviewBatch } from './review-batch.js';
import type { ReleaseBatchState } from './release-batch.js';

const process = definition([
  step('template', { checks: [{ kind: 'design-commitment', code: 'sequence' }] }),
]);
const confirmed = attempt('template', {
  report: report('manufacturer.operator', {
    design: 'design-1',
    verdicts: [{ check: 'sequence', verdict: 'pass' }],
  }),
});
const whole = ancestry({ items: [sample()], attempts: [confirmed] });

/** A batch that was made and tested, and nothing more. */
function made(rest: Partial<Batch> = {}): Batch {
  const fresh = batch();
  Reflect.deleteProperty(fresh, 'review');
  Reflect.deleteProperty(fresh, 'certification');
  return { ...fresh, ...rest };
}

const reviewed = made({ review: signed('manufacturer.reviewer') });
const body = { coi: COI, batch: 'batch-1' };
const stateOf = (of: Batch | undefined, rest: Partial<ReleaseBatchState> = {}) => ({
  therapy: therapy(),
  definition: process,
  batch: of,
  ancestry: whole,
  suspects: [],
  ...rest,
});
const signer = (by: string, role: Role) => actor(by, 'ManufacturerMSP', role);
const review = (of: Batch | undefined, by = 'manufacturer.reviewer', rest = {}) =>
  decideReviewBatch(stateOf(of, rest), command(by, body), context(signer(by, 'quality')));
const certify = (of: Batch | undefined, by = 'manufacturer.release-person', rest = {}) =>
  decideCertifyBatch(stateOf(of, rest), command(by, body), context(signer(by, 'release-person')));
const codes = (decided: ReturnType<typeof review>) =>
  decided.decision === 'refused' ? decided.reasons.map(({ code }) => code) : [decided.decision];

describe('the review of a batch', () => {
  test('is quality’s signature in the batch’s record', () => {
    expect(review(made())).toMatchObject({
      decision: 'permitted',
      changes: [{ review: { actor: 'manufacturer.reviewer' } }],
    });
  });

  test('is given once, and not to a batch that there is not', () => {
    expect(codes(review(reviewed))).toEqual(['ALREADY_REVIEWED']);
    expect(codes(review(undefined))).toEqual(['UNKNOWN_BATCH']);
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
    expect(codes(certify(made()))).toEqual(['NOT_REVIEWED']);
    expect(codes(certify(reviewed, 'manufacturer.reviewer'))).toEqual(['SAME_PERSON']);
    const certification = signed('manufacturer.release-person');
    expect(codes(certify({ ...reviewed, certification }))).toEqual(['ALREADY_CERTIFIED']);
    expect(codes(certify(undefined))).toEqual(['UNKNOWN_BATCH']);
  });
});

describe('neither is given', () => {
  const untested = () => {
    const of = made();
    Reflect.deleteProperty(of, 'tests');
    return of;
  };
  const hold = { kind: 'hold', id: 'hold-1', code: 'regulator' } as const;
  const recall = { ...signed('a'), reason: 'sterility' };
  const reason = (code: string) => expect.arrayContaining([code]);

  test.each<[string, Batch, string, Partial<ReleaseBatchState>, string]>([
    ['before it is tested', untested(), 'x', {}, 'NOT_TESTED'],
    ['after it is recalled', made({ recall }), 'x', {}, 'RECALLED'],
    ['by who made it', made(), 'manufacturer.operator', {}, 'MAKER'],
    [
      'while the therapy is on hold',
      made(),
      'x',
      { therapy: therapy({ blockers: [hold] }) },
      'ON_HOLD',
    ],
    [
      'with a broken chain',
      made(),
      'x',
      { ancestry: { ...whole, missing: ['dataset fastq'] } },
      'BROKEN_CHAIN',
    ],
    [
      'without a sample at its beginning',
      made(),
      'x',
      { ancestry: ancestry({ attempts: [confirmed] }) },
      'BROKEN_CHAIN',
    ],
    [
      'without a confirmed sequence',
      made(),
      'x',
      { ancestry: ancestry({ items: [sample()] }) },
      'SEQUENCE_NOT_CONFIRMED',
    ],
  ])('%s', (_name, of, by, rest, code) => {
    expect(codes(review(of, by, rest))).toEqual(reason(code));
    expect(codes(certify({ ...of, review: signed('r') }, by, rest))).toEqual(reason(code));
  });
});

describe('a recall', () => {
  const officer = actor('manufacturer.safety-officer', 'ManufacturerMSP', 'safety-officer');
  const call = (of: Batch | undefined) =>
    decideRecallBatch(
      { therapy: therapy(), batch: of },
      command(officer.id, { ...body, reason: 'sterility' as const }),
      context(officer),
    );

  test('stands in the batch, and the first reason stays', () => {
    expect(call(made()).changes).toMatchObject([
      { recall: { reason: 'sterility', actor: officer.id } },
    ]);
    const earlier = { ...signed('a'), reason: 'potency' };
    expect(call(made({ recall: earlier })).changes).toMatchObject([{ recall: earlier }]);
  });

  test('of what the ledger does not know stops the therapy', () => {
    expect(call(undefined).deviations).toMatchObject([
      { code: 'UNKNOWN_BATCH', classification: 'critical', subjects: [{ kind: 'therapy' }] },
    ]);
  });
});
